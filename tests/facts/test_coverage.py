"""Coverage gates: what is configured, and whether CI enforces it."""

import pytest

from pytest_productops.facts.coverage import Coverage
from pytest_productops.model import Location


def ci(run="ls", more=""):
    return f"\n-- .github/workflows/ci.yml --\non: pull_request\njobs:\n  t:\n    steps:\n      - run: {run}\n{more}"


def gates(repository, files):
    return [(g.tool, g.percent, g.enforced) for g in repository(files)[Coverage].gates]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("-- pyproject.toml --\n[tool.coverage.report]\nfail_under = 90", ("coverage.py", 90.0)),
        ("-- .coveragerc --\n[report]\nfail_under = 85.5", ("coverage.py", 85.5)),
        ("-- .coveragerc.toml --\n[tool.coverage.report]\nfail_under = 90", ("coverage.py", 90.0)),
        ("-- setup.cfg --\n[coverage:report]\nfail_under = 80", ("coverage.py", 80.0)),
        ("-- pytest.ini --\n[pytest]\naddopts = --cov --cov-fail-under=75", ("pytest-cov", 75.0)),
        ('-- pyproject.toml --\n[tool.pytest.ini_options]\naddopts = ["--cov-fail-under=75"]', ("pytest-cov", 75.0)),
        ('-- package.json --\n{"jest": {"coverageThreshold": {"global": {"lines": 88}}}}', ("jest", 88.0)),
        ("-- jest.config.js --\nmodule.exports = {coverageThreshold: {global: {branches: 50, lines: 70}}}", ("jest", 70.0)),
        ("-- vitest.config.ts --\ntest: { coverage: { thresholds: { statements: 65 } } }", ("vitest", 65.0)),
        ('-- .nycrc --\n{"check-coverage": true, "lines": 95}', ("nyc", 95.0)),
        ("-- codecov.yml --\ncoverage:\n  status:\n    patch: off\n    project:\n      default:\n        target: 80%", ("codecov", 80.0)),
        ("-- .codecov.yml --\ncoverage:\n  status:\n    patch: off\n    project:\n      default:\n        target: auto", ("codecov", None)),
        ("-- .testcoverage.yml --\nthreshold:\n  total: 72", ("go-test-coverage", 72.0)),
        ("-- tarpaulin.toml --\n[a]\nfail-under = 60", ("tarpaulin", 60.0)),
        ("-- pom.xml --\n<jacoco><limit><minimum>0.80</minimum></limit></jacoco>", ("jacoco", 80.0)),
        ("-- build.gradle.kts --\njacoco\nrule { limit { minimum = \"0.7\".toBigDecimal() } }", ("jacoco", 70.0)),
        ("-- .simplecov --\nSimpleCov.start do\n  minimum_coverage line: 97.90, branch: 80\nend", ("simplecov", 97.9)),
        ("-- mix.exs --\ntest_coverage: [\n  summary: [threshold: 85]\n]", ("mix", 85.0)),
        ('-- coveralls.json --\n{"coverage_options": {"minimum_coverage": 75}}', ("excoveralls", 75.0)),
        ("-- spec/spec_helper.rb --\nSimpleCov.minimum_coverage 90", ("simplecov", 90.0)),
    ],
)  # fmt: skip
def test_configured(repository, files, expected):
    assert gates(repository, files) == [(*expected, False)]


@pytest.mark.parametrize(
    "files",
    [
        '-- .nycrc --\n{"check-coverage": false, "lines": 95}',
        "-- jest.config.js --\n// coverageThreshold: {global: {lines: 70}}",
        "-- .simplecov --\n# minimum_coverage 90",
        "-- tests/fixtures/pyproject.toml --\n[tool.coverage.report]\nfail_under = 90",
        "-- pyproject.toml --\n[broken",
        "-- pyproject.toml --\ntool = 1",
        "-- package.json --\n[1]",
        "-- codecov.yml --\ncoverage: {status: {project: false, patch: off}}",
    ],
)
def test_not_configured(repository, files):
    coverage = repository(files)[Coverage]
    assert (coverage.gates, coverage.unclear) == ((), ())


