"""PRA001."""

import pytest
from productops_rules.practices.waivers_current import waivers_current as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

WAIVER = '[[waivers]]\nrule = "DEV003"\nreason = "{}"\nowner = "@ann"\nexpires = {}\n'


def judge(text, **options):
    return [
        (each.key, each.location.line)
        for each in findings(rule, {"productops.toml": text, "now": "2026-07-01"}, **options)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WAIVER.format("the auditor is on leave", "2026-07-01"), []),
        (WAIVER.format("the auditor is on leave", "2026-06-30"), [("DEV003.ended", 1)]),
        (WAIVER.format("the auditor is on leave", "2026-12-28"), []),
        (WAIVER.format("the auditor is on leave", "2026-12-29"), [("DEV003.too-long", 1)]),
        (WAIVER.format("TODO", "2026-07-30"), [("DEV003.reason", 1)]),
        ('[ignore]\nDEV003 = "generated code, replaced in spring"\n', []),
        ('[ignore]\nDEV003 = "later"\n', [("DEV003.reason", 2)]),
    ],
)
def test_findings(text, found):
    assert judge(text) == found


def test_the_longest_waiver_is_an_option():
    assert judge(WAIVER.format("the auditor is on leave", "2026-07-12"), max_days=10) == [
        ("DEV003.too-long", 1)
    ]


def test_settings_in_pyproject():
    text = WAIVER.format("the auditor is on leave", "2026-06-30").replace(
        "[[waivers]]", "[[tool.productops.waivers]]"
    )
    (finding,) = findings(rule, {"pyproject.toml": text, "now": "2026-07-01"})
    assert str(finding.location) == "pyproject.toml:1"
    assert "ended 2026-06-30, 1 d ago, owner @ann: the auditor is on leave" in finding.message


@pytest.mark.parametrize("text", ["", 'profile = "default"\n', "not toml"])
def test_nothing_is_waived(text):
    with pytest.raises(NotApplicable, match="no rule is waived or ignored"):
        judge(text)
