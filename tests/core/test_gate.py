"""The engine: outcomes, crashes of one rule alone, clean texts."""

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.model import Outcome
from pytest_productops.policy.settings import Options, read
from pytest_productops.policy.terms import Terms
from pytest_productops.testing import lay_out


def report(tmp_path, files):
    root = lay_out(files, tmp_path).root
    return gate.run(root, read(root, installed(root), [Options("--", {"select": "TOY"})]))


def test_outcomes(tmp_path, toys):
    made = report(tmp_path, {"NOTES": "closed\n"})
    assert [verdict.outcome for verdict in made.verdicts] == [
        Outcome.PASS,
        Outcome.PASS,
        Outcome.NOT_APPLICABLE,
        Outcome.UNKNOWN,
        Outcome.ERROR,
    ]
    assert made.judged == 3
    assert not made.passed
    crash = made.verdicts[-1]
    assert crash.reason == "RuntimeError: a bug in the rule"
    assert "toy_pack.py" in crash.traceback


def test_findings_are_sorted_and_clean(tmp_path, toys):
    made = report(tmp_path, {"NOTES": "open b \x1b[31m\nopen a\n"})
    found = [settled.finding for settled in made.verdicts[1].findings]
    assert [f.message for f in found] == ["line is open b \\x1b[31m", "line is open a"]
    assert [str(f.location) for f in found] == ["NOTES:1", "NOTES:2"]


def test_the_same_input_gives_the_same_report(tmp_path, toys):
    files = {"NOTES": "open\n" * 3}
    assert report(tmp_path / "a" / "x", files) == report(tmp_path / "b" / "x", files)


def test_a_rule_that_exits_is_an_error_of_its_own(tmp_path, toys):
    from dataclasses import replace

    def leave(*_):
        raise SystemExit(0)

    repository = lay_out({"x": ""}, tmp_path)
    rule = replace(installed().get("TOY001"), check=leave)
    assert gate.judge(rule, repository, Terms()).outcome is Outcome.ERROR


def test_an_interrupt_is_not_swallowed(tmp_path, toys):
    from dataclasses import replace

    def stop(*_):
        raise KeyboardInterrupt

    repository = lay_out({"x": ""}, tmp_path)
    rule = replace(installed().get("TOY001"), check=stop)
    with pytest.raises(KeyboardInterrupt):
        gate.judge(rule, repository, Terms())