@pytest.mark.parametrize(
    ("config", "run", "enforced"),
    [
        ("-- .coveragerc --\n[report]\nfail_under = 90", "pytest", False),
        ("-- .coveragerc --\n[report]\nfail_under = 90", "pytest --cov=src", True),
        ("-- .coveragerc --\n[report]\nfail_under = 90", "coverage report", True),
        ("-- .coveragerc --\n[report]\nfail_under = 90", "coverage report || true", False),
        (
            "-- .coveragerc --\n[report]\nfail_under = 90\n-- pytest.ini --\n[pytest]\naddopts = --cov",
            "pytest",
            True,
        ),
        ("-- pytest.ini --\n[pytest]\naddopts = --cov-fail-under=90", "pytest", True),
        ('-- package.json --\n{"jest": {"coverageThreshold": {"global": {"lines": 88}}}}', "npx jest", False),
        (
            '-- package.json --\n{"jest": {"coverageThreshold": {"global": {"lines": 88}}}}',
            "npx jest --coverage",
            True,
        ),
        ("-- pom.xml --\n<jacoco><minimum>0.80</minimum></jacoco>", "./mvnw verify", True),
        ("-- pom.xml --\n<jacoco><minimum>0.80</minimum></jacoco>", "./mvnw test", False),
    ],
)
def test_enforced(repository, config, run, enforced):
    assert gates(repository, config + ci(run))[0][2] is enforced


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("pytest --cov --cov-fail-under=80", ("pytest-cov", 80.0, True)),
        ("coverage report --fail-under=85", ("coverage.py", 85.0, True)),
        ("coverage report --fail-under=$MINIMUM", ("coverage.py", None, True)),
        ("cargo llvm-cov --fail-under-lines 60", ("llvm-cov", 60.0, True)),
        ("npx c8 --check-coverage --lines 90 node --test", ("nyc", 90.0, True)),
        ("diff-cover coverage.xml --fail-under=100", ("diff-cover", None, True)),
    ],
)
def test_on_the_command_line(repository, run, expected):
    assert gates(repository, ci(run)) == [expected]


def test_codecov_counts_where_the_upload_runs(repository):
    config = "-- codecov.yml --\ncoverage:\n  status:\n    project: off\n    patch:\n      default:\n        informational: true\n"
    coverage = repository(config + ci(more="      - uses: codecov/codecov-action@v5\n"))[Coverage]
    (gate,) = coverage.gates
    assert (gate.enforced, gate.informational, gate.location) == (True, True, Location("codecov.yml", 6))
    assert coverage.services == ("codecov",)


def test_an_input_of_a_coverage_action_is_a_gate(repository):
    more = "      - uses: acme/report-coverage@v1\n        with: {fail_under: 78}\n"
    assert gates(repository, ci(more=more)) == [("acme/report-coverage", 78.0, True)]


def test_scripts_that_speak_of_thresholds_are_unclear(repository):
    coverage = repository("-- Dockerfile --\nFROM x\nRUN pytest --cov-fail-under=80\n" + ci())[Coverage]
    assert coverage.unclear == (Location("Dockerfile", 2),)


@pytest.mark.parametrize(
    "text",
    ["-- App.csproj --\n<Threshold>80</Threshold>", "-- build.sbt --\ncoverageMinimumStmtTotal := 90",
     "-- sonar-project.properties --\nsonar.qualitygate.wait=true", "-- script/cov --\nlcov --fail-under-lines 3"],
)  # fmt: skip
def test_a_threshold_of_a_tool_that_is_not_read_is_unclear(repository, text):
    assert [place.line for place in repository(text + ci())[Coverage].unclear] == [1]


@pytest.mark.parametrize(
    ("run", "job"), [("pytest --cov", "t"), ("gh issue close --comment stackoverflow", None)]
)
def test_the_job_that_tests_changes(repository, run, job):
    found = repository(ci(run))[Coverage].job
    assert (found and found.id) == job
