"""Every outcome as pytest shows it, those that waivers and baselines will produce included: made by hand here."""

import pytest

from pytest_productops import gate
from pytest_productops.gate import judging
from pytest_productops.model import Finding, Location, Outcome, Settled, Verdict

FINDING = Finding("key", "something is wrong", Location("NOTES", 2), fix="mend it")


@pytest.fixture
def run(pytester, toys, monkeypatch):
    """Run pytest with a rule whose findings end as told."""
    (pytester.path / ".git").mkdir()

    def call(*settled, options=()):
        verdict = lambda rule, *_: Verdict(rule, judging.overall(settled), settled)  # noqa: E731
        monkeypatch.setattr(gate, "judge", verdict)
        return pytester.runpytest_inprocess("--productops", "--productops-select=TOY001", *options)

    return call


TABLE = [
    (Outcome.FAIL, {"failed": 1}, 1, "F"),
    (Outcome.ADVISORY, {"advisory": 1}, 0, "a"),
    (Outcome.WAIVED, {"xfailed": 1}, 0, "x"),
    (Outcome.BASELINED, {"xfailed": 1}, 0, "x"),
]


@pytest.mark.parametrize(("outcome", "counts", "code", "letter"), TABLE)
def test_one_finding(run, outcome, counts, code, letter):
    result = run(Settled(FINDING, outcome, "until 2027-01-31, @ann: retired soon"))
    assert result.ret == code
    assert result.parseoutcomes() == counts
    result.stdout.fnmatch_lines([f"productops {letter} *"])


def test_accepted_and_open_findings_of_one_rule(run):
    result = run(Settled(FINDING), Settled(FINDING, Outcome.WAIVED, "until 2027"), options=("-rx",))
    assert result.ret == 1
    assert result.parseoutcomes() == {"failed": 1, "xfailed": 1}
    result.stdout.fnmatch_lines(["WAIVED productops::TOY001 - until 2027"])


@pytest.mark.parametrize("outcome", [Outcome.WAIVED, Outcome.BASELINED])
def test_runxfail_shows_what_is_accepted(run, outcome):
    result = run(Settled(FINDING, outcome, "why"), options=("--runxfail",))
    assert result.ret == 1
    assert result.parseoutcomes() == {"failed": 1}


@pytest.mark.parametrize(("outcome", "word"), [(Outcome.WAIVED, "WAIVED"), (Outcome.BASELINED, "BASELINED")])
def test_words(run, outcome, word):
    result = run(Settled(FINDING, outcome, "until 2027-01-31"), options=("-v", "-rx"))
    result.stdout.fnmatch_lines(
        [f"productops::TOY001 {word}*", f"{word} productops::TOY001 - until 2027-01-31*"]
    )


def test_an_advisory_is_shown_and_passes(run):
    result = run(Settled(FINDING, Outcome.ADVISORY, "an error from 2027-03-01"), options=("-v",))
    result.stdout.fnmatch_lines(["productops::TOY001 ADVISORY*", "*= 1 advisory in *"])
    result.stdout.fnmatch_lines(
        ["*NOTES:2: TOY001 something is wrong [[]advisory: an error from 2027-03-01]"]
    )
