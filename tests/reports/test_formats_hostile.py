"""Texts of a stranger through every format: what is written can be read back, and does nothing."""

import copy
import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pytest_productops.cli import main
from pytest_productops.reports import gfm, markdown, output, stored

TEXTS = {
    "escape": "\x1b[31mred\x1b[0m",
    "a link of the terminal": "\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "the clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "C1": "\x9b31mred\x90\x9c",
    "NUL": "a\x00b",
    "bidi": "\u202egnp.exe\u2066",
    "byte order mark": "\ufeffbegin\ufffe\uffff",
    "surrogate": "name\udcff\ud800",
    "lines": "one\ntwo\r\nthree\rfour\u2028five",
    "command of GitHub": "::error file=x::pwned",
    "stopped commands": "  ::stop-commands::now",
    "after a line": "x\n::add-mask::secret\n::set-output name=a::b",
    "old command": "x ##[error]pwned ##[add-mask]x",
    "command of Azure": "x ##vso[task.setvariable variable=a;issecret=true]b",
    "ends a property": "a,line=1::]pwned;code=x]",
    "percent": "%0A::error::x %25 %AZP25",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\"><svg onload='x'> &amp; &#60;b&#62;",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "other formulas": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1)",
    "minus": "-2+3",
    "formula after space": "\t=1+1",
    "wide formula": "\uff1dHYPERLINK(1)",
    "mention": "@everyone @acme/team ann@example.org #12 acme/shop#12",
    "image": "![x](https://evil.example/x.png) [click](javascript:alert(1)) <https://evil.example>",
    "reference": "[x]: https://evil.example\n[x][x]",
    "address": "https://evil.example www.evil.example",
    "heading": "# big\n> quote\n- item\n1. one\n---\n***",
    "end of a section": "]]></failure><![CDATA[",
    "backquotes": "`a` ``b`` ```c ```` ` \\` \\",
    "fence": "```\n</details>\n<script>x</script>\n````\n~~~",
    "table": "a | b \\| c || `d | e`",
    "formulas of GitHub": "$x$ $`y`$ ~~z~~ **b** __c__ *d*",
    "comment": "<!-- --> -->",
    "quick action": "/close\n/merge",
    "long": "long " * 200_000,
    "long word": "x" * 1_000_000,
    "empty": "",
    "space": " ",
}


def _hostile(value, text, at="", *, places):
    """Return a report with a text in each place that is a person's or a repository's."""
    if isinstance(value, dict):
        return {key: _hostile(inner, text, f"{at}.{key}", places=places) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hostile(inner, text, at, places=places) for inner in value]
    return text if isinstance(value, str) and at in places else value


OPEN = {
    ".tool.version",
    ".repository.name",
    ".repository.commit",
    ".rules.name",
    ".rules.summary",
    ".rules.why",
    ".rules.fix",
    ".rules.responsibility",
    ".rules.stage",
    ".results.component",
    ".results.subject",
    ".results.reason",
    ".results.findings.key",
    ".results.findings.message",
    ".results.findings.fix",
    ".results.findings.why",
    ".results.findings.location.path",
    ".results.findings.anchor.path",
    ".results.findings.evidence.note",
    ".results.findings.patch.title",
    ".results.findings.patch.diff",
    ".results.findings.accepted.owner",
    ".results.findings.accepted.reason",
    ".summary.level.obstacles",
    ".summary.responsibilities.id",
    ".stale.key",
    ".stale.message",
    ".stale.fix",
    ".stale.location.path",
    ".notes",
}


LONG = {".results.findings.message", ".results.findings.patch.diff", ".notes", ".rules.why"}
MADE = {}
"""The report of `plain`: one run is enough."""


@pytest.fixture
def plain(request):
    if "report" not in MADE:
        MADE["report"] = request.getfixturevalue("every_outcome").read_text()
    data = json.loads(MADE["report"])
    for result in data["results"]:
        for finding in result["findings"]:
            finding["patch"] = {"safety": "safe", "title": "do", "diff": "-a\n+b\n"}
            finding["evidence"] = [{"path": "x", "line": 1, "note": "x"}]
    return data


