"""Every format on a report in which every outcome occurs: its exact text, and what its readers demand."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from pytest_productops.cli import main
from pytest_productops.reports import comment, gfm, markdown, output, stored
from pytest_productops.reports.sections import Block, Section, fitted

TEXTS = [name for name, each in output.FORMATS.items() if not each.needs]
"""The formats without an extra."""


@pytest.fixture
def data(every_outcome):
    return json.loads(every_outcome.read_text())


def test_every_outcome_is_there(data):
    assert all(data["summary"]["counts"].values())
    assert len({result["component"] for result in data["results"]}) == 3
    assert data["stale"]


def test_concise(data):
    assert output.rendered("concise", data) == (
        "README.md:1: error ACM004 11 files, not 9\n"
        "desk/pyproject.toml:1: error desk::ACM004 2 files, not 1\n"
        "NOTES:2: error ACM007 line is todo: two\n"
        "README.md:1: error ACM009 the rule crashed: RuntimeError: a bug in the rule\n"
        "NOTES:1: warning ACM001 line is open: one [a failure from 2027-01-01 (40 days)]\n"
        "productops.toml:9: warning waivers the waiver of ACM002 covers no finding\n"
        "Failed: 8 of 10 verdicts of 8 selected rules could be given: 1 passed, 3 failed, 1 advisory, 1 waived,"
        " 1 baselined, 1 not applicable, 1 unknown, 1 crashed.\n"
    )


def test_github(data):
    assert output.rendered("github", data) == (
        "::error file=README.md,line=1,title=ACM004 components-are-small::11 files, not 9\n"
        "::error file=desk/pyproject.toml,line=1,title=desk%3A%3AACM004 components-are-small::2 files, not 1\n"
        "::error file=NOTES,line=2,title=ACM007 all-is-done::line is todo: two%0Afix: do it\n"
        "::error title=ACM009 it-works::the rule crashed: RuntimeError: a bug in the rule\n"
        "::warning file=NOTES,line=1,title=ACM001 notes-are-done::line is open: one"
        " [a failure from 2027-01-01 (40 days)]%0Afix: close it\n"
        "::warning file=productops.toml,line=9,title=waivers unused::the waiver of ACM002 covers no finding"
        "%0Afix: delete it, or run `productops waive --prune`\n"
    )


def test_azure(data):
    issue = "##vso[task.logissue type="
    assert output.rendered("azure", data) == (
        f"{issue}error;sourcepath=README.md;linenumber=1;code=ACM004;]ACM004 components-are-small: 11 files, not 9\n"
        f"{issue}error;sourcepath=desk/pyproject.toml;linenumber=1;code=ACM004;]"
        "desk::ACM004 components-are-small: 2 files, not 1\n"
        f"{issue}error;sourcepath=NOTES;linenumber=2;code=ACM007;]ACM007 all-is-done: line is todo: two\n"
        f"{issue}error;code=ACM009;]ACM009 it-works: the rule crashed: RuntimeError: a bug in the rule\n"
        f"{issue}warning;sourcepath=NOTES;linenumber=1;code=ACM001;]"
        "ACM001 notes-are-done: line is open: one [a failure from 2027-01-01 (40 days)]\n"
        f"{issue}warning;sourcepath=productops.toml;linenumber=9;code=waivers;]"
        "waivers unused: the waiver of ACM002 covers no finding\n"
    )


def test_gitlab(data):
    issues = json.loads(output.rendered("gitlab", data))
    assert issues[1] == {
        "description": "desk::ACM004 components-are-small: 2 files, not 1",
        "check_name": "ACM004",
        "fingerprint": data["results"][4]["findings"][0]["fingerprint"],
        "severity": "major",
        "location": {"path": "desk/pyproject.toml", "lines": {"begin": 1}},
    }
    assert [(each["check_name"], each["severity"]) for each in issues] == [
        ("ACM004", "major"),
        ("ACM004", "major"),
        ("ACM007", "major"),
        ("ACM009", "major"),
        ("ACM001", "minor"),
        ("waivers", "minor"),
    ]


def test_findings_of_one_fingerprint_are_told_apart(data):
    """GitLab keeps one finding of a fingerprint, GitHub wants a number behind it."""
    findings = data["results"][7]["findings"]
    findings.append(findings[0])
    known_by = findings[0]["fingerprint"]
    issues = json.loads(output.rendered("gitlab", data))
    assert [each["fingerprint"] for each in issues if each["check_name"] == "ACM007"] == [
        known_by,
        f"{known_by}-2",
    ]
    results = json.loads(output.rendered("sarif", data))["runs"][0]["results"]
    marks = [
        each["partialFingerprints"]["primaryLocationLineHash"]
        for each in results
        if each["ruleId"] == "ACM007"
    ]
    assert marks == [f"{known_by}:1", f"{known_by}:2"]


def test_junit(data):
    assert output.rendered("junit", data) == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<testsuites tests="11" failures="3" errors="1" skipped="4">\n'
        '  <testsuite name="productops" tests="11" failures="3" errors="1" skipped="4">\n'
        '    <testcase classname="productops.support" name="ACM001 notes-are-done">\n'
        "      <system-out>NOTES:1: line is open: one [advisory: a failure from 2027-01-01 (40 days)]\n"
        "    fix: close it</system-out>\n"
        "    </testcase>\n"
        '    <testcase classname="productops.operations" name="ACM002 nothing-is-due" />\n'
        '    <testcase classname="productops.development" name="ACM003 it-can-be-told">\n'
        '      <skipped message="unknown: set fetch-depth: 0" />\n'
        "    </testcase>\n"
        '    <testcase classname="productops.practices" name="ACM004 components-are-small">\n'
        '      <failure message="11 files, not 9">11 files, not 9</failure>\n'
        "    </testcase>\n"
        '    <testcase classname="productops.practices" name="desk::ACM004 components-are-small">\n'
        '      <failure message="2 files, not 1">2 files, not 1</failure>\n'
        "    </testcase>\n"
        '    <testcase classname="productops.practices" name="till::ACM004 components-are-small">\n'
        '      <skipped message="baselined: known since 2026-11-20">'
        "2 files, not 1 [baselined: known since 2026-11-20]</skipped>\n"
        "    </testcase>\n"
        '    <testcase classname="productops.practices" name="ACM006 no-gold-is-lost">\n'
        '      <skipped message="waived: until 2026-12-10, @ann: the vault is built in spring">'
        "somebody left gold here [waived: until 2026-12-10, @ann: the vault is built in spring]</skipped>\n"
        "    </testcase>\n"
        '    <testcase classname="productops.onboarding" name="ACM007 all-is-done">\n'
        '      <failure message="NOTES:2: line is todo: two">NOTES:2: line is todo: two\n'
        "    fix: do it</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="productops.repeatability" name="ACM008 there-is-something">\n'
        '      <skipped message="not-applicable: no such thing here" />\n'
        "    </testcase>\n"
        '    <testcase classname="productops.repeatability" name="ACM009 it-works">\n'
        '      <error message="the rule crashed: RuntimeError: a bug in the rule" />\n'
        "    </testcase>\n"
        '    <testcase classname="productops.practices" name="waivers unused">\n'
        "      <system-out>productops.toml:9: the waiver of ACM002 covers no finding [advisory]\n"
        "    fix: delete it, or run `productops waive --prune`</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_csv(data):
    rows = list(csv.DictReader(io.StringIO(output.rendered("csv", data))))
    assert [(row["rule"], row["component"], row["outcome"], row["path"], row["line"]) for row in rows] == [
        ("ACM001", "", "advisory", "NOTES", "1"),
        ("ACM002", "", "pass", "", ""),
        ("ACM003", "", "unknown", "", ""),
        ("ACM004", "", "fail", "", ""),
        ("ACM004", "desk", "fail", "", ""),
        ("ACM004", "till", "baselined", "", ""),
        ("ACM006", "", "waived", "", ""),
        ("ACM007", "", "fail", "NOTES", "2"),
        ("ACM008", "", "not-applicable", "", ""),
        ("ACM009", "", "error", "", ""),
        ("waivers", "", "advisory", "productops.toml", "9"),
    ]
    assert rows[6]["why"] == "until 2026-12-10, @ann: the vault is built in spring"
    assert rows[2]["why"] == "set fetch-depth: 0"


def test_markdown(data):
    commit = data["repository"]["commit"][:7]
    why = (
        "<details><summary>why, and how to mend it</summary>\n\n**Why** To see.\n\n**Fix** Do it.\n\n"
        "`productops explain {}` shows a good and a bad example.\n\n</details>\n\n"
    )
    assert output.rendered("markdown", data) == (
        "## Product operations: failed\n\n"
        f"**shop** at `{commit}`: 8 of 10 verdicts of 8 selected rules could be given: 1 passed, 3 failed, 1 advisory,"
        " 1 waived, 1 baselined, 1 not applicable, 1 unknown, 1 crashed. Score **30** of 100 (21.4 without waivers and"
        " baseline). Level reached: none yet; bronze needs ACM001, ACM007.\n\n"
        "| responsibility | score | raw | pass | fail | advisory | waived | baselined | not-applicable | unknown | error |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| onboarding | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "| support | 50 | 50 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 |\n"
        "| development | - | - | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 |\n"
        "| practices | 0 | 0 | 0 | 2 | 0 | 1 | 1 | 0 | 0 | 0 |\n"
        "| operations | 100 | 100 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "| repeatability | - | - | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 1 |\n"
        "| **all** | 30 | 21.4 | 1 | 3 | 1 | 1 | 1 | 1 | 1 | 1 |\n\n"
        "### Failures\n\n"
        "**ACM004** components-are-small (practices, silver)\n\n- 11 files, not 9\n\n"
        + why.format("ACM004")
        + "**desk::ACM004** components-are-small (practices, silver)\n\n- 2 files, not 1\n\n"
        + why.format("ACM004")
        + "**ACM007** all-is-done (onboarding, bronze)\n\n- `NOTES:2` line is todo: two\n  <br>fix: do it\n\n"
        + why.format("ACM007")
        + "**ACM009** it-works (repeatability, gold)\n\n- the rule crashed: RuntimeError: a bug in the rule\n\n"
        + why.format("ACM009")
        + "### Advisories\n\n"
        "**ACM001** notes-are-done (support, bronze)\n\n"
        "- `NOTES:1` line is open: one (a failure from 2027-01-01 (40 days))\n  <br>fix: close it\n\n"
        + why.format("ACM001")
        + "### Waivers and baseline without use\n\n"
        "- `productops.toml:9` the waiver of ACM002 covers no finding: delete it, or run `productops waive --prune`\n\n"
        "### Announced\n\n"
        "- the waiver of ACM006 ends in 18 days (2026-12-10, @&#8203;ann)\n\n"
        "### Not checked, and why\n\n"
        "- ACM003 it-can-be-told: set fetch-depth: 0\n\n"
        "<details><summary>1 not applicable</summary>\n\n- ACM008 there-is-something: no such thing here\n\n</details>\n\n"
        "### Accepted for now\n\n"
        "- till::ACM004 components-are-small: 1 finding; baselined, known since 2026-11-20\n"
        "- ACM006 no-gold-is-lost: 1 finding; waived, until 2026-12-10, @&#8203;ann: the vault is built in spring\n"
    )


def test_a_patch_is_folded_away_below_its_rule(data):
    diff = "--- a/NOTES\n+++ b/NOTES\n@@ -2 +2 @@\n-todo: two\n+```` done\n"
    data["results"][7]["findings"][0]["patch"] = {"safety": "safe", "title": "does it", "diff": diff}
    text = output.rendered("markdown", data)
    assert f"**Fix** Do it.\n\ndoes it (safe):\n\n`````diff\n{diff}`````\n" in text
    blocks = [token for token in MarkdownIt("commonmark").parse(text) if token.type == "fence"]
    assert [(block.info, block.content) for block in blocks] == [("diff", diff)]


def test_a_long_patch_is_told_of(data):
    data["results"][7]["findings"][0]["patch"] = {"safety": "unsafe", "title": "all", "diff": "+x\n" * 3000}
    text = output.rendered("markdown", data)
    assert "\n\nall (unsafe): a patch of 3001 lines, too long to be shown here.\n\n" in text


@pytest.mark.parametrize(
    ("verdict", "reached", "score", "told", "shown"),
    [
        ("fail", "silver", 84.9, 9, ("failing 84", "red")),
        ("pass", "gold", 100.0, 9, ("passing gold 100", "brightgreen")),
        ("pass", "silver", 99.9, 9, ("passing silver 99", "green")),
        ("pass", "bronze", 80.0, 9, ("passing bronze 80", "yellowgreen")),
        ("pass", None, 50.0, 9, ("passing 50", "yellowgreen")),
        ("pass", None, None, 3, ("passing", "yellowgreen")),
        ("fail", None, None, 0, ("nothing judged", "lightgrey")),
    ],
)
def test_badges(data, verdict, reached, score, told, shown):
    data["summary"] |= {"verdict": verdict, "score": score, "judged": told}
    data["summary"]["level"] = {"reached": reached, "next": None, "obstacles": []}
    badge = json.loads(output.rendered("badge", data))
    words, colour = shown
    assert badge == {
        "schemaVersion": 1,
        "label": "productops",
        "message": words,
        "color": colour,
        "cacheSeconds": 3600,
    }
    picture = ElementTree.fromstring(output.rendered("badge-svg", data))
    inks = {each.get("fill") for each in picture.iter("{http://www.w3.org/2000/svg}rect")}
    assert picture.get("aria-label") == picture[0].text == f"productops: {words}"
    shades = {"red": "#e05d44", "brightgreen": "#4c1", "green": "#97ca00", "yellowgreen": "#a4a61d"}
    assert inks == {None, "#555", shades.get(colour, "#9f9f9f")}
    assert int(picture.get("width")) == 7 * len("productops" + words) + 24


def contrast(ink, ground):
    """Return the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    lights = []
    for colour in (ink, ground):
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_a_badge_can_be_read():
    from pytest_productops.reports.badge import COLOURS
    from pytest_productops.reports.badge_svg import INK

    assert contrast("#fff", "#555") >= 4.5
    assert all(contrast(INK, colour) >= 4.5 for colour in COLOURS.values())


