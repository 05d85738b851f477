"""DEV001."""

import pytest
from productops_rules.development.tests_run_on_change import tests_run_on_change as rule

from pytest_productops.api import Location, Unavailable
from pytest_productops.testing import findings_in


def workflow(run, on="pull_request", job=""):
    return f"-- .github/workflows/ci.yml --\non: {on}\njobs:\n  t:\n{job}    steps:\n      - run: {run}\n"


def test_what_tests_need_is_no_test(repository):
    text = workflow("node tests/server.js && ./vendor/bin/http_test_server && node scripts/notes.js")
    (finding,) = findings_in(rule, repository(text + "-- scripts/notes.js --\nnotes()\n"))
    assert finding.message == "tests should run on every change, but no CI job of a change runs tests"


def test_no_ci(repository):
    (finding,) = findings_in(rule, repository("-- a.py --\n"))
    assert (finding.key, finding.location) == ("tests", None)
    assert finding.message == "tests should run on every change, but there is no CI"


def test_an_empty_workflow(repository):
    (finding,) = findings_in(rule, repository("-- .github/workflows/ci.yml --\n"))
    assert finding.location == Location(".github/workflows/ci.yml")
    assert finding.message == "tests should run on every change, but no CI job of a change runs tests"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (workflow("pytest", on="schedule"), "runs only on schedule"),
        (workflow("pytest", on="{push: {branches: [main]}}"), "runs only on push"),
        (workflow("pytest || true"), "may fail without consequence"),
        (workflow("pytest", job="    continue-on-error: true\n"), "may fail without consequence"),
        (workflow("pytest", job="    if: ${{ false }}\n"), "never runs (`if: false`)"),
    ],
)
def test_tests_that_stop_nothing(repository, text, why):
    (finding,) = findings_in(rule, repository(text))
    assert finding.message.endswith(why)
    assert finding.location.path == ".github/workflows/ci.yml"


@pytest.mark.parametrize(
    "text",
    [
        workflow("pytest"),
        workflow("pytest", on="push"),
        workflow("make test"),
        workflow("${{ matrix.cmd }}", job="    strategy: {matrix: {cmd: [ls, cargo test]}}\n"),
        "-- .gitlab-ci.yml --\nt:\n  script: pytest\n",
    ],
)
def test_tests_that_stop_a_change(repository, text):
    assert findings_in(rule, repository(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        workflow("docker build ."),
        workflow("nix build"),
        workflow("python ci/all.py") + "-- ci/all.py --\nsubprocess.run(['pytest'])  # all tests\n",
        workflow("node tools/build.mjs") + "-- tools/build.mjs --\nrun()\n",
        workflow("go run ./internal/ci"),
        workflow("{shell: pwsh, run: '.\\build.ps1'}")
        .replace("run: {shell: pwsh, run:", "shell: pwsh\n        run:")
        .replace("'}", "'")
        + "-- build.ps1 --\n& dotnet build\n",
        "-- .cirrus.yml --\nx: 1\n",
        "-- .travis.yml --\nscript: pytest\n",
        workflow("ls") + "-- Jenkinsfile --\nx\n",
        "-- .github/workflows/ci.yml --\non: push\njobs:\n  t:\n    uses: acme/ci/.github/workflows/tests.yml@v1\n",
        workflow("pytest", on="{workflow_run: {workflows: [x]}}"),
        "-- .gitlab-ci.yml --\ninclude: {project: a/b, file: c.yml}\nt:\n  script: ls\n",
    ],
)
def test_what_is_out_of_sight_is_unknown(repository, text):
    with pytest.raises(Unavailable):
        findings_in(rule, repository(text))


def test_a_dead_travis_file_is_no_excuse(repository):
    assert findings_in(rule, repository(workflow("ls") + "-- .travis.yml --\nscript: x\n"))


def test_external_ci(repository):
    assert findings_in(rule, repository("-- a.py --\n"), external_ci="https://ci.example.org") == ()


BOMB = "".join(f"x{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9) if at else 'x'}]\n" for at in range(12))


@pytest.mark.parametrize("extra", [BOMB, "x: " + "[" * 200 + "]" * 200 + "\n", "#" * 5_000_000 + "\n"])
@pytest.mark.parametrize("path", [".github/workflows/ci.yml", ".gitlab-ci.yml", ".circleci/config.yml"])
def test_tests_may_run_in_a_file_that_is_beyond_our_limits(repository, path, extra):
    text = workflow("pytest").replace(".github/workflows/ci.yml", path) + extra
    with pytest.raises(Unavailable, match=r"tests may run in a CI file that cannot be read \(\.\w.*ci"):
        findings_in(rule, repository(text))


def test_a_workflow_that_is_no_yaml_runs_nothing(repository):
    (finding,) = findings_in(rule, repository(workflow("pytest") + "x: [\n"))
    assert finding.message == "tests should run on every change, but no CI job of a change runs tests"
