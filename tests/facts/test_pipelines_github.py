"""GitHub workflows: triggers, jobs, and everything that they run."""

import pytest

from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.expressions import combinations, fill
from pytest_productops.model import Location

WORKFLOW = "-- .github/workflows/ci.yml --\n"


def one_step(run, on="pull_request", job="", more=""):
    lines = "".join(f"\n            {line}" for line in run.splitlines())
    return f"{WORKFLOW}on: {on}\njobs:\n  test:\n{job}    steps:\n      - run: |{lines}\n{more}"


def ran(repository, text):
    return [(str(e.call), e.can_stop, e.tests) for e in repository(text)[Pipelines].executions]


@pytest.mark.parametrize(
    ("on", "triggers", "any_branch"),
    [
        ("pull_request", {"change_request"}, False),
        ("[push, pull_request]", {"push", "tag", "change_request"}, True),
        ("{push: {branches: [main]}}", {"push"}, False),
        ("{push: {branches: ['**']}}", {"push"}, True),
        ("{push: {branches-ignore: [gh-pages]}}", {"push"}, True),
        ("{push: {tags: ['v*']}}", {"tag"}, False),
        ("{pull_request: {types: [closed]}}", {"manual"}, False),
        ("{pull_request: {types: [labeled, synchronize]}}", {"change_request"}, False),
        ("{schedule: [{cron: '0 0 * * *'}], workflow_dispatch: }", {"schedule", "manual"}, False),
        ("merge_group", {"change_request"}, False),
        ("workflow_call", {"call"}, False),
        ("issue_comment", set(), False),
    ],
)
def test_triggers(repository, on, triggers, any_branch):
    (pipeline,) = repository(one_step("true", on))[Pipelines].pipelines
    assert pipeline.triggers == triggers
    assert pipeline.any_branch is any_branch


def test_a_call_has_the_place_where_it_is_written(repository):
    (first, second) = repository(one_step("ruff check\npytest -q"))[Pipelines].executions
    assert first.call.location == Location(".github/workflows/ci.yml", 6)
    assert second.call.location == Location(".github/workflows/ci.yml", 7)
    assert second.step.location == Location(".github/workflows/ci.yml", 5)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        (one_step("pytest"), True),
        (one_step("pytest", on="push"), True),
        (one_step("pytest", on="{push: {branches: [main]}}"), False),
        (one_step("pytest", on="schedule"), False),
        (one_step("pytest || true"), False),
        (one_step("pytest", job="    continue-on-error: true\n"), False),
        (one_step("pytest", job="    continue-on-error: ${{ matrix.experimental }}\n"), True),
        (one_step("pytest", more="        continue-on-error: true\n"), False),
        (one_step("pytest", job="    if: false\n"), False),
        (one_step("pytest", job="    if: github.actor != 'bot'\n"), True),
        (
            one_step("pytest", on="[push, pull_request]", job="    if: github.event_name == 'schedule'\n"),
            False,
        ),
    ],
)
def test_whether_a_failure_stops_a_change(repository, text, stops):
    assert ran(repository, text) == [("pytest", stops, "pytest")]


def test_a_step_that_never_runs_is_none(repository):
    assert ran(repository, one_step("pytest", more="        if: ${{ false }}\n")) == []


def test_targets_and_scripts_are_expanded(repository):
    text = (
        one_step("make ci") + "-- Makefile --\nci:\n\t./run/checks\n-- run/checks --\n#!/bin/sh\npytest -x\n"
    )
    assert ran(repository, text)[-1] == ("pytest -x", True, "pytest")


def test_matrix_values_are_filled_in(repository):
    job = "    strategy:\n      matrix:\n        cmd: [pytest, 'npm test']\n        os: ${{ fromJSON(x) }}\n"
    text = one_step("${{ matrix.cmd }} --on ${{ matrix.os }}", job=job)
    assert [call for call, *_ in ran(repository, text)] == [
        "pytest --on $GITHUB_EXPRESSION", "npm test --on $GITHUB_EXPRESSION",
    ]  # fmt: skip


def test_includes_extend_what_they_fit_and_add_the_rest():
    matrix = {"os": ["a", "b"], "include": [{"os": "a", "x": 1}, {"os": "c", "x": 2}, {"y": 3}]}
    assert combinations(matrix) == (
        {"os": "a", "x": 1, "y": 3}, {"os": "b", "y": 3}, {"os": "c", "x": 2},
    )  # fmt: skip
    assert combinations({"include": [{"cmd": "x"}]}) == ({"cmd": "x"},)
    assert combinations("${{ fromJSON(x) }}") == ()


def test_unknown_expressions_stay_unknown():
    assert fill("${{ env.A }} ${{ secrets.B }}", {"env": {"A": "a"}}) == "a $GITHUB_EXPRESSION"


REUSED = """
-- .github/workflows/ci.yml --
on: pull_request
jobs:
  call:
    uses: ./.github/workflows/tests.yml
    with: {command: pytest}
-- .github/workflows/tests.yml --
on:
  workflow_call:
    inputs: {command: {type: string}, flags: {type: string, default: -q}}
jobs:
  run:
    steps:
      - run: ${{ inputs.command }} ${{ inputs.flags }}
"""


def test_a_reusable_workflow_runs_under_its_caller(repository):
    found = repository(REUSED)[Pipelines].executions
    assert [(str(e.call), e.can_stop, e.pipeline.path[-6:]) for e in found] == [
        ("pytest -q", True, "ci.yml"), ("$GITHUB_EXPRESSION -q", False, "ts.yml"),
    ]  # fmt: skip