def test_unknown_fails(data):
    """Where a rule that cannot tell fails the gate, the formats of services hold it."""
    data["config"]["unknown_fails"] = True
    line = "README.md:1: error ACM003 the rule cannot tell: set fetch-depth: 0\n"
    assert line in output.rendered("concise", data)
    suite = ElementTree.fromstring(output.rendered("junit", data))
    assert suite.get("failures") == "4"
    text = output.rendered("markdown", data)
    assert (
        "**ACM003** it-can-be-told (development, silver)\n\n- the rule cannot tell: set fetch-depth: 0\n"
        in text
    )
    assert "- ACM003" not in text


def test_what_is_stale_fails_in_ci(data):
    data["stale"][0]["outcome"] = "fail"
    assert "productops.toml:9: error waivers the waiver" in output.rendered("concise", data)
    suite = ElementTree.fromstring(output.rendered("junit", data))
    assert (
        suite[0][-1].find("failure").get("message")
        == "productops.toml:9: the waiver of ACM002 covers no finding"
    )


@pytest.mark.parametrize("name", ["github"])
def test_ten_of_a_kind_are_shown(data, name):
    """GitHub shows ten, so the tenth says how many more there are."""
    finding = data["results"][7]["findings"][0]
    found = data["results"][7]["findings"]
    for number, expected in ((10, 10), (11, 10), (30, 10)):
        found[:] = [{**finding, "message": f"finding {at}"} for at in range(number - 3)]
        errors = [line for line in output.rendered(name, data).splitlines() if line.startswith("::error")]
        assert len(errors) == expected
        more = f"::error title=productops::{number - 9} more, see the job summary or the report"
        assert (errors[-1] == more) == (number > 10)


