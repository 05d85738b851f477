"""PRA001."""

import pytest
from productops_rules.practices.waivers_current import waivers_current as rule

from pytest_productops.model import NotApplicable
from pytest_productops.testing import findings

WAIVER = '[[waivers]]\nrule = "DEV003"\nreason = "{}"\nowner = "@ann"\nexpires = {}\n'
LEAVE = "the auditor is on leave"


def judge(text, **files):
    archive = {"productops.toml": text, "now": "2026-07-01", **files}
    return [(each.key, str(each.location)) for each in findings(rule, archive)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (WAIVER.format(LEAVE, "2026-07-01"), []),
        (WAIVER.format(LEAVE, "2026-06-30"), [("DEV003.ended", "productops.toml:1")]),
        (WAIVER.format(LEAVE, "2026-12-28"), []),
        (WAIVER.format(LEAVE, "2026-12-29"), [("DEV003.too-long", "productops.toml:1")]),
        (WAIVER.format("TODO", "2026-07-30"), [("DEV003.reason", "productops.toml:1")]),
        ('[ignore]\nDEV003 = "generated code, replaced in spring"\n', []),
        ('[ignore]\nDEV003 = "later"\n', [("DEV003.reason", "productops.toml:2")]),
    ],
)
def test_findings(text, found):
    assert judge(text) == found


def test_the_settings_say_how_long_a_waiver_may_be():
    text = "max-waiver-days = 10\n" + WAIVER.format(LEAVE, "{}")
    assert judge(text.format("2026-07-11")) == []
    assert judge(text.format("2026-07-12")) == [("DEV003.too-long", "productops.toml:2")]
    inline = {"Makefile": "# productops: ignore DEV003 until 2026-07-12 owner=@ann the auditor is on leave\n"}
    assert judge("max-waiver-days = 10\n", **inline) == [("DEV003 Makefile.too-long", "Makefile:1")]


def test_settings_in_pyproject():
    text = WAIVER.format(LEAVE, "2026-06-30").replace("[[waivers]]", "[[tool.productops.waivers]]")
    (finding,) = findings(rule, {"pyproject.toml": text, "now": "2026-07-01"})
    assert str(finding.location) == "pyproject.toml:1"
    assert "ended 2026-06-30, 1 d ago, owner @ann: the auditor is on leave" in finding.message


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (f"until 2026-07-01 owner=@ann {LEAVE}", []),
        (f"until 2026-06-30 owner=@ann {LEAVE}", [("ONB003 Makefile.ended", "Makefile:2")]),
        (f"until 2026-12-29 owner=@ann {LEAVE}", [("ONB003 Makefile.too-long", "Makefile:2")]),
        ("until 2026-07-30 owner=@ann later", [("ONB003 Makefile.reason", "Makefile:2")]),
        ("until soon", [("ONB003 Makefile.broken", "Makefile:2")]),
    ],
)
def test_comments(words, found):
    assert judge("", Makefile=f"all:\n# productops: ignore ONB003 {words}\n") == found


def test_a_broken_comment_says_all_that_is_wrong():
    text = "x: 1\n# productops: ignore ONB003 until 2026-02-30 by=@ann\n"
    (finding,) = findings(rule, {"ci.yml": text, "now": "2026-07-01"})
    assert finding.message == (
        "`productops: ignore ONB003 until 2026-02-30 by=@ann` waives nothing: '2026-02-30' is no day, it has no owner,"
        " it gives no reason, 'by=@ann' is not understood"
    )
    assert finding.fix == "write it as productops: ignore RULE until 2027-01-31 owner=@who reason"


@pytest.mark.parametrize("text", ["", 'profile = "default"\n', "not toml"])
def test_nothing_is_waived(text):
    with pytest.raises(NotApplicable, match="no rule is waived or ignored"):
        judge(text)