@pytest.fixture
def data(plain, tmp_path, request):
    """A stored report in which a text is everywhere; the schema lets it through."""
    text = request.param
    if text not in MADE:
        long = len(text) > 10_000
        made = _hostile(plain, text, places=LONG if long else OPEN)
        for code, each in [("code", rule) for rule in made["rules"]] + [("rule", r) for r in made["results"]]:
            each[code] += "" if long else text
        path = tmp_path / "hostile.json"
        path.write_text(json.dumps(made))
        MADE[text] = stored.load(path)
        assert MADE[text] == made
    return MADE[text]


def hostile(function):
    names = [name for name in TEXTS if name != "empty"]
    return pytest.mark.parametrize("data", [TEXTS[name] for name in names], ids=names, indirect=True)(
        function
    )


CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def read(data, name):
    """Return what is written in a format, which shows all of itself."""
    text = output.encoded(output.rendered(name, data)).decode()
    strange = CONTROL.search(text.replace("\ufffe", "").replace("\uffff", "") if name != "junit" else text)
    assert strange is None
    return text


def commands(text):
    """Return what a service obeys in a log: GitHub trims a line and looks at its beginning, or for ##[ anywhere."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line.startswith("::") or "##[" in line or "##vso[" in line]


@hostile
def test_json(data):
    assert json.loads(read(data, "json")) == data


@hostile
def test_sarif(data, sarif):
    log = json.loads(read(data, "sarif"))
    sarif(log)
    run = log["runs"][0]
    for rule in run["tool"]["driver"]["rules"]:
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["shortDescription"]["text"].strip()
        inert(rule["help"]["markdown"])
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"[\w./~%-]+", place["artifactLocation"]["uri"], re.ASCII)
        assert "](" not in result["message"]["text"]
        assert set(place["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}


@hostile
def test_gitlab(data):
    issues = json.loads(read(data, "gitlab"))
    assert len(issues) == 6
    assert len({issue["fingerprint"] for issue in issues}) == 6


@hostile
def test_junit(data):
    root = ElementTree.fromstring(read(data, "junit"))
    assert [each.tag for each in root.iter()].count("testcase") == 11
    assert {each.tag for each in root.iter()} == {
        "testsuites", "testsuite", "testcase", "failure", "skipped", "error", "system-out",
    }  # fmt: skip


@hostile
def test_csv(data):
    rows = list(csv.reader(io.StringIO(read(data, "csv"), newline="")))
    assert len(rows) == 12
    assert {len(row) for row in rows} == {13}
    assert not [
        cell
        for row in rows
        for cell in row
        if cell.lstrip().startswith(tuple("=+-@|%\uff1d\uff0b\uff0d\uff20"))
    ]


@hostile
@pytest.mark.parametrize("name", ["github", "azure", "concise"])
def test_logs(data, name):
    text = read(data, name)
    found = commands(text)
    ours = {
        "github": r"::(error|warning) (file=[^:,]*,line=\d+,)?title=[^:,]*::[^\r\n]*",
        "azure": r"##vso\[task\.logissue type=(error|warning);(sourcepath=[^\];]*;linenumber=\d+;)?code=[^\];]*;\][^\r\n]*",
    }
    number = {"github": 6, "azure": 6, "concise": 0}[name]
    assert len(found) == number
    assert all(re.fullmatch(ours[name], line) for line in found)
    assert len(text.splitlines()) == {"github": 6, "azure": 6, "concise": 7}[name]


@hostile
def test_no_log_obeys_a_report_that_is_printed(data):
    """A run in CI may print each of them; those two that are commands are held to theirs above."""
    for name in sorted({*output.PRINTED} - {"github", "azure", "html"}):
        assert commands(read(data, name)) == []


@hostile
@pytest.mark.parametrize("name", ["badge", "badge-svg"])
def test_badges_hold_nothing_of_it(data, name, plain):
    assert read(data, name) == output.rendered(name, plain)


def inert(text):
    """Check Markdown as GitHub reads it: nothing but our own tags, no link, no image, nobody mentioned."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inner = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in [*tokens, *inner]}
    assert not kinds & {
        "link_open",
        "image",
        "s_open",
        "em_open",
        "hr",
        "blockquote_open",
        "code_block",
        "ordered_list_open",
    }
    tags = [
        token.content.strip() for token in [*tokens, *inner] if token.type in {"html_block", "html_inline"}
    ]
    ours = r"<!-- pytest-productops -->|<br>|</details>|<details><summary>[\w, ]+</summary>"
    assert not [tag for tag in tags if not re.fullmatch(ours, tag)]
    shown = " ".join(child.content for child in inner if child.type in {"text", "text_special"})
    assert not re.search(r"@\w|(?<!&)#\d|://|www\.", shown)
    assert not commands(text)
    return tokens


