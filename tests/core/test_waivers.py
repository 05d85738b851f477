"""Waivers: what they cover, until when, and what is wrong with one."""

import datetime

import pytest

from pytest_productops import gate
from pytest_productops.catalogue import installed
from pytest_productops.facts.waivers import Waiver, Waivers
from pytest_productops.model import Finding, Location, Outcome
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import Options, read
from pytest_productops.testing import lay_out

WAIVER = """
[[waivers]]
rule = "{rule}"
{subject}
reason = "agreed with the auditors"
owner = "@ann"
expires = 2026-06-30
"""


def judge(tmp_path, settings, now="2026-06-30"):
    files = {"NOTES": "open one\nopen two\n", "productops.toml": settings}
    root = lay_out(files, tmp_path).root
    made = read(root, installed(root), [Options("--", {"select": "TOY002", "now": now})])
    (verdict,) = gate.run(root, made).verdicts
    return verdict


@pytest.mark.parametrize("rule", ["TOY002", "toy002", "notes-are-done"])
def test_a_waiver_holds_on_its_last_day(tmp_path, toys, rule):
    verdict = judge(tmp_path, WAIVER.format(rule=rule, subject=""))
    assert verdict.outcome is Outcome.WAIVED
    assert [each.why for each in verdict.findings] == ["until 2026-06-30, @ann: agreed with the auditors"] * 2


def test_it_is_over_the_day_after(tmp_path, toys):
    verdict = judge(tmp_path, WAIVER.format(rule="TOY002", subject=""), now="2026-07-01")
    assert verdict.outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("subject", "waived"), [("NOTES", 2), ("N*", 2), ("open one", 1), ("*two", 1), ("docs/**", 0)]
)
def test_a_subject_is_a_glob_of_paths_or_keys(tmp_path, toys, subject, waived):
    verdict = judge(tmp_path, WAIVER.format(rule="TOY002", subject=f'subject = "{subject}"'))
    assert [each.outcome for each in verdict.findings].count(Outcome.WAIVED) == waived
    assert verdict.outcome is (Outcome.WAIVED if waived == 2 else Outcome.FAIL)


def test_another_rules_waiver_covers_nothing(tmp_path, toys):
    assert judge(tmp_path, WAIVER.format(rule="TOY001", subject="")).outcome is Outcome.FAIL


def test_every_mistake_at_once(tmp_path, toys):
    text = (
        WAIVER.format(rule="TOY02", subject="")
        + '[[waivers]]\nrule = "TOY001"\nreason = " "\nowner = "@a"\nexpires = "soon"\nuntil = 3\n'
    )
    with pytest.raises(ConfigurationError) as caught:
        judge(tmp_path, text)
    assert str(caught.value).splitlines() == [
        "4 mistakes in the configuration, nothing was judged",
        "  productops.toml:3: unknown rule `TOY02`",
        "    did you mean `TOY002`?",
        '  productops.toml:10: waivers[1].reason = " ": expected a reason',
        '  productops.toml:12: waivers[1].expires = "soon": expected a day, as 2027-01-31',
        "  productops.toml:13: unknown key `until` in waivers[1]",
        "    known: expires, owner, reason, rule, subject",
    ]


def test_a_family_is_no_rule(tmp_path, toys):
    with pytest.raises(ConfigurationError, match="unknown rule `TOY`"):
        judge(tmp_path, WAIVER.format(rule="TOY", subject=""))


def test_a_date_may_be_a_text(tmp_path, toys):
    text = WAIVER.format(rule="TOY002", subject="").replace("2026-06-30", '"2026-06-30"')
    assert judge(tmp_path, text).outcome is Outcome.WAIVED


def test_one_that_ends_too_far_ahead_does_not_hold(tmp_path, toys):
    text = WAIVER.format(rule="TOY002", subject="")
    assert judge(tmp_path, text, now="2026-01-01").outcome is Outcome.WAIVED
    assert judge(tmp_path, text, now="2025-12-31").outcome is Outcome.FAIL
    assert judge(tmp_path, "max-waiver-days = 3\n" + text, now="2026-06-27").outcome is Outcome.WAIVED
    assert judge(tmp_path, "max-waiver-days = 3\n" + text, now="2026-06-26").outcome is Outcome.FAIL


def test_the_last_to_end_is_told(toys, tmp_path):
    rule = installed(tmp_path).get("TOY002")
    days = [datetime.date(2026, 3, day) for day in (1, 9, 5)]
    waivers = Waivers(tuple(Waiver("TOY002", "agreed with the auditors", "@ann", day) for day in days))
    finding = Finding("open one", "is open", Location("NOTES", 1))
    assert waivers.ended(rule, finding, datetime.date(2026, 3, 8)).expires == days[2]
    assert waivers.ended(rule, finding, datetime.date(2026, 3, 10)).expires == days[1]
    assert waivers.ended(rule, finding, datetime.date(2026, 3, 1)) is None
    assert waivers.ended(installed(tmp_path).get("TOY001"), finding, datetime.date(2026, 3, 10)) is None


@pytest.mark.parametrize(("subject", "name"), [("", "TOY002"), ("legacy/**", "TOY002 legacy/**")])
def test_names(subject, name):
    assert (
        Waiver("TOY002", "r", "@ann", datetime.date(2026, 3, 1), subject, Location("x.toml", 1)).name == name
    )


def test_a_comment_waives_too(tmp_path, toys):
    files = {
        "NOTES": "# productops: ignore TOY002 until 2026-06-30 owner=@bob agreed in spring\nopen a\n\nopen b\n"
    }
    root = lay_out(files, tmp_path).root
    for day, outcomes in [
        ("2026-06-30", [Outcome.WAIVED, Outcome.FAIL]),
        ("2026-07-01", [Outcome.FAIL, Outcome.FAIL]),
    ]:
        made = read(root, installed(root), [Options("--", {"select": "TOY002", "now": day})])
        (verdict,) = gate.run(root, made).verdicts
        assert [each.outcome for each in verdict.findings] == outcomes
    assert [each.why for each in verdict.findings] == [
        "the waiver ended 2026-06-30 (1 day ago), @bob: agreed in spring",
        "",
    ]