def test_a_composite_action_runs_in_its_job(repository):
    text = WORKFLOW + (
        "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/t\n        with: {what: unit}\n"
        "-- .github/actions/t/action.yml --\ninputs: {what: {default: all}}\n"
        "runs:\n  using: composite\n  steps:\n    - run: pytest tests/${{ inputs.what }}\n      shell: bash\n"
    )
    assert ran(repository, text) == [("pytest tests/unit", True, "pytest")]


def test_what_cannot_be_followed_is_opaque(repository):
    text = WORKFLOW + (
        "on: pull_request\njobs:\n  a:\n    uses: acme/ci/.github/workflows/tests.yml@v1\n"
        "  b:\n    uses: acme/ci/.github/workflows/auto-merge.yml@v1\n"
        "  c:\n    steps:\n      - uses: acme/run-tests@v1\n      - uses: actions/checkout@v4\n"
    )
    opaque = repository(text)[Pipelines].opaque
    assert [(one.what, one.location.line, one.on_change) for one in opaque] == [
        ("the workflow `acme/ci/.github/workflows/tests.yml@v1`", 3, True), ("the action `acme/run-tests`", 9, True),
    ]  # fmt: skip


def test_inputs_that_are_commands_are_run(repository):
    text = WORKFLOW + (
        "on: pull_request\njobs:\n  a:\n    steps:\n      - uses: acme/retry@v1\n        with: {command: npm test}\n"
        "      - uses: gradle/gradle-build-action@v2\n        with: {arguments: check}\n"
    )
    assert ran(repository, text) == [("npm test", True, "npm"), ("gradle check", True, "gradle")]


@pytest.mark.parametrize(("path", "folder"), [("", "src"), ("src", ""), ("other", "$WORKSPACE/src")])
def test_folders_are_relative_to_the_checkout(repository, path, folder):
    checkout = f"      - uses: actions/checkout@v4\n        with: {{path: '{path}'}}\n"
    text = f"{WORKFLOW}on: push\njobs:\n  a:\n    steps:\n{checkout}      - run: ls\n        working-directory: ./src\n"
    assert repository(text)[Pipelines].executions[0].call.folder == folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("# only a remark\n", "is empty"),
        ("- a\n", "no mapping"),
        ("on: push\n", "has no jobs"),
        ("on: push\njobs: [\n", "no valid YAML"),
        ("jobs:\n  a: {}\n", "has no `on:`"),
        ("on: push\non: push\njobs:\n  a: {}\n", "written twice"),
    ],
)
def test_problems(repository, text, message):
    (problem,) = repository(WORKFLOW + text)[Pipelines].problems
    assert message in problem.message
    assert problem.location.path == ".github/workflows/ci.yml"


@pytest.mark.parametrize("text", ["on: 1\njobs:\n  a: x\n", "on: push\njobs:\n  a: {steps: {}, needs: {}, strategy: 3}\n",
                                  "on: push\njobs:\n  a: {steps: [1, {run: [x]}, {uses: 4}], env: 5, defaults: {run: 6}}\n"])  # fmt: skip
def test_nonsense_is_survived(repository, text):
    assert repository(WORKFLOW + text)[Pipelines].executions == ()


@pytest.mark.parametrize(
    ("files", "other"),
    [
        ("-- .cirrus.yml --\nx: 1\n", (".cirrus.yml",)),
        ("-- .circleci/config.yml --\nversion: 2\n", ()),
        ("-- .drone.yml --\nx\n-- .zuul.yaml --\nx: 1\n", (".drone.yml", ".zuul.yaml")),
        ("-- .travis.yml --\nx: 1\n", (".travis.yml",)),
        ("-- .travis.yml --\nx: 1\n" + one_step("ls"), ()),
        ("-- appveyor.yml --\nx: 1\n" + one_step("ls"), ()),
        ("-- .cirrus.yml --\nx: 1\n" + one_step("ls"), (".cirrus.yml",)),
    ],
)
def test_files_of_other_providers(repository, files, other):
    assert repository(files)[Pipelines].other == other


def test_variables_that_a_step_sets_are_filled_in(repository):
    job = "    strategy: {matrix: {kind: [unit, system]}}\n"
    text = one_step("bin/rails $COMMAND", job=job, more="        env: {COMMAND: 'test:${{ matrix.kind }}'}\n")
    assert ran(repository, text) == [
        ("bin/rails test:unit", True, "ruby"),
        ("bin/rails test:system", True, "ruby"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        one_step(
            "pipx run cibuildwheel", more="        env: {CIBW_TEST_COMMAND: 'pytest {project}/tests'}\n"
        ),
        one_step("pipx run cibuildwheel")
        + '-- pyproject.toml --\n[tool.cibuildwheel]\ntest-command = "pytest {project}/tests"\n',
    ],
)
def test_wheels_are_tested_by_what_cibuildwheel_is_told(repository, text):
    assert [e.tests for e in repository(text)[Pipelines].executions if e.can_stop] == ["pytest", ""]


@pytest.mark.parametrize(
    ("text", "matrix", "filled"),
    [
        ("tox -e ${{ matrix.tox || format('py{0}', matrix.python) }}", {"python": "3.14"}, "tox -e py3.14"),
        ("tox -e ${{ matrix.tox || format('py{0}', matrix.python) }}", {"tox": "lint"}, "tox -e lint"),
        ("run ${{ matrix.kind || 'unit' }}", {}, "run unit"),
        ("run ${{ format('{0}-{1}', matrix.a, github.sha) }}", {"a": "x"}, "run x-$GITHUB_EXPRESSION"),
        ("run ${{ github.x || 'unit' }}", {}, "run $GITHUB_EXPRESSION"),
        ("run ${{ format('{7}', matrix.a) }}", {"a": "x"}, "run $GITHUB_EXPRESSION"),
    ],
)
def test_alternatives_and_formats(text, matrix, filled):
    assert fill(text, {"matrix": matrix}) == filled