@hostile
@pytest.mark.parametrize("name", ["markdown", "comment"])
def test_markdown(data, name):
    text = read(data, name)
    tokens = inert(text)
    limits = {"markdown": (markdown.LIMIT, len(text.encode())), "comment": (gfm.COMMENT, len(text))}
    limit, size = limits[name]
    assert size <= limit
    assert len([token for token in tokens if token.type == "table_open"]) == 1
    assert len([token for token in tokens if token.type == "th_open"]) == 11
    assert len([token for token in tokens if token.type == "td_open"]) == 11 * 7
    titles = [token.content for token in tokens if token.type == "inline" and token.content in TITLES]
    assert titles == TITLES
    opened, closed = (len(re.findall(rf"^<{mark}details>", text, re.MULTILINE)) for mark in ("", "/"))
    assert opened == 6
    assert closed >= opened  # one more may be shown in a patch


TITLES = [
    "Failures",
    "Advisories",
    "Waivers and baseline without use",
    "Announced",
    "Not checked, and why",
    "Accepted for now",
]


@pytest.mark.parametrize("text", ["GH-12", "see gh-1.", "(GH-3)"])
def test_no_issue_is_referred_to(text):
    """GitHub links `GH-12` as it does `#12`, and tells of the mention there."""
    assert not re.search(r"gh-\d", gfm.prose(text), re.IGNORECASE)


@given(st.text(st.characters(exclude_categories=("C",)), min_size=1))
def test_prose_shows_its_text(text):
    tokens = MarkdownIt("commonmark", {"html": True}).parse(f"x {gfm.prose(text)}")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    kinds = {child.type for child in tokens[1].children}
    assert kinds <= {"text", "text_special", "code_inline"}
    shown = "".join(f"`{c.content}`" if c.type == "code_inline" else c.content for c in tokens[1].children)
    expected = " ".join(f"x {text}".split())
    assert shown.replace("\u200b", "").replace(" ", "") == expected.replace("\u200b", "").replace(" ", "")


@given(st.text(st.sampled_from("`~\n ab<>"), min_size=1))
def test_nothing_ends_a_fence(text):
    tokens = MarkdownIt("commonmark").parse(f"{gfm.fenced(text, 'diff')}\n")
    assert [token.type for token in tokens] == ["fence"]
    assert tokens[0].content.rstrip() == text.rstrip()


@hostile
def test_what_was_read_is_cleaned_alike_in_one_run_and_from_a_file(data):
    """A format of a run and of its stored report are the same bytes, so cleaning what is clean changes nothing."""
    once = stored.cleaned(data)
    assert stored.cleaned(copy.deepcopy(once)) == once


@pytest.mark.parametrize(
    "name", [name for name in TEXTS if name not in {"NUL", "surrogate", "empty", "space"}]
)
def test_no_face_prints_a_command(shop, capsys, pytester, name):
    """What a stranger writes into a repository stands in the log of its CI."""
    text = TEXTS[name][:3000]
    told = "".join(f"{line}\n" for line in text.splitlines())
    shop(
        {
            "NOTES": told,
            "productops.toml": f'select = ["ACM001"]\n[rules.ACM001]\nword = {json.dumps(name[:0] or " ")}\n',
        }
    )
    main(["check", f"--root={shop.root}"])
    printed = capsys.readouterr()
    assert commands(printed.out + printed.err) == []
