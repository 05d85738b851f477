"""The report as a page: what a reader finds, that it is inert whatever it holds, and that it needs nothing else."""

import itertools
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from pytest_productops.cli import main
from pytest_productops.reports import html, output, stored
from pytest_productops.reports.earlier import read
from pytest_productops.reports.html import plots
from pytest_productops.reports.html.groups import anchor

VOID = {"meta", "link", "img", "source", "br"}
ALLOWED = frozenset(
    """html head meta title style link body a p header h1 h2 h3 h4 span nav ul ol li main section dl div dt dd small
    figure figcaption table thead tbody tfoot tr th td article b code pre details summary footer br
    svg g rect line text path circle picture source img""".split()  # noqa: SIM905 - a table of words
)
VARYING = {"code", "p", "span"}
"""How often there is one depends on backticks, empty lines and the lines of a patch."""
ATTRIBUTES = set(
    """charset content http-equiv name lang class id href tabindex aria-label aria-labelledby role scope rel start
    viewbox font-family font-size text-anchor x y x1 y1 x2 y2 cx cy r d dx dy width height transform fill stroke
    stroke-width stroke-dasharray media srcset src alt open""".split()  # noqa: SIM905
)
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "{{ 7 * 7 }}{% raw %}",
    "`<b>`code`</b>`",
    "<!-- --><iframe src=//example.org>",
    "]]><![CDATA[<a href=x>",
    "&lt;b&gt; &#60;i&#62;",
    "\x1b[31mred\x07\x00",
    "\u202egnp.exe",
    "a\nb\r\nc\x0b",
    "<base href=//example.org><form action=x><input autofocus>",
]


