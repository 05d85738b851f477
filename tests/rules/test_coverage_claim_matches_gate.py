"""DEV004."""

import pytest
from productops_rules.development.coverage_claim_matches_gate import coverage_claim_matches_gate as rule

from pytest_productops.api import Location, NotApplicable, Unavailable
from pytest_productops.facts.coverage.claims import demanded
from pytest_productops.testing import findings_in


def text(claim, run, on="pull_request"):
    return (
        f"-- CONTRIBUTING.md --\n# Tests\n\n{claim}\n"
        f"-- .github/workflows/ci.yml --\non: {on}\njobs:\n  t:\n    steps:\n      - run: {run}\n"
    )


@pytest.mark.parametrize(
    ("claim", "percent"),
    [
        ("Test coverage must stay at 100 %.", 100),
        ("CI fails if code coverage is below 85%", 85),
        ("A minimum of 90 percent line coverage is required.", 90),
        ("We aim for at least 90 % coverage.", None),
        ("Coverage should be 90 %.", None),
        ("At least 80 % of the translation coverage is required.", None),
        ("The build fails when coverage drops by more than 1 %.", None),
        ("New code must have 100 % coverage.", None),
        ("Test coverage is 93 %.", None),
        ("The load must stay below 80 %.", None),
        ("Branch coverage must be 80 % and line coverage at least 90 %.", None),
    ],
)
def test_demands(claim, percent):
    assert demanded(claim) == percent


DEMAND = "Test coverage must be at least 90 %."


@pytest.mark.parametrize(
    ("run", "enforced"),
    [
        ("pytest --cov --cov-fail-under=80", "80 %"),
        ("pytest", "nothing"),
        ("pytest --cov --cov-fail-under=90 || true", "nothing"),
        ("diff-cover x.xml --fail-under=90", "a ratchet"),
    ],
)
def test_a_claim_that_nothing_enforces(repository, run, enforced):
    (finding,) = findings_in(rule, repository(text(DEMAND, run)))
    assert (finding.key, finding.location) == ("CONTRIBUTING.md#90", Location("CONTRIBUTING.md", 3))
    assert finding.message.startswith(f"90 % of coverage is demanded, but {enforced} is enforced")


def test_a_gate_after_the_merge_is_none(repository):
    found = findings_in(
        rule, repository(text(DEMAND, "pytest --cov-fail-under=90", "{push: {branches: [main]}}"))
    )
    assert [one.key for one in found] == ["CONTRIBUTING.md#90"]


def test_a_true_claim(repository):
    assert findings_in(rule, repository(text(DEMAND, "pytest --cov --cov-fail-under=90"))) == ()


def test_a_tolerance(repository):
    near = repository(text(DEMAND, "pytest --cov --cov-fail-under=88"))
    assert findings_in(rule, near, tolerance=2.0) == ()


def test_no_claim(repository):
    with pytest.raises(NotApplicable):
        findings_in(rule, repository(text("Write tests.", "pytest")))


def test_what_a_service_enforces_is_out_of_sight(repository):
    with pytest.raises(Unavailable, match="the pages of codecov"):
        findings_in(rule, repository(text(DEMAND, "pytest --cov\n      - uses: codecov/codecov-action@v5")))