@pytest.mark.parametrize("name", TEXTS)
def test_two_runs_give_the_same_bytes(every_outcome, shop, tmp_path, name):
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        assert main(["check", f"--root={shop.root}", "--now=2026-11-22", f"--report={name}:{path}"]) == 1
    stored_path = tmp_path / "stored"
    assert main(["report", str(every_outcome), f"--to={name}:{stored_path}"]) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes() == stored_path.read_bytes()
    assert paths[0].read_bytes().endswith(b"\n")
    assert b"\r" not in paths[0].read_bytes()


def test_the_documentation_names_every_format():
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text()
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert {name for row in rows[: len(output.FORMATS)] for name in re.findall("`([^`]+)`", row)} >= {
        *output.FORMATS
    }


@pytest.mark.parametrize("name", TEXTS)
def test_an_empty_repository(tmp_path, acme, validated, name, capsys):
    """There is no file to show a finding in, no finding, and no commit."""
    (tmp_path / "empty").mkdir()
    target = tmp_path / "report"
    assert main(["check", str(tmp_path / "empty"), "--select=ACM", f"--report={name}:{target}"]) == 0
    text = target.read_text()
    if name == "concise":
        assert text == "Passed: 5 of 5 selected rules could judge: 5 passed.\n"
    if name == "markdown":
        assert text.startswith(
            "## Product operations: passed\n\n**empty**: 5 of 5 selected rules could judge: 5 passed. Score **100** of 100."
        )
    if name == "badge":
        assert json.loads(text)["message"] == "passing 100"
    if name in {"github", "azure"}:
        assert text == ""
    if name == "gitlab":
        assert text == "[]\n"


