"""GitLab CI: includes, extends, references, and when jobs run."""

import pytest

from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.gitlab_rules import EVENTS, evaluate, starts
from pytest_productops.model import Location

ROOT = "-- .gitlab-ci.yml --\n"


def jobs(repository, text):
    return {job.id: job for pipeline in repository(ROOT + text)[Pipelines].pipelines for job in pipeline.jobs}


def ran(repository, text):
    return [(e.job.id, str(e.call), e.can_stop) for e in repository(ROOT + text)[Pipelines].executions]


def test_hidden_jobs_and_reserved_keys_are_no_jobs(repository):
    assert set(
        jobs(repository, "stages: [a]\nvariables: {A: b}\n.base: {script: x}\ntest: {script: pytest}\n")
    ) == {"test"}


def test_extends_default_and_before_script(repository):
    text = """
default:
  before_script: [pip install .]
.base:
  allow_failure: true
  script: [base]
.more:
  extends: .base
  allow_failure: false
test:
  extends: [.more]
  script:
    - cd src
    - pytest
"""
    assert ran(repository, text) == [("test", "pip install .", True), ("test", "pytest", True)]
    call = repository(ROOT + text)[Pipelines].executions[1].call
    assert call.folder == "src"
    assert call.location == Location(".gitlab-ci.yml", 14)


def test_references_and_nested_scripts(repository):
    text = (
        ".setup:\n  script: [one, [two]]\ntest:\n  script:\n    - !reference [.setup, script]\n    - pytest\n"
    )
    assert [call for _, call, _ in ran(repository, text)] == ["one", "two", "pytest"]


def test_local_includes(repository):
    text = "include:\n  - local: /ci/test.yml\n  - ci/more/*.yml\ntest:\n  extends: .base\n"
    text += (
        "-- ci/test.yml --\n.base:\n  script: [pytest]\n-- ci/more/a.yml --\nlint:\n  script: ruff check\n"
    )
    assert ran(repository, text) == [("lint", "ruff check", True), ("test", "pytest", True)]


def test_child_pipelines_run_when_their_parent_does(repository):
    text = "child:\n  trigger: {include: ci/child.yml}\n  rules:\n    - if: $CI_MERGE_REQUEST_IID\n"
    text += "-- ci/child.yml --\ntest: {script: pytest}\n"
    assert ran(repository, text) == [("test", "pytest", True)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("include: {template: SAST.yml}\na: {script: x}\n", "an include of template SAST.yml"),
        ("include: https://example.org/x.yml\na: {script: x}\n", "an include of https://example.org/x.yml"),
        ("a: {trigger: group/project}\n", "a pipeline of another project"),
        ("a: {script: [!reference [.gone, script]]}\n", "a `!reference` to what is not in this repository"),
    ],
)
def test_what_is_elsewhere_is_opaque(repository, text, what):
    assert [one.what for one in repository(ROOT + text)[Pipelines].opaque] == [what]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("include: /ci/gone.yml\na: {script: x}\n", "includes `/ci/gone.yml`, which does not exist"),
        ("a: {extends: .gone, script: x}\n", "job `a` extends `.gone`, which does not exist"),
        ("", "the pipeline is empty"),
    ],
)
def test_problems(repository, text, message):
    assert [one.message for one in repository(ROOT + text)[Pipelines].problems] == [message]


def test_needs_of_an_incomplete_pipeline_are_not_known(repository):
    text = "a: {script: x, needs: [b, {job: c, optional: true}, {pipeline: x, job: d}]}\n"
    assert jobs(repository, text)["a"].needs == ("b",)
    assert jobs(repository, "include: {template: X.yml}\n" + text)["a"].needs == ()


@pytest.mark.parametrize(
    ("job", "workflow", "events"),
    [
        ({}, None, {"push", "main", "tag", "schedule", "manual"}),
        ({}, {"rules": [{"if": "$CI_MERGE_REQUEST_IID"}]}, {"change_request"}),
        ({"rules": [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]}, None, {"change_request"}),
        (
            {"rules": [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]},
            None,
            {"main", "schedule", "manual"},
        ),
        (
            {"rules": [{"if": "$CI_COMMIT_TAG", "when": "never"}, {"when": "on_success"}]},
            None,
            set(EVENTS) - {"tag"},
        ),
        ({"rules": [{"if": "$CI_COMMIT_TAG", "when": "manual"}]}, None, set()),
        ({"rules": [{"if": "$MY_OWN == 'x'"}]}, None, set(EVENTS)),
        ({"rules": [{"changes": ["*.py"]}]}, None, set(EVENTS)),
        ({"only": ["merge_requests"]}, None, {"change_request"}),
        ({"only": ["tags"]}, None, {"tag"}),
        ({"only": ["main"]}, None, {"main", "schedule", "manual"}),
        ({"only": {"refs": ["schedules"]}}, None, {"schedule"}),
        ({"except": ["tags"]}, None, {"push", "main", "schedule", "manual", "change_request"}),
        ({"when": "manual"}, None, set()),
    ],
)
def test_when_a_job_runs(job, workflow, events):
    assert starts(job, workflow) == events


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$A", True), ("$B", False), ("$C", None), ("$A == 'x'", True), ("$A != 'x'", False), ('$B == null', True),
        ("$A && $B", False), ("$A || $C", True), ("$C && $B", False), ("($A || $B) && $A", True), ("$A =~ /x/", None),
        ("$B =~ /x/", False), ("${A} == 'x'", True), ("%%%", None), ("$A ==", None), ("(" * 5000, None),
    ],
)  # fmt: skip
def test_expressions(expression, value):
    assert evaluate(expression, {"A": "x", "B": None}) is value
