"""Buildkite, Bitbucket and sourcehut, each after the vendor's reference that its reader names; and hostile files."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_productops.facts.commands import Commands
from pytest_productops.facts.pipelines import Pipelines

FILES = {
    "circleci": ".circleci/config.yml",
    "azure": "azure-pipelines.yml",
    "buildkite": ".buildkite/pipeline.yml",
    "bitbucket": "bitbucket-pipelines.yml",
    "sourcehut": ".build.yml",
    "jenkins": "Jenkinsfile",
}


def ran(repository, path, text):
    executions = repository(f"-- {path} --\n{text}")[Pipelines].executions
    return [(e.job.id, str(e.call), e.call.folder, e.can_stop) for e in executions]


def test_buildkite(repository):
    text = """env: {KIND: unit}
steps:
  - label: one
    command: make $$KIND
  - group: more
    steps:
      - {label: two, commands: [a, "b {{matrix}}"], matrix: [x, "y"]}
      - {label: soft, command: c, soft_fail: true}
      - {label: partly, command: d, soft_fail: [{exit_status: 3}]}
  - wait
  - {label: main, command: e, branches: main}
  - {label: other, command: f, branches: "!main"}
  - {label: when, command: g, if: build.branch == "main"}
  - {label: skipped, command: h, skip: true}
  - label: plugin
    plugins:
      - docker#v5: {image: x, command: [npm, test]}
  - label: service
    plugins: {docker-compose#v5: {run: tests}}
  - {label: nested, command: {command: i}}
"""
    assert ran(repository, FILES["buildkite"], text) == [
        ("one", "make unit", "", True),
        ("two", "a", "", True),
        ("two", "b x", "", True),
        ("two", "a", "", True),
        ("two", "b y", "", True),
        ("soft", "c", "", False),
        ("partly", "d", "", True),
        ("main", "e", "", False),
        ("other", "f", "", True),
        ("when", "g", "", False),
        ("skipped", "h", "", False),
        ("plugin", "npm test", "", True),
        ("service", "docker-compose run tests", "", True),
        ("step", "i", "", True),
    ]


def test_a_pipeline_of_buildkite_for_releases_checks_no_change(repository):
    text = "-- .buildkite/release.yml --\nsteps: [{command: pytest}]\n-- .buildkite/hooks.yaml --\nx: 1\n"
    (found,) = repository(text)[Pipelines].pipelines
    assert (found.path, sorted(found.triggers)) == (".buildkite/release.yml", ["manual"])


def test_a_pipeline_that_a_script_makes_is_opaque(repository):
    text = "-- .buildkite/pipeline.yml --\nsteps: [{command: ./make.sh | buildkite-agent pipeline upload}]\n"
    (found,) = repository(text)[Pipelines].opaque
    assert found.what == "a pipeline that a script makes"


def test_bitbucket(repository):
    text = """definitions:
  steps:
    - step: &unit
        name: unit
        script: [pip install ., pytest]
        after-script: [tell]
pipelines:
  default:
    - step: *unit
  pull-requests:
    '**':
      - parallel:
          - step: {<<: *unit, name: again}
          - step: {name: web, script: [cd $BITBUCKET_CLONE_DIR/web, npm test, {pipe: x}]}
  branches:
    main:
      - step: {name: ship, deployment: production, trigger: manual, script: [ship]}
  custom:
    all:
      - stage: {steps: [{step: {name: slow, script: [slow]}}]}
"""
    assert ran(repository, FILES["bitbucket"], text) == [
        ("unit", "pip install .", "", True),
        ("unit", "pytest", "", True),
        ("unit", "tell", "", False),
        ("again", "pip install .", "", True),
        ("again", "pytest", "", True),
        ("again", "tell", "", False),
        ("web", "npm test", "web", True),
        ("ship", "ship", "", False),
        ("slow", "slow", "", False),
    ]


def test_sourcehut(repository):
    text = """image: alpine
sources: [https://git.sr.ht/~ann/thing]
environment: {KIND: unit}
tasks:
  - setup: |
      cd thing
      make $KIND
  - test: |
      cd ~/thing/sub
      pytest || :
      make -C ../other check
  - home: make -C thing test
"""
    assert ran(repository, FILES["sourcehut"], text) == [
        (".build.yml", "make unit", "", True),
        (".build.yml", "pytest", "sub", False),
        (".build.yml", "make -C ../other check", "sub", True),
        (".build.yml", "make -C $CI_PROJECT_DIR test", "$HOME", True),
    ]


def test_sourcehut_without_sources(repository):
    text = "tasks:\n  - a: |\n      git clone https://git.sr.ht/~x/tool\n      cd tool\n      make install\n"
    text += "  - b: |\n      cd thing\n      make test\n"
    assert ran(repository, FILES["sourcehut"], text)[1:] == [
        (".build.yml", "make install", "$HOME/tool", True),
        (".build.yml", "make test", "", True),
    ]


def test_sourcehut_runs_for_the_refs_it_allows(repository):
    text = (
        "-- .builds/a.yml --\nsubmitter: {git.sr.ht: {allow-refs: [refs/heads/main]}}\ntasks: [{t: pytest}]\n"
    )
    (found,) = repository(text)[Pipelines].pipelines
    assert not found.jobs[0].on_change


_LEAF = st.sampled_from(["main", "pytest", "<< x >>", "${{ y }}", "$(z)", True, False, None, 3, "none", "*"])
_NAMES = st.sampled_from(
    [
        "jobs",
        "workflows",
        "steps",
        "run",
        "when",
        "unless",
        "commands",
        "orbs",
        "parameters",
        "matrix",
        "filters",
        "branches",
        "only",
        "requires",
        "stages",
        "template",
        "strategy",
        "trigger",
        "pr",
        "task",
        "inputs",
        "extends",
        "variables",
        "pipelines",
        "default",
        "step",
        "parallel",
        "stage",
        "script",
        "tasks",
        "sources",
        "env",
        "group",
        "command",
        "plugins",
        "soft_fail",
        "setup",
        "condition",
        "build",
        "name",
        "type",
        "checkout",
        "include",
        "pull-requests",
        "version",
        "if",
    ]
)
_TREE = st.recursive(
    _LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4)
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=_TREE)
@pytest.mark.parametrize("path", [path for name, path in FILES.items() if name != "jenkins"])
def test_nonsense_is_survived(tmp_path_factory, path, tree):
    import yaml

    from pytest_productops.testing import lay_out

    found = lay_out({path: yaml.safe_dump(tree)}, tmp_path_factory.mktemp("nonsense"))[Pipelines]
    assert isinstance(found.executions, tuple)


@pytest.mark.parametrize(
    "text",
    [
        "-- .circleci/config.yml --\ncommands:\n  a: {steps: ["
        + ", ".join(["a"] * 50)
        + "]}\njobs:\n  build: {steps: [a]}\n",
        "-- azure-pipelines.yml --\nsteps:\n" + "- template: azure-pipelines.yml\n" * 50,
        "-- Jenkinsfile --\npipeline { stages { stage('a') { steps { f() } } } }\ndef f() { "
        + "f();" * 50
        + " }\n",
        "-- Taskfile.yml --\nincludes: {"
        + ", ".join(f"a{n}: ./Taskfile.yml" for n in range(50))
        + "}\ntasks: {t: x}\n",
    ],
)
def test_what_calls_itself_many_times_ends(repository, text):
    facts = repository(text)
    assert isinstance(facts[Pipelines].executions, tuple)
    assert len(facts[Commands].targets) <= 200