def test_a_finding_in_an_empty_repository(data):
    result = data["results"][3]
    result["findings"][0]["anchor"] = None
    assert output.rendered("concise", data).startswith("README.md:1: error ACM004 11 files, not 9\n")


def long(data, number):
    finding = data["results"][7]["findings"][0]
    base = data["results"][7]
    told = [f"rule {at} {'ü' * 400}" for at in range(number)]
    data["results"][7:8] = [{**base, "findings": [{**finding, "message": each}]} for each in told]
    return data


@pytest.mark.parametrize(
    ("name", "limit", "size"),
    [("markdown", markdown.LIMIT, lambda text: len(text.encode())), ("comment", gfm.COMMENT, len)],
)
def test_a_long_report_is_cut_between_rules_and_says_so(data, name, limit, size):
    text = output.rendered(name, long(data, 3000))
    assert limit - 2000 < size(text) <= limit
    listed = text.count("**ACM007**")
    assert f"*Left out here: {3003 - listed - 2} of 3003 rules.*\n\n### Advisories\n\n**ACM001**" in text
    assert text.count("<details>") == text.count("</details>")
    assert text.count("Left out here") == 1
    assert "- ACM006 no-gold-is-lost: 1 finding" in text


def test_a_comment_can_be_found_again(data):
    text = output.rendered("comment", data)
    assert text == f"{comment.MARK}\n{output.rendered('markdown', data)}"


def test_a_block_too_long_is_shown_in_short():
    section = Section("Title", (Block("x" * 500, "short"), Block("y" * 500)), "things")
    assert fitted("head", [section], 300) == (
        "head\n\n### Title\n\nshort\n\n*Left out here: 1 of 2 things.*\n"
    )


def test_a_report_of_format_1_0_is_completed(every_outcome, tmp_path):
    """Minor versions only add, so a stored report of an earlier one can be shown."""
    old = json.loads(every_outcome.read_text())
    old["schema_version"] = "1.0"
    for key in ("score", "raw_score", "responsibilities"):
        del old["summary"][key]
    for rule in old["rules"]:
        del rule["why"], rule["fix"]
    for finding in [*old["stale"], *(each for result in old["results"] for each in result["findings"])]:
        finding.pop("patch", None)
        del finding["anchor"]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(old))
    found = stored.load(path)
    assert found["summary"] == json.loads(every_outcome.read_text())["summary"]
    for name in TEXTS:
        assert output.rendered(name, found)