class Page(HTMLParser):
    """A page as its elements: (name, attributes, all the text inside)."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self._open = [], []
        self.feed(text)
        self.close()
        assert not self._open, "an element is not closed"

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs)
        element = [tag, dict(attrs), ""]
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def all(self, tag, **wanted):
        return [
            (attrs, " ".join(text.split()))
            for name, attrs, text in self.elements
            if name == tag and all(attrs.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]

    def text(self, tag="body", **wanted):
        return self.all(tag, **wanted)[0][1]

    def rows(self, label):
        """The cells of the table in the region of this label."""
        inside, rows = False, []
        for name, attrs, text in self.elements:
            if name == "div" and attrs.get("role") == "region":
                inside = attrs["aria-label"] == label
            if inside and name == "tr":
                rows.append([])
            if inside and name in {"th", "td"}:
                rows[-1].append(" ".join(text.split()))
        return rows


@pytest.fixture
def data(every_outcome):
    found = json.loads(every_outcome.read_text())
    finding = next(f for r in found["results"] for f in r["findings"] if f["message"] == "line is todo: two")
    finding["patch"] = {
        "safety": "unsafe",
        "title": "Delete the line",
        "diff": "--- a/NOTES\n+++ b/NOTES\n@@ -1,2 +1 @@\n open: one\n-todo: two <b>\n",
    }
    finding["evidence"] = [{"path": "NOTES", "line": 1, "note": "the `first` line"}]
    passed = next(result for result in found["results"] if result["outcome"] == "pass")
    passed["evidence"] = [{"path": "till/pyproject.toml", "line": 2, "note": "what it rests on"}]
    return found


@pytest.fixture
def page(data):
    return Page(html.render(data))


def test_the_verdict_comes_first(page):
    assert page.text("title") == "shop failed: product operations"
    assert page.text("h1") == "shop failed"
    assert page.text("p", class_="lead") == (
        "8 of 10 verdicts of 8 selected rules could be given: 1 passed, 3 failed, 1 advisory, 1 waived,"
        " 1 baselined, 1 not applicable, 1 unknown, 1 crashed."
    )
    cards = page.text("dl", class_="cards")
    assert "Gate failed 3 failed, 1 crashed" in cards
    assert "Score 30 of 100" in cards
    assert "Without exceptions 21.4" in cards
    assert "Level reached none yet bronze needs" in cards


def test_scores_by_responsibility(page, data):
    rows = page.rows("Scores as a table")
    outcomes = ["passed", "failed", "advisory", "waived", "baselined"]
    assert rows[0] == [
        "Responsibility",
        "Score",
        "Without exceptions",
        *outcomes,
        "not applicable",
        "unknown",
        "crashed",
    ]
    by_name = {row[0]: row[1:] for row in rows[1:]}
    for family in data["summary"]["responsibilities"]:
        shown = ["-" if family[name] is None else f"{family[name]:g}" for name in ("score", "raw_score")]
        assert by_name[family["id"]][:2] == shown
        assert by_name[family["id"]][2:] == [str(number or "-") for number in family["counts"].values()]
    assert by_name["all"] == ["30", "21.4", "1", "3", "1", "1", "1", "1", "1", "1"]


def test_a_failure_with_all_that_helps(page):
    failure = page.text("article", id="ACM007")
    assert failure == (
        "failed ACM007 all-is-done onboarding, bronze, stage plan; in the way of bronze Promise All is done."
        " Why To see. NOTES:2 line is todo: two NOTES:1 the first line Remedy do it"
        " Patch, unsafe: Delete the line; productops fix ACM007 --unsafe"
        " --- a/NOTES +++ b/NOTES @@ -1,2 +1 @@ open: one -todo: two <b>"
        ' How to satisfy ACM007 Do it. Judged by word = "todo". More: productops explain ACM007'
    )
    assert [text for _, text in page.all("span", class_="removed")] == ["-todo: two <b>"]
    assert page.rows("Failed as a table")[1:] == [
        ["ACM007", "1", "all-is-done", "bronze", "onboarding"],
        ["ACM004", "1", "components-are-small", "silver", "practices"],
        ["desk::ACM004", "1", "components-are-small", "silver", "practices"],
    ]


def test_advice_and_what_is_accepted(page, data):
    assert "a failure from 2027-01-01 (40 days)" in page.text("article", id="ACM001")
    waivers = page.rows("Waivers as a table")
    assert waivers[0] == ["Last day", "Left on 2026-11-22", "Owner", "Reason", "Covers"]
    known = [f["accepted"] for r in data["results"] for f in r["findings"] if f["accepted"]]
    until = next(each for each in known if each["by"] == "waiver")
    assert waivers[1][0] == until["until"]
    assert waivers[1][2:4] == [until["owner"], until["reason"]]
    assert page.rows("Baseline as a table")[1][:2] == ["till::ACM004", "2026-11-20"]
    assert "the waiver of ACM002 covers no finding" in page.text()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-22", "its last day"),
        ("2026-11-23", "1 day"),
        ("2027-01-31", "70 days"),
        ("2026-11-20", "ended 2 days ago"),
    ],
)
def test_days_that_a_waiver_has_left(data, day, words):
    finding = next(
        f for r in data["results"] for f in r["findings"] if (f["accepted"] or {}).get("by") == "waiver"
    )
    finding["accepted"]["until"] = day
    waivers = Page(html.render(data)).rows("Waivers as a table")
    assert [day, words] in [row[:2] for row in waivers]


def test_waivers_are_in_the_order_of_their_last_days(data):
    result = next(
        r for r in data["results"] if any((f["accepted"] or {}).get("by") == "waiver" for f in r["findings"])
    )
    first = result["findings"][0]
    days = ["2027-03-01", "2026-12-01", "2027-01-01"]
    result["findings"] = [{**first, "accepted": {**first["accepted"], "until": day}} for day in days]
    rows = Page(html.render(data)).rows("Waivers as a table")[1:]
    assert [row[0] for row in rows] == sorted(days)


def test_what_could_not_be_judged_and_what_does_not_apply(page):
    rows = page.rows("What could not be judged, as a table")[1:]
    assert ["ACM009", "it-works", "crashed", "RuntimeError: a bug in the rule"] in rows
    assert ["ACM003", "it-can-be-told", "unknown", "set fetch-depth: 0"] in rows
    assert page.rows("What does not apply, as a table")[1] == [
        "ACM008", "there-is-something", "no such thing here"
    ]  # fmt: skip


def test_passes_with_their_evidence_are_folded(page):
    folded = [text for _, text in page.all("details")]
    assert any(
        "1 passed, and what each rests on" in text and "till/pyproject.toml:2 what it rests on" in text
        for text in folded
    )


def test_what_it_was_judged_by(page, data):
    terms = page.text("dl", class_="terms")
    assert f"Commit {data['repository']['commit']}" in terms
    assert data["config"]["digest"] in terms
    assert "Day 2026-11-22 (UTC)" in terms
    assert ["rules.ACM001.enforce-from", '"2027-01-01"'] in [
        row[:2] for row in page.rows("Settings as a table")
    ]


def test_many_findings_of_one_remedy(data):
    result = next(r for r in data["results"] if r["rule"] == "ACM007")
    result["findings"] = [{**result["findings"][0], "patch": None, "message": f"line {n}"} for n in range(30)]
    page = Page(html.render(data))
    text = page.text("article", id="ACM007")
    assert text.count("do it") == 1
    assert "Remedy of all 30 do it" in text
    folded = [text for _, text in page.all("details") if "10 more findings of ACM007" in text]
    assert "line 20" in folded[0]
    assert "line 19" not in folded[0]


def test_headings_and_links(page):
    levels = [int(name[1]) for name, _, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [attrs["id"] for _, attrs, _ in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for attrs, _ in page.all("a")]
    assert links[0] == "#main"
    assert {link[1:] for link in links} <= set(ids)
    assert all(attrs.get("scope") in {"row", "col"} for attrs, _ in page.all("th"))
    for landmark in ("header", "nav", "main", "footer"):
        assert len(page.all(landmark)) == 1


def test_a_subject_has_an_id_of_its_own():
    subjects = [
        "ONB003",
        "a/b::ONB003",
        "a-b::ONB003",
        "a.b::ONB003",
        "done/release.changelog",
        'x" onload="',
        "é::X1",
    ]
    ids = [anchor(each) for each in subjects]
    assert ids[0] == "ONB003"
    assert len(set(ids)) == len(subjects)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", each) for each in ids)


def poisoned(value, text, at=""):
    """Put a text into every text of a report but those whose values the format prescribes."""
    fixed = {"schema_version", "as_of", "outcome", "verdict", "level", "next", "reached", "by", "until", "since", "history",
             "of", "enforce_from", "safety", "fingerprint", "rule", "code", "responsibility", "id", "digest", "commit"}  # fmt: skip
    if isinstance(value, dict):
        return {
            key: inner if key in fixed and not isinstance(inner, dict) else poisoned(inner, text, key)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [poisoned(inner, text, at) for inner in value]
    if at in {"looked_at", "rules", "obstacles"} or not isinstance(value, str):
        return value
    return f"{value}{text}"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_of_the_repository_is_markup(data, text):
    harmless, poison = poisoned(data, "x"), poisoned(data, text)
    assert poison["results"][0]["findings"] != data["results"][0]["findings"]
    for render in (html.render, lambda given: html.files(given)["index.html"]):
        good, bad = Page(render(harmless)), Page(render(poison))
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", render(poison))
        for name, attributes, _ in bad.elements:
            assert name in ALLOWED
            assert set(attributes) <= ATTRIBUTES, attributes
            assert attributes.get("href", "#").startswith("#") or (name, attributes["href"]) == (
                "link",
                "style.css",
            )
            assert not {"src", "srcset"} & set(attributes) or name in {"img", "source"}
        shape = [name for name, _, _ in good.elements if name not in VARYING]
        assert [name for name, _, _ in bad.elements if name not in VARYING] == shape
        ids = [attrs["id"] for _, attrs, _ in bad.elements if "id" in attrs]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[A-Za-z0-9-]+", each) for each in ids)


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_it_is_shown_as_it_is_written(data, text):
    result = next(r for r in data["results"] if r["rule"] == "ACM007")
    result["findings"][0] |= {"message": text, "location": {"path": text, "line": 3}}
    assert f"{text}:3 {text}" in Page(html.render(data)).text("article", id="ACM007")


def test_the_page_asks_for_nothing(data):
    text = html.render(data)
    page = Page(text)
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0][0]["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert not page.all("script") + page.all("link") + page.all("img")
    assert "url(" not in text
    assert "@import" not in text
    assert re.findall(r"https?://[^\s\"'<]*", text) == []


def test_the_folder_obeys_the_strictest_server(data, tmp_path):
    written = html.files(data)
    assert list(written) == ["scores.svg", "scores-dark.svg", "style.css", "index.html"]
    assert set(written) <= set(html.FILES)
    index = Page(written["index.html"])
    assert not index.all("style") + index.all("script")
    assert not [attrs for _, attrs, _ in index.elements if "style" in attrs]
    assert [attrs["src"] for attrs, _ in index.all("img")] == ["scores.svg"]
    assert [attrs["srcset"] for attrs, _ in index.all("source")] == ["scores-dark.svg"]
    assert index.all("img")[0][0]["alt"].startswith("Score by responsibility, of 100: onboarding 0, ")


def test_same_data_same_bytes(data, tmp_path):
    report = tmp_path / "given.json"
    report.write_text(json.dumps(data))
    seen = set()
    for seed in ("1", "2"):
        made = subprocess.run(
            [sys.executable, "-m", "pytest_productops", "report", report, "--format=html"],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"},
            capture_output=True,
        )
        assert made.returncode == 0, made.stderr
        seen.add(made.stdout)
    assert seen == {output.rendered("html", stored.load(report)).encode()}


def test_both_faces_write_the_same_page(shop, judged, acme, tmp_path, monkeypatch, pytester):
    shop({"NOTES": "open: one\n", "productops.toml": 'select = ["ACM"]\n'})
    (tmp_path / "stored").mkdir()
    judged(now="2026-11-01").rename(tmp_path / "stored" / "first.json")
    by_command, by_pytest = tmp_path / "command.html", tmp_path / "pytest.html"
    judged(f"--report=html:{by_command}", f"--history={tmp_path / 'stored'}")
    assert main(["check", f"--root={shop.root}", "--now=2026-11-22", f"--report=html:{by_command},html-dir:{tmp_path / 'dir'}",
                 f"--history={tmp_path / 'stored'}"]) == 1  # fmt: skip
    monkeypatch.chdir(shop.root)
    result = pytester.runpytest_subprocess(
        "--productops", f"--rootdir={shop.root}", f"--productops-root={shop.root}", "--productops-now=2026-11-22",
        f"--productops-report=html:{by_pytest}", f"--productops-history={tmp_path / 'stored'}",
    )  # fmt: skip
    assert result.ret == 1
    assert by_pytest.read_bytes() == by_command.read_bytes()
    assert b'id="trend"' in by_command.read_bytes()
    assert sorted(path.name for path in (tmp_path / "dir").iterdir()) == sorted(html.FILES)


def svg(plot):
    return ElementTree.fromstring(plot.inline())


def test_bars_are_as_long_as_the_scores():
    rows = [
        {"id": "onboarding", "score": 80.0, "raw_score": 40.0},
        {"id": "support", "score": 0.0, "raw_score": 0.0},
        {"id": "practices", "score": None, "raw_score": None},
        {"id": "<b>", "score": 100.0, "raw_score": 100.0},
    ]
    drawn = svg(plots.scores(rows))
    bars = [
        (each.get("class"), float(each.get("width")))
        for each in drawn.iter("rect")
        if each.get("width") != "10"
    ]
    whole = max(width for _, width in bars)
    assert [(name, round(width / whole, 2)) for name, width in bars] == [
        ("first-fill", 1.0), ("first-fill", 0.0), ("first-fill", 0.8),
        ("second-fill", 1.0), ("second-fill", 0.0), ("second-fill", 0.4),
    ]  # fmt: skip
    words = [each.text for each in drawn.iter("text")]
    assert {"onboarding 80", "support 0", "<b> 100", "score", "without exceptions"} <= set(words)
    assert not [word for word in words if "practices" in word]
    assert plots.scores(rows[2:3]) is None


def test_without_exceptions_there_is_one_bar_each():
    drawn = svg(plots.scores([{"id": "onboarding", "score": 80.0, "raw_score": 80.0}]))
    assert [each.get("class") for each in drawn.iter("rect")] == ["first-fill"]


def test_plots_hold_nothing_but_a_drawing(data):
    for name, text in html.files(data).items():
        if name.endswith(".svg"):
            tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(text).iter()}
            assert tags <= {"svg", "g", "rect", "line", "text", "path"}
            assert not re.search(r"script|style=|http(?!://www\.w3\.org/2000/svg)|<!--|202\d-", text)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_every_theme(data):
    style = html.files(data)["style.css"]
    themes = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(themes) == 3
    for theme in themes:
        for text in ("text", "muted", "link", "red", "green", "amber", "blue"):
            assert contrast(theme[text], theme["page"]) >= 4.5, text
        for text in ("text", "muted"):
            assert contrast(theme[text], theme["panel"]) >= 4.5, text
        assert contrast(theme["text"], theme["amber-panel"]) >= 4.5
        for colour in ("red", "green", "amber", "blue"):
            assert contrast(theme[colour], theme[f"{colour}-panel"]) >= 4.5, colour
        for drawn in ("first", "second"):
            assert contrast(theme[drawn], theme["page"]) >= 3, drawn
    for palette, theme in zip((plots._LIGHT, plots._DARK), themes[:2], strict=True):
        assert [palette[""], palette["first"], palette["second"]] == [
            theme[name] for name in ("page", "first", "second")
        ]
        assert contrast(palette["text"], palette[""]) >= 4.5


@pytest.fixture
def past(shop, judged, tmp_path):
    """Three stored reports, of a repository that gets better, and the report of today."""
    folder = tmp_path / "stored"
    folder.mkdir()
    settings = {"productops.toml": 'select = ["ACM001", "ACM002", "ACM006"]\n'}
    shop({**settings, "NOTES": "open: one\nopen: two\n", "GOLD": "", "DUE": "2026-01-01"})
    judged(now="2026-09-01").rename(folder / "c.json")
    shop({"DUE": None})
    judged(now="2026-10-01").rename(folder / "a.json")
    shop({"GOLD": None})
    judged(now="2026-11-01").rename(folder / "b.json")
    shop({"NOTES": "open: two\nopen: three\n"})
    return folder, judged()


def test_trend(past):
    folder, today = past
    page = Page(html.render(stored.load(today), read(str(folder), "--history")))
    rows = page.rows("Trend as a table")
    assert rows[0] == ["Day", "Commit", "Gate", "Score", "Without exceptions", "Level", "Failed", "Policy"]
    assert [[row[0], row[2], row[3], row[6]] for row in rows[1:]] == [
        ["2026-11-22", "failed", "66.7", "1"],
        ["2026-11-01", "failed", "66.7", "1"],
        ["2026-10-01", "failed", "33.3", "2"],
        ["2026-09-01", "failed", "0", "3"],
    ]
    assert (
        page.all("svg")[1][0]["aria-label"] == "Score over time, of 100: 0 on 2026-09-01, 66.7 on 2026-11-22"
    )
    assert "Since the last stored report shop: 1 worse, 1 better, 0 other." in page.text()
    changes = [
        text.split(" why")[0] for _, text in page.all("li") if text.startswith("ACM001 notes-are-done: ")
    ]
    assert changes == [
        "ACM001 notes-are-done: new NOTES:2 line is open: three",
        "ACM001 notes-are-done: gone NOTES:1 line is open: one",
    ]


def test_the_line_of_the_trend(past):
    folder, today = past
    data = stored.load(today)
    shown = html.page.content(data, read(str(folder), "--history"))
    lines = list(svg(html.page.plots(shown)["trend"]).iter("path"))
    assert [(each.get("class"), each.get("stroke-dasharray")) for each in lines] == [
        ("second-stroke", "2 5"),
        ("first-stroke", None),
    ]
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d+|-?\d+", lines[1].get("d"))]
    xs, ys = numbers[::2], numbers[1::2]
    assert [round((x - xs[0]) / (xs[-1] - xs[0]) * 82) for x in xs] == [0, 30, 61, 82]  # days
    assert ys[0] > ys[1] > ys[2] == ys[3]


def test_what_is_left_out_of_the_trend_is_told(past, tmp_path):
    folder, today = past
    data = stored.load(today)
    (folder / "today.json").write_bytes(today.read_bytes())
    (folder / "twice.json").write_bytes((folder / "b.json").read_bytes())
    (folder / "none.json").write_text("{}")
    (folder / "other.json").write_text(
        json.dumps({**data, "repository": {**data["repository"], "name": "desk"}})
    )
    (folder / "part.json").write_text(json.dumps({**data, "partial": True}))
    (folder / "later.json").write_text(json.dumps({**data, "as_of": "2026-12-01"}))
    before = read(str(folder), "--history").before(data)
    assert [each["as_of"] for each in before.reports] == ["2026-09-01", "2026-10-01", "2026-11-01"]
    assert before.remarks == (
        f"Left out: {folder / 'none.json'} is no report of pytest-productops.",
        "Left out: 1 stored report on repositories of another name than shop.",
        "Left out: 1 stored report in which a part of the rules was asked.",
        "Left out: 1 stored report later than 2026-11-22.",
    )
    page = Page(html.render(data, read(str(folder), "--history")))
    assert all(remark in page.text() for remark in before.remarks)


def test_reports_of_one_day_have_no_line_but_a_table(past):
    folder, today = past
    data = stored.load(today)
    same = folder / "same.json"
    same.write_text(json.dumps({**data, "repository": {**data["repository"], "commit": "f" * 40}}))
    text = html.render(data, read(str(same), "--history"))
    assert [row[1] for row in Page(text).rows("Trend as a table")[1:]] == [
        data["repository"]["commit"][:10],
        "f" * 10,
    ]
    assert text.count("<svg") == 1


def test_a_report_of_the_first_format_is_shown(data):
    old = json.loads(json.dumps(data)) | {"schema_version": "1.0"}
    for name in ("score", "raw_score", "responsibilities"):
        del old["summary"][name]
    for rule in old["rules"]:
        del rule["why"], rule["fix"]
    completed = stored._completed(old)
    assert "Why" not in Page(html.render(completed)).text("article", id="ACM007")
    assert Page(html.render(completed)).text("h1") == "shop failed"


def test_no_such_history_is_told_before_anything_is_judged(shop, tmp_path, capsys, monkeypatch):
    shop({"NOTES": "x"})
    target = tmp_path / "page.html"
    assert main(["check", f"--root={shop.root}", f"--report=html:{target}", "--history=none"]) == 2
    assert capsys.readouterr().err == (
        "error: 1 mistake in the configuration, nothing was judged\n  --history: no such file or folder `none`\n"
    )
    monkeypatch.setenv("PRODUCTOPS_HISTORY", "nowhere")
    assert main(["check", f"--root={shop.root}", f"--report=html:{target}"]) == 2
    assert "PRODUCTOPS_HISTORY: no such file or folder `nowhere`" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize("lacking", ["jinja2", "leather"])
def test_without_the_extra_nothing_is_judged(shop, tmp_path, capsys, monkeypatch, lacking):
    shop({"NOTES": "x"})
    monkeypatch.setitem(sys.modules, lacking, None)
    other = tmp_path / "report.json"
    for words in (f"html:{tmp_path / 'x.html'},json:{other}", f"html-dir:{tmp_path / 'x'},json:{other}"):
        assert main(["check", f"--root={shop.root}", f"--report={words}"]) == 2
        error = capsys.readouterr().err
        assert f"--report: {words.partition(':')[0]} needs {lacking}" in error
        assert "pip install 'pytest-productops[html]'" in error
    assert main(["check", f"--root={shop.root}", "--format=html"]) == 2
    assert "--format: html needs" in capsys.readouterr().err
    assert not other.exists()


def test_where_a_folder_can_be_written(shop, tmp_path, capsys):
    shop({"NOTES": "x", "productops.toml": 'select = ["ACM"]\n'})
    (tmp_path / "file").write_text("")
    for words, told in {
        "html-dir:-": "`html-dir:-` names no folder",
        f"html-dir:{tmp_path / 'file'}": "it is a file",
        f"html-dir:{tmp_path / 'none' / 'x'}": "there is no folder none",
        f"html:{tmp_path}": "it is a folder",
    }.items():
        assert main(["check", f"--root={shop.root}", f"--report={words}"]) == 2
        assert told in capsys.readouterr().err
    (tmp_path / "x").mkdir()
    for _ in range(2):
        assert main(["check", f"--root={shop.root}", f"--report=html-dir:{tmp_path / 'x'}"]) == 0
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == [
        "index.html", "scores-dark.svg", "scores.svg", "style.css"
    ]  # fmt: skip


def test_a_folder_inside_the_repository_does_not_count_as_a_change(shop, tmp_path):
    shop({"NOTES": "x", "productops.toml": 'select = ["ACM"]\n'})
    report = tmp_path / "report.json"
    for _ in range(2):
        main(["check", f"--root={shop.root}", f"--report=html-dir:{shop.root / 'page'},json:{report}"])
    assert json.loads(report.read_text())["repository"]["changed"] is False
