"""DEV003."""

import pytest
from productops_rules.development.coverage_gate_enforced import coverage_gate_enforced as rule

from pytest_productops.api import Location, NotApplicable, Unavailable
from pytest_productops.testing import findings_in


def ci(run):
    return (
        f"\n-- .github/workflows/ci.yml --\non: pull_request\njobs:\n  t:\n    steps:\n      - run: {run}\n"
    )


def codecov(line):
    return (
        f"-- codecov.yml --\ncoverage:\n  status:\n    project:\n      default:\n        {line}\n"
        + ci("pytest")
        + "      - uses: codecov/codecov-action@v5\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ci("pytest"), "no threshold for test coverage is set"),
        (ci("pytest --cov --cov-fail-under=50"), "the pytest-cov threshold of 50 % is below 70 %"),
        (ci("pytest --cov --cov-fail-under=0"), "the pytest-cov threshold of 0 % can never fail"),
        ("-- .coveragerc --\n[report]\nfail_under = 90\n" + ci("pytest"),
         "the coverage.py threshold of 90 % is enforced by no CI job that can stop a change"),
        (codecov("target: 0"), "the codecov threshold of 0 % can never fail"),
        (codecov("informational: true"), "the codecov threshold only reports"),
        (ci("pytest --cov") + "      - uses: codecov/codecov-action@v5\n",
         "no threshold for test coverage is set; codecov is fed, but no target is set here"),
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
        "-- .circleci/config.yml --\nx: 1\n",
        "-- .coveragerc --\n[report]\nfail_under = 90\n" + ci("docker compose run app sh ci.sh"),
        "-- Dockerfile --\nRUN pytest --cov-fail-under=80\n" + ci("docker build ."),
    ],
)
def test_unknown(repository, text):
    with pytest.raises(Unavailable):
        findings_in(rule, repository(text))


def test_nothing_to_judge(repository):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository("-- README.md --\nx\n"))
