"""CircleCI, after https://circleci.com/docs/reference/configuration-reference/."""

import pytest

from pytest_productops.facts.formats.yaml import read
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.circleci_values import holds
from pytest_productops.model import Location

ROOT = "-- .circleci/config.yml --\nversion: 2.1\n"


def ran(repository, text):
    return [(e.job.id, str(e.call), e.can_stop) for e in repository(ROOT + text)[Pipelines].executions]


def started(repository, text):
    (pipeline,) = repository(ROOT + text)[Pipelines].pipelines
    return {job.id: (sorted(job.triggers), job.any_branch) for job in pipeline.jobs}


def test_a_job_called_build_needs_no_workflow(repository):
    text = (
        "jobs:\n  build:\n    working_directory: ~/app\n    steps:\n      - checkout\n      - run: pytest\n"
    )
    text += "      - run: {command: npm test, working_directory: ~/app/web, when: always}\n"
    text += "      - run: {command: tell, when: on_fail}\n      - run: {command: serve, background: true}\n"
    facts = repository(ROOT + text)[Pipelines]
    assert [(str(e.call), e.call.folder, e.can_stop) for e in facts.executions] == [
        ("pytest", "", True),
        ("npm test", "web", True),
        ("tell", "", False),
    ]
    assert facts.executions[0].call.location == Location(".circleci/config.yml", 7)


def test_commands_parameters_and_matrices(repository):
    text = """
commands:
  tested:
    parameters: {extra: {type: string, default: ""}, before: {type: steps, default: []}}
    steps:
      - steps: << parameters.before >>
      - << parameters.before >>
      - run: tox -e << parameters.extra >>
jobs:
  unit:
    parameters: {python: {type: string}, slow: {type: boolean, default: false}}
    steps:
      - checkout
      - tested: {extra: "py<< parameters.python >>", before: [{run: pip install tox}]}
      - when: {condition: << parameters.slow >>, steps: [{run: slow}]}
      - unless: {condition: << parameters.slow >>, steps: [{run: quick}]}
workflows:
  all:
    jobs:
      - unit: {name: tests, matrix: {parameters: {python: ["310", "311"]}}}
"""
    assert ran(repository, text) == [
        ("tests", "pip install tox", True),
        ("tests", "tox -e py310", True),
        ("tests", "tox -e py311", True),
        ("tests", "quick", True),
    ]


def test_filters_schedules_and_approvals(repository):
    text = """
jobs:
  unit: {steps: [checkout, {run: pytest}]}
workflows:
  all:
    jobs:
      - unit
      - unit: {name: main, filters: {branches: {only: main}}}
      - unit: {name: not-main, filters: {branches: {ignore: [main, /release-.*/]}}}
      - unit: {name: tags, filters: {branches: {ignore: /.*/}, tags: {only: /v.*/}}}
      - unit: {name: expression, filters: pipeline.git.branch == "main"}
      - unit: {name: after-main, requires: [main, unit]}
      - hold: {type: approval}
      - unit: {name: after, requires: [hold]}
      - unit: {name: later, requires: [after]}
  night:
    triggers: [{schedule: {cron: "0 0 * * *", filters: {branches: {only: main}}}}]
    jobs:
      - unit: {name: night}
  clock:
    when: {equal: [scheduled_pipeline, << pipeline.trigger_source >>]}
    jobs:
      - unit: {name: clock}
"""
    assert started(repository, text) == {
        "unit": (["push"], True),
        "main": (["push"], False),
        "not-main": (["push"], True),
        "tags": (["tag"], False),
        "expression": (["push"], False),
        "after-main": (["push"], False),
        "after": (["manual"], False),
        "later": (["manual"], False),
        "night": (["schedule"], False),
        "clock": (["schedule"], False),
    }


def test_orbs_are_opaque_where_they_may_test(repository):
    text = """
orbs: {node: circleci/node@5, own: {commands: {say: {steps: [{run: own}]}}}}
jobs:
  build: {steps: [checkout, node/install-packages, ruby/rspec-test, own/say]}
workflows:
  all:
    jobs: [build, node/test, {slack/on-hold: {}}]
"""
    facts = repository(ROOT + text)[Pipelines]
    assert [one.what for one in facts.opaque] == [
        "the orb command `ruby/rspec-test`",
        "the orb job `node/test`",
    ]
    assert [str(e.call) for e in facts.executions] == ["own"]


def test_a_setup_goes_on_with_a_file(repository):
    text = """setup: true
jobs: {choose: {steps: [checkout, {continuation/continue: {configuration_path: .circleci/more.yml}}]}}
workflows: {all: {jobs: [choose]}}
-- .circleci/more.yml --
version: 2.1
parameters: {tests: {type: boolean, default: false}}
jobs: {unit: {steps: [checkout, {run: pytest}]}}
workflows:
  tests: {when: << pipeline.parameters.tests >>, jobs: [unit]}
"""
    assert ran(repository, text) == [("unit", "pytest", True)]


@pytest.mark.parametrize("text", ["", "jobs: {}\n", "jobs: []\n", "jobs: {build: 3}\nworkflows: 4\n"])
def test_without_jobs_it_is_dead(repository, text):
    facts = repository(ROOT + text)[Pipelines]
    assert (facts.pipelines, facts.other, facts.problems) == ((), (), ())


def test_a_file_that_does_not_parse(repository):
    (problem,) = repository("-- .circleci/config.yml --\njobs: [\n")[Pipelines].problems
    assert problem.message.startswith("the configuration is no valid YAML")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("true", True),
        ("<< pipeline.parameters.no >>", False),
        ("<< pipeline.parameters.other >>", None),
        ("{and: [true, << pipeline.parameters.other >>]}", None),
        ("{or: [true, << pipeline.parameters.other >>]}", True),
        ("{not: << pipeline.parameters.no >>}", True),
        ("{equal: [main, << pipeline.git.branch >>]}", False),
        ("{matches: {pattern: ^release/.*$, value: << pipeline.git.branch >>}}", False),
        ("{matches: {pattern: '^(?!x)', value: << pipeline.git.branch >>}}", None),
    ],
)
def test_logic(condition, expected):
    values = {"pipeline": {"parameters": {"no": False}, "git": {"branch": "some-change"}}}
    assert holds(read(condition, "x").value, values) is expected
