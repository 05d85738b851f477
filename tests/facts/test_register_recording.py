"""Recording that a task is done: what is composed is what the register reads."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_productops.facts.history import Tag
from pytest_productops.facts.register.model import Evidence
from pytest_productops.facts.register.recording import Refused, Run, commands, composed
from pytest_productops.facts.register.recording.composing import text as compose
from pytest_productops.facts.register.records import entries
from pytest_productops.model import Location

DAY = datetime.date(2026, 11, 22)
HERE = Location(".productops/tasks.toml", 1)


def evidence(path="r/*.md", date="filename", fields=(), kind="record", **more):
    return Evidence(kind, HERE, path=path, date=date if kind == "record" else "", fields=fields, **more)


def record(repository, wanted, files="", *, note="", day=DAY, **fields):
    made = repository(files or "-- README.md --\nx\n")
    return composed(made, wanted, Run("drill", "Restore a backup", day, fields, note))


def refusal(repository, wanted, files="", **given):
    with pytest.raises(Refused) as refused:
        record(repository, wanted, files, **given)
    return list(refused.value.reasons)


@pytest.mark.parametrize(
    ("pattern", "there", "path"),
    [
        ("r/*.md", "", "r/2026-11-22.md"),
        ("./r/**/*.md", "", "r/2026-11-22.md"),
        ("r/restore-*.md", "", "r/restore-2026-11-22.md"),
        ("r/*-restore.md", "", "r/2026-11-22-restore.md"),
        ("r/20*.md", "", "r/2026-11-22.md"),
        ("r/202?-*.md", None, None),
        ("r/????-??-??.md", "", "r/2026-11-22.md"),
        ("r/????????*.md", "", "r/20261122.md"),
        ("r/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].md", "", "r/2026-11-22.md"),
        ("r/*/*.md", "", "r/2026/2026-11-22.md"),
        ("runs/*/record.md", "", "runs/2026-11-22/record.md"),
        ("r/*.md", "r/2026_01_05.md", "r/2026_11_22.md"),
        ("r/*.md", "r/20260105.md", "r/20261122.md"),
        ("r/*.md", "r/2026-01-05-ann.md", "r/2026-11-22.md"),
        ("r/**/*.md", "r/2025/2025-01-05.md", "r/2026/2026-11-22.md"),
        ("r/**/*.md", "r/2025/03/05.md", "r/2026/11/22.md"),
        ("r/**/*.md", "r/2025-03/2025-03-05.md", "r/2026-11/2026-11-22.md"),
        ("r/restore.md", None, None),
        ("../r/*.md", None, None),
        ("r/\0.md", None, None),
        ("r/" + "x" * 300 + ".md", None, None),
        (".git/hooks/*", None, None),
    ],
)
def test_the_name_of_a_new_record(repository, pattern, there, path):
    files = f"-- {there} --\nok\n" if there else ""
    if path is None:
        (reason,) = refusal(repository, evidence(pattern), files)
        assert any(words in reason for words in ("by hand", "no place for records", "cannot be written to"))
    else:
        made = record(repository, evidence(pattern), files)
        assert (made.path, made.new) == (path, True)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("md", "# Restore a backup, 2026-11-22\n\n- result: ok\n- lead time: 40 min\n\nWent well.\n"),
        (
            "rst",
            "Restore a backup, 2026-11-22\n============================\n\n- result: ok\n- lead time: 40 min\n\nWent well.\n",
        ),
        ("adoc", "= Restore a backup, 2026-11-22\n\n* result: ok\n* lead time: 40 min\n\nWent well.\n"),
        ("txt", "Restore a backup, 2026-11-22\n\nresult: ok\nlead time: 40 min\n\nWent well.\n"),
        ("yml", 'task: "drill"\ndate: 2026-11-22\nresult: "ok"\n"lead time": "40 min"\nnote: "Went well."\n'),
        (
            "toml",
            'task = "drill"\ndate = 2026-11-22\nresult = "ok"\n"lead time" = "40 min"\nnote = "Went well."\n',
        ),
        (
            "json",
            '{\n  "task": "drill",\n  "date": "2026-11-22",\n  "result": "ok",\n  "lead time": "40 min",\n  "note": "Went well."\n}\n',
        ),
    ],
)
def test_a_file_of_its_own(repository, suffix, text):
    wanted = evidence(f"r/*.{suffix}", fields=("result", "lead time"))
    made = record(repository, wanted, note="Went well.", **{"result": "ok", "lead time": "40 min"})
    assert made.text == text


def test_front_matter_of_a_new_file(repository):
    made = record(
        repository, evidence("r/*.md", "front-matter:date", ("result",)), note="Well.", result="ok: yes"
    )
    assert made.path == "r/2026-11-22.md"
    assert made.text == '---\ndate: 2026-11-22\nresult: "ok: yes"\n---\n\n# Restore a backup\n\nWell.\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---\ntitle: x\nreviewed: 2026-01-05 # yearly\n---\nText\n", "---\ntitle: x\nreviewed: 2026-11-22 # yearly\n---\nText\n"),
        ("---\nreviewed: '2026/01/05'\n---\nText\n", "---\nreviewed: '2026/11/22'\n---\nText\n"),
        ("+++\nreviewed = 2026-01-05\n+++\nText\n", "+++\nreviewed = 2026-11-22\n+++\nText\n"),
        ("+++\ntitle = 'x'\n+++\nText\n", "+++\ntitle = 'x'\nreviewed = 2026-11-22\n+++\nText\n"),
        ("---\nreviewed: TBD\n---\nText\n", "---\nreviewed: 2026-11-22\n---\nText\n"),
        ("# Text\n", "---\nreviewed: 2026-11-22\n---\n\n# Text\n"),
    ],
)  # fmt: skip
def test_front_matter_of_a_document(repository, old, new):
    wanted = evidence("docs/plan.md", kind="front-matter", key="reviewed")
    made = record(repository, wanted, f"-- docs/plan.md --\n{old}")
    assert (made.path, made.text, made.new) == ("docs/plan.md", new, False)


HEADINGS = "# Log\n\n## 2026-01-05\n\nok\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEADINGS, HEADINGS + "\n## 2026-11-22\n\n- result: ok\n"),
        (
            "# Log\n\n## 2026-02-05\n\nok\n\n## 2026-01-05\n\nok\n",
            "# Log\n\n## 2026-11-22\n\n- result: ok\n\n## 2026-02-05\n\nok\n\n## 2026-01-05\n\nok\n",
        ),
        (
            "# Log\n### 2026_01_05 by Ann\nok\n## How we do it\nSo.\n",
            "# Log\n### 2026_01_05 by Ann\nok\n\n### 2026_11_22\n\n- result: ok\n\n## How we do it\nSo.\n",
        ),
        ("Log\n===\n\n2026-01-05\n----------\nok\n", "Log\n===\n\n2026-01-05\n----------\nok\n\n2026-11-22\n----------\n\n- result: ok\n"),
        ("# Log\n\nNothing yet.\n", "# Log\n\nNothing yet.\n\n## 2026-11-22\n\n- result: ok\n"),
    ],
)  # fmt: skip
def test_one_more_heading(repository, old, new):
    made = record(repository, evidence("log.md", "heading", ("result",)), f"-- log.md --\n{old}", result="ok")
    assert made.text == new


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("log.md", "# Restore a backup\n\n## 2026-11-22\n\n- result: ok\n"),
        ("log.rst", "Restore a backup\n================\n\n2026-11-22\n----------\n\n- result: ok\n"),
        ("log.adoc", "= Restore a backup\n\n== 2026-11-22\n\n* result: ok\n"),
    ],
)
def test_a_log_to_begin_with(repository, path, text):
    made = record(repository, evidence(path, "heading", ("result",)), result="ok")
    assert (made.text, made.new) == (text, True)


def test_a_log_for_each_task(repository):
    assert record(repository, evidence("logs/*.md", "heading")).path == "logs/drill.md"
    there = "-- logs/old.md --\n# 2025-01-01\nx\n-- logs/new.md --\n# 2026-01-01\nx\n"
    assert record(repository, evidence("logs/*.md", "heading"), there).path == "logs/new.md"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (
            "log.md",
            "# Log\n\n| Date | Who | Result |\n|---|---|---|\n| 2026-01-05 | Ann | ok |\n\nMore.\n",
            "# Log\n\n| Date | Who | Result |\n|---|---|---|\n| 2026-01-05 | Ann | ok |\n| 2026-11-22 |  | o&#124;k |\n\nMore.\n",
        ),
        (
            "log.md",
            "| Date | Result |\n|---|---|\n| 2026-02-05 | ok |\n| 2026-01-05 | ok |\n",
            "| Date | Result |\n|---|---|\n| 2026-11-22 | o&#124;k |\n| 2026-02-05 | ok |\n| 2026-01-05 | ok |\n",
        ),
        (
            "log.md",
            "Date | Result\n--|--\n2026/01/05 | ok\n",
            "Date | Result\n--|--\n2026/01/05 | ok\n2026/11/22 | o&#124;k\n",
        ),
        (
            "log.md",
            "| Date | Result |\n|---|---|\n",
            "| Date | Result |\n|---|---|\n| 2026-11-22 | o&#124;k |\n",
        ),
        ("log.md", "# Log\n", "# Log\n\n| Date | result |\n| --- | --- |\n| 2026-11-22 | o&#124;k |\n"),
        ("log.csv", "Date,Result\n2026-01-05,ok\n", "Date,Result\n2026-01-05,ok\n2026-11-22,o|k\n"),
        ("log.csv", "", "Date,result\n2026-11-22,o|k\n"),
    ],
)
def test_one_more_row(repository, path, old, new):
    files = f"-- {path} --\n{old}" if old else ""
    assert record(repository, evidence(path, "table:Date", ("result",)), files, result="o|k").text == new


def test_a_row_in_the_middle_and_its_note(repository):
    table = "| Date | Remarks |\n|--|--|\n| 2026-01-05 | a |\n| 2026-12-05 | b |\n"
    made = record(repository, evidence("log.md", "table:Date"), f"-- log.md --\n{table}", note="so\nit is")
    assert made.text == table.replace("| 2026-12-05", "| 2026-11-22 | so it is |\n| 2026-12-05")


@pytest.mark.parametrize(
    ("wanted", "files", "given", "reasons"),
    [
        (
            evidence(fields=("result", "duration")),
            "-- r/2026-11-22.md --\nresult: ok\n",
            {},
            [
                "`result` is missing, which each record must say: --field result=...",
                "`duration` is missing, which each record must say: --field duration=...",
                "r/2026-11-22.md records 2026-11-22 already",
            ],
        ),
        (evidence(fields=("result",)), "", {"result": "TODO"}, ["`result` would say nothing: 'TODO'"]),
        (
            evidence("log.md", "table:Date"),
            "-- log.md --\n| Date |\n|--|\n| 2026-01-05 |\n",
            {"result": "ok", "note": "x"},
            [
                "the table of log.md has no column `result`",
                "the table of log.md has no column for a note: leave --note out",
            ],
        ),
        (
            evidence("log.rst", "table:Date"),
            "-- log.rst --\n+------+\n| Date |\n+======+\n| x    |\n+------+\n",
            {},
            ["the table of log.rst is drawn with lines: add the row by hand"],
        ),
        (
            evidence("docs/*.md", kind="front-matter", key="reviewed"),
            "-- docs/a.md --\nx\n-- docs/b.md --\nx\n",
            {},
            [
                "set `reviewed: 2026-11-22` in that of 2 documents which you reviewed, docs/*.md: which it is cannot be told"
            ],
        ),
        (
            evidence("docs/a.md", kind="front-matter", key="reviewed"),
            "-- docs/a.md --\n---\nreviewed: 2026-12-01\n---\n",
            {},
            ["docs/a.md says 2026-12-01, which is later than 2026-11-22"],
        ),
        (
            evidence("docs/a.md", kind="front-matter", key="reviewed"),
            "-- docs/a.md --\n---\nreviewed: 2026-01-01\n",
            {},
            ["the front matter of docs/a.md does not end"],
        ),
        (
            evidence("docs/a.md", kind="front-matter", key="reviewed"),
            "-- docs/a.md --\nx\n",
            {"note": "x"},
            ["docs/a.md has no place for a note: leave --note out"],
        ),
    ],
)
def test_refusals(repository, wanted, files, given, reasons):
    assert refusal(repository, wanted, files, **given) == reasons


def test_the_form_of_a_file_stays(repository):
    made = repository("-- log.md --\nx\n")
    (made.root / "log.md").write_bytes(b"\xef\xbb\xbf| Date |\r\n|--|\r\n| 2026-01-05 |\r\n")
    got = composed(made, evidence("log.md", "table:Date"), Run("drill", "x", DAY, {}))
    assert got.text == "\ufeff| Date |\r\n|--|\r\n| 2026-01-05 |\r\n| 2026-11-22 |\r\n"


def test_what_is_no_text_is_left_alone(repository):
    made = repository("-- log.md --\nx\n")
    (made.root / "log.md").write_bytes(b"# Log \xff\n## 2026-01-05\n")
    with pytest.raises(Refused, match=r"log\.md cannot be written to"):
        composed(made, evidence("log.md", "heading"), Run("drill", "x", DAY, {}))


def test_line_ends_of_several_kinds_are_left_alone(repository):
    made = repository("-- log.md --\nx\n")
    (made.root / "log.md").write_bytes(b"# 2026-01-05\na\x0bb\n")
    with pytest.raises(Refused, match="has line ends of several kinds"):
        composed(made, evidence("log.md", "heading"), Run("drill", "x", DAY, {}))


def test_an_ignored_file_is_left_alone(repository):
    made = repository("-- .gitignore --\nr/\n-- git log --\n2026-01-01 a@x.org x\n")
    (made.root / "r").mkdir()
    (made.root / "r/2026-11-22.md").write_text("mine")
    with pytest.raises(Refused, match="is there already, and git ignores it"):
        composed(made, evidence(), Run("drill", "x", DAY, {}))


WORDS = st.text("abc |#-_=*\n`<>0123456789é", max_size=30)
LINES = st.lists(
    st.sampled_from(["# Log", "## 2026-01-05", "## 2026-03-05", "text", "", "| Date | result |", "|--|--|",
                     "| 2026-01-05 | ok |", "| 2025-01-05 | ok |", "---", "date: 2026-01-05", "## Other"]),
    max_size=9,
)  # fmt: skip


@given(LINES, st.sampled_from(["heading", "table:Date", "front-matter:date"]), WORDS)
def test_one_more_entry_and_no_other_is_lost(lines, where, note):
    old = "\n".join(lines) + "\n"
    run = Run("drill", "Restore", DAY, {"result": "ok"}, note.strip() if where == "heading" else "")
    before = [entry.day for entry in entries("log.md", old, where)]
    try:
        new = compose("log.md", old, where, run)
    except Refused:
        return
    after = [entry.day for entry in entries("log.md", new, where)]
    assert DAY in after
    if where != "front-matter:date":
        assert sorted(after) == sorted([*before, DAY])
        assert [line for line in new.splitlines() if line in lines and line] == [
            line for line in lines if line
        ]


@pytest.mark.parametrize(
    ("wanted", "lines"),
    [
        (
            evidence(kind="trailer"),
            ["git commit --allow-empty -m 'Restore a backup' -m 'it'\"'\"'s fine' -m 'Task-Done: drill'"],
        ),
        (
            evidence(kind="trailer", key="Drill"),
            ["git commit --allow-empty -m 'Restore a backup' -m 'it'\"'\"'s fine' -m 'Drill: drill'"],
        ),
        (
            evidence(kind="commit", paths=("uv.lock", "**/*.lock")),
            ["git commit -m 'Restore a backup' -m 'it'\"'\"'s fine' -- uv.lock ':(glob)**/*.lock'"],
        ),
        (
            evidence(kind="tag", pattern="drill-*"),
            [
                "git tag -a drill-2026-11-22 -m 'Restore a backup' -m 'it'\"'\"'s fine'",
                "git push origin drill-2026-11-22",
            ],
        ),
        (
            evidence(kind="tag", pattern="v2.0.0"),
            ["git tag -a v2.0.0 -m 'Restore a backup' -m 'it'\"'\"'s fine'", "git push origin v2.0.0"],
        ),
    ],
)
def test_commands(wanted, lines):
    assert list(commands(wanted, Run("drill", "Restore a backup", DAY, {}, "it's fine"))) == lines


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (evidence("w.yml", kind="workflow"), "w.yml keeps it by its schedule, there is nothing to record"),
        (evidence(kind="tag", pattern="v2.*"), "set a tag that v2.* matches: git tag -a NAME"),
        (evidence(kind="tag", pattern="pkg@*"), "set a tag that pkg@* matches: git tag -a NAME"),
        (
            evidence(kind="tag", pattern="drill-?"),
            "cannot tell a tag that drill-? matches, set one: git tag -a NAME",
        ),
        (evidence(kind="tag", pattern="-d*"), "cannot tell a tag that -d* matches, set one: git tag -a NAME"),
        (evidence(kind="tag", pattern="drill-1"), "there is a tag drill-1 already"),
    ],
)
def test_no_command(wanted, reason):
    with pytest.raises(Refused) as refused:
        list(commands(wanted, Run("drill", "x", DAY, {}), (Tag("drill-1", DAY),)))
    assert refused.value.reasons == (reason,)
