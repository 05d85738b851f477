"""OPS002."""

import pytest
from productops_rules.operations.routine_tasks_on_time import routine_tasks_on_time

from pytest_productops.api import NotApplicable, Unavailable
from pytest_productops.manual import archive
from pytest_productops.testing import findings

TASK = """\
[[task]]
id = "{0}"
title = "x"
kind = "routine"
stage = "operate"
owner = "platform"
cadence = "1mo"
started = 2026-01-01
procedure = "docs/x.md"
evidence = [{1}]
"""
RECORD = '{ type = "record", path = "r/*.md", date = "filename" }'
TRAILER = '{ type = "trailer" }'


def judge(text, **options):
    return findings(routine_tasks_on_time, archive(text), **options)


def test_no_register():
    with pytest.raises(NotApplicable, match=r"no task register \(\.productops/tasks\.toml\)"):
        judge("-- README.md --\nx\n")


@pytest.mark.parametrize("body", ["", "# nothing yet\n", "[[task]\n"])
def test_a_register_that_says_nothing_cannot_be_judged(body):
    with pytest.raises(Unavailable, match="the register has a mistake, see OPS001"):
        judge(f"-- .productops/tasks.toml --\n{body}")


def test_a_mistake_hides_no_other_task():
    text = (
        "-- .productops/tasks.toml --\n"
        + TASK.format("a", f"{RECORD}, {TRAILER}")
        + TASK.format("b", TRAILER).replace("1mo", "1m")
    )
    log = "-- git log --\n2026-01-10 ann@x.org Do {Task-Done: a}\n-- now --\n2026-03-12\n"
    (late,) = judge(text + log)
    assert late.message == "a: last done 2026-01-10, every 1mo, 30 days overdue, owner platform"
    assert late.fix == "do docs/x.md and record it in r/*.md, or commit it with the trailer `Task-Done: a`"
    assert (late.key, str(late.location)) == ("a.overdue", ".productops/tasks.toml:1")


def test_late_commit_of_a_record():
    text = "-- .productops/tasks.toml --\n" + TASK.format("a", RECORD)
    log = "-- git log --\n2026-01-02 ann@x.org Begin\n2026-03-20 ann@x.org Do [+r/2026-03-01.md]\n-- now --\n2026-03-20\n"
    (finding,) = judge(text + log)
    assert finding.message.startswith(
        "a: never done since 2026-01-01, every 1mo, 47 days overdue, owner platform; the record of 2026-03-01 came 19 days late, in "
    )
    assert judge(text + log, most_late=20) == ()


def test_unknown_without_history():
    text = "-- .productops/tasks.toml --\n" + TASK.format("a", TRAILER) + "-- now --\n2026-03-20\n"
    with pytest.raises(Unavailable, match="a: not a git repository"):
        judge(text)


def test_not_due_yet_needs_no_history():
    assert (
        judge("-- .productops/tasks.toml --\n" + TASK.format("a", TRAILER) + "-- now --\n2026-01-20\n") == ()
    )


def test_records_that_came_with_the_register_count():
    text = "-- docs/x.md --\nx\n-- git log --\n2026-01-02 ann@x.org Begin\n"
    both = "2026-04-20 ann@x.org Adopt [+.productops/tasks.toml] [+r/2026-03-01.md]\n-- now --\n2026-04-21\n"
    made = archive("-- .productops/tasks.toml --\n" + TASK.format("a", RECORD) + text + both)
    (finding,) = findings(routine_tasks_on_time, made)
    assert finding.message == "a: last done 2026-03-01, every 1mo, 20 days overdue, owner platform"


TABLE = '{ type = "record", path = "log.md", date = "table:Date" }'
HEADING = '{ type = "record", path = "log.md", date = "heading" }'
FRONT = '{ type = "front-matter", path = "log.md", key = "reviewed" }'


@pytest.mark.parametrize(
    ("evidence", "path", "record", "expected"),
    [
        (RECORD, "r/2026-02-30.md", "ok", [("a.malformed", "r/2026-02-30.md")]),
        (RECORD, "r/2027-01-01.md", "ok", [("a.future", "r/2027-01-01.md")]),
        (TABLE, "log.md", "| Date |\n|--|\n| 1 Jan |", [("a.malformed", "log.md:3")]),
        (TABLE, "log.md", "| Date |\n|--|\n| 2027-01-01 |", [("a.future", "log.md:3")]),
        (HEADING, "log.md", "# Log\n## 2026-02-30", [("a.malformed", "log.md:2")]),
        (HEADING, "log.md", "# Log\n## 2027-01-01", [("a.future", "log.md:2")]),
        (FRONT, "log.md", "---\nreviewed: 30/02/26\n---", [("a.malformed", "log.md:2")]),
        (FRONT, "log.md", "---\nreviewed: 2027-01-01\n---", [("a.future", "log.md:2")]),
        (TABLE, "log.md", "| Date |\n|--|\n| 2026-01-12 |", []),
    ],
)
def test_days_that_do_not_count_have_lines(evidence, path, record, expected):
    text = f"-- .productops/tasks.toml --\n{TASK.format('a', evidence)}-- {path} --\n{record}\n"
    found = judge(text + "-- git log --\n2026-01-12 ann@x.org Begin\n-- now --\n2026-01-20\n")
    assert [(finding.key, str(finding.location)) for finding in found] == expected


@pytest.mark.parametrize(
    ("evidence", "path", "record", "line"),
    [
        (RECORD, "r/2026-01-15.md", "ok", 0),
        (TABLE, "log.md", "| Date |\n|--|\n| 2026-01-15 |", 3),
        (HEADING, "log.md", "# Log\n## 2026-01-15", 2),
        (FRONT, "log.md", "---\nreviewed: 2026-01-15\n---", 2),
    ],
)
def test_a_back_dated_record_is_evidence_with_its_line(evidence, path, record, line):
    text = f"-- .productops/tasks.toml --\n{TASK.format('a', evidence)}-- {path} --\n{record}\n"
    log = f"-- git log --\n2026-01-01 ann@x.org Begin\n2026-02-10 ann@x.org Do [+{path}]\n-- now --\n2026-02-10\n"
    (finding,) = judge(text + log)
    assert finding.key == "a.overdue"
    assert [each.location for each in finding.evidence] == [(path, line)]
    assert finding.evidence[0].note.startswith("the record of 2026-01-15 came 26 days late, in ")
