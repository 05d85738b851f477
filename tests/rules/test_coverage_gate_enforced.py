"""DEV003."""

import pytest
from productops_rules.development.coverage_gate_enforced import coverage_gate_enforced as rule

from pytest_productops.api import Location, NotApplicable, Unavailable
from pytest_productops.testing import findings_in


def ci(run):
    return (
        f"\n-- .github/workflows/ci.yml --\non: pull_request\njobs:\n  t:\n    steps:\n      - run: {run}\n"
    )


NONE = "no threshold for test coverage: none in the settings of a coverage tool, none in what job `t` runs"


def codecov(line):
    return (
        f"-- codecov.yml --\ncoverage:\n  status:\n    patch: off\n    project:\n      default:\n        {line}\n"
        + ci("pytest")
        + "      - uses: codecov/codecov-action@v5\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ci("pytest"), NONE),
        (ci("pytest --cov --cov-fail-under=50"), "the pytest-cov threshold of 50 % is below 70 %"),
        (ci("pytest --cov --cov-fail-under=0"), "the pytest-cov threshold of 0 % can never fail"),
        ("-- .coveragerc --\n[report]\nfail_under = 90\n" + ci("pytest"),
         "the coverage.py threshold of 90 % is enforced by no CI job that can stop a change"),
        (codecov("target: 0"), "the codecov threshold of 0 % can never fail"),
        (codecov("informational: true"), "the codecov threshold only reports"),
        (ci("pytest --cov") + "      - uses: codecov/codecov-action@v5\n",
         f"{NONE}; codecov gets reports"),
    ],
)  # fmt: skip
def test_no_gate(repository, text, message):
    (finding,) = findings_in(rule, repository(text))
    assert (finding.key, finding.message) == ("gate", message)


@pytest.mark.parametrize(
    "text", [codecov("target: 80"), codecov("target: auto"), ci("coverage report --fail-under=70")]
)
def test_a_gate(repository, text):
    assert findings_in(rule, repository(text)) == ()


def test_it_points_at_the_job_that_tests_changes(repository):
    text = (
        "-- .github/workflows/a.yml --\non: issues\njobs:\n  close:\n    steps: [{run: gh issue close, name: nyc }]\n"
        "-- .github/workflows/b.yml --\non: pull_request\njobs:\n  tools:\n    steps:\n      - run: ./test.sh\n"
        "  unit:\n    steps:\n      - run: pytest --cov\n-- test.sh --\ncoverage report\n"
    )
    (finding,) = findings_in(rule, repository(text))
    assert finding.location == Location(".github/workflows/b.yml", 6)
    assert "none in what job `unit` runs" in finding.message


def test_without_a_test_job_it_points_nowhere(repository):
    (finding,) = findings_in(rule, repository(ci("ls") + "-- tests/test_a.py --\n"))
    assert finding.location is None
    assert finding.message.endswith("none in a command of CI, which tests no change")


def test_a_status_that_codecov_may_post_unasked_is_unknown(repository):
    config = codecov("informational: true").replace("    patch: off\n", "")
    with pytest.raises(Unavailable, match=r"codecov\.yml:3, which cannot be read"):
        findings_in(rule, repository(config))


def test_a_codecov_that_gets_no_reports_is_no_doubt(repository):
    config = codecov("informational: true").replace("    patch: off\n", "").split("      - uses")[0]
    assert [f.key for f in findings_in(rule, repository(config))] == ["gate"]


def test_options(repository):
    ratchet = repository(codecov("target: auto"))
    assert [f.message for f in findings_in(rule, ratchet, ratchet_ok=False)] == [
        "the codecov threshold only forbids a fall"
    ]
    assert findings_in(rule, ratchet, ratchet_ok=False, external_gate="https://codecov.io/x") == ()


def test_the_minimum_is_an_option(repository):
    gate = repository(ci("coverage report --fail-under=70"))
    (finding,) = findings_in(rule, gate, minimum=80)
    assert finding.location == Location(".github/workflows/ci.yml", 5)


@pytest.mark.parametrize(
    "text",
    [
        "-- .woodpecker.yml --\nx: 1\n",
        "-- .coveragerc --\n[report]\nfail_under = 90\n" + ci("docker compose run app sh ci.sh"),
        "-- Dockerfile --\nRUN pytest --cov-fail-under=80\n" + ci("docker build ."),
    ],
)
def test_unknown(repository, text):
    with pytest.raises(Unavailable):
        findings_in(rule, repository(text))


def elsewhere(name):
    workflow = f"-- .github/workflows/b.yml --\non: pull_request\njobs:\n  x:\n    uses: {name}@main\n"
    return ci("pytest") + workflow


@pytest.mark.parametrize(
    "name",
    [
        "acme/x/.github/workflows/dependency-review.yml",
        "acme/x/.github/workflows/stylelint.yml",
        "acme/container-builder/.github/workflows/build.yml",
        "acme/x/.github/workflows/codeql-analysis.yml",
        "acme/x/.github/workflows/brakeman.yml",
    ],
)
def test_a_workflow_elsewhere_that_is_named_for_something_else_is_no_doubt(repository, name):
    assert [f.message for f in findings_in(rule, repository(elsewhere(name)))] == [NONE]


@pytest.mark.parametrize("name", ["ci.yml", "docker-tests.yml", "build.yml", "quality.yml"])
def test_a_workflow_elsewhere_may_hold_the_gate(repository, name):
    with pytest.raises(Unavailable, match="out of sight"):
        findings_in(rule, repository(elsewhere(f"acme/x/.github/workflows/{name}")))


RATIO = "<acme.jacoco.haltOnFailure>{}</acme.jacoco.haltOnFailure><acme.jacoco.lineRatio>0.9</acme.jacoco.lineRatio>"
PARENT = f"-- pom.xml --\n<project><parent/><properties>{RATIO}</properties></project>\n"


def test_a_threshold_that_a_pom_gives_to_the_rule_of_its_parent(repository):
    assert findings_in(rule, repository(PARENT.format("true") + ci("mvn verify"))) == ()
    with pytest.raises(Unavailable, match=r"pom\.xml:1, which cannot be read"):
        findings_in(rule, repository(PARENT.format("false") + ci("mvn verify")))


def test_nothing_to_judge(repository):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository("-- README.md --\nx\n"))


def test_the_name_of_a_job_is_no_threshold(repository):
    named = ci("pytest").replace("  t:\n", "  check-coverage:\n")
    (finding,) = findings_in(rule, repository(named))
    assert finding.message == NONE.replace("`t`", "`check-coverage`")
