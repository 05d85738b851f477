"""The agenda in every form; the calendar is read with the icalendar library and its rules with dateutil."""

import datetime
import json

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pytest_productops.facts.formats.schema import Problem
from pytest_productops.facts.register import read
from pytest_productops.facts.register.agenda import Agenda, Entry
from pytest_productops.facts.register.cadence import span
from pytest_productops.facts.register.model import Flaw, OwnerGroup
from pytest_productops.model import Location
from pytest_productops.reports.agenda import as_calendar, as_json, as_markdown, as_text
from pytest_productops.reports.agenda.words import example

TODAY = datetime.date(2026, 11, 22)
PLATFORM = OwnerGroup("platform", ("@ann",), "#ops", "", Location("t", 1))
IDENTITY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def entry(name="drill", state="ahead", due="2026-12-01", **more):
    day = datetime.date.fromisoformat(due) if due else None
    values = {
        "what": "task", "title": "Restore", "kind": "critical", "stage": "operate", "owner": PLATFORM,
        "days": (day - TODAY).days if day else None, "last": datetime.date(2026, 6, 1),
        "start": datetime.date(2026, 1, 5), "cadence": span("6mo"), "spelled": "every 6mo",
        "procedure": "docs/restore.md#steps", "how": ("record it in r/*.md",), "location": Location("t", 9),
    }  # fmt: skip
    return Entry(id=name, state=state, due=day, **{**values, **more})


def agenda(*entries, **more):
    return Agenda(TODAY, ".productops/tasks.toml", entries, **more)


MILESTONE = {
    "what": "milestone",
    "kind": "milestone",
    "stage": "",
    "cadence": None,
    "start": None,
    "spelled": "once",
    "procedure": "",
}
EVERY = agenda(
    entry("late", "overdue", "2026-11-01", last=None, refused=(Flaw("back-dated", "the record of 2026-10-01 came 20 days late, in abc", Location("r/2026-10-01.md", 0), ""),)),
    entry("dark", "unknown", "2026-11-20", unknown=("the clone is shallow",)),
    entry("grace", "due", "2026-11-21", flaws=(Flaw("future", "x: a record is dated 2027-01-01, a day that has not come yet", Location("r/2027-01-01.md", 0), "write the day"),)),
    entry("today", "due", "2026-11-22"),
    entry("next", "ahead", "2026-11-23"),
    entry("v2", "ahead", "2026-12-01", last=None, **MILESTONE),
    entry("wait", "waiting", None, cadence=None, spelled="once a release"),
    entry("auto", "scheduled", None, how=("let x.yml run on a schedule",)),
    entry("v1", "met", "2026-03-01", by="a tag v1.*", **MILESTONE),
    entry("released", "met", "2026-09-01", cadence=None, spelled="once a release"),
    problems=(Problem(Location("t", 3), "unknown key `titel`"),),
)  # fmt: skip


def test_text():
    assert (
        as_text(EVERY)
        == """\
.productops/tasks.toml on 2026-11-22: 1 overdue, 1 unknown, 2 due, 2 ahead, 1 waiting for a release, 1 run by a schedule, 2 met
The register has a mistake; what it spoils is not listed:
      t:3: unknown key `titel`

LATE  late  due 2026-11-01, 21 days late  platform, critical
      Restore
      never done since 2026-01-05, every 6mo
      do docs/restore.md#steps
      and record it in r/*.md: productops tasks done late
      r/2026-10-01.md: the record of 2026-10-01 came 20 days late, in abc, so it does not count

UNKN  dark  due 2026-11-20, 2 days late  platform, critical
      Restore
      last done 2026-06-01, every 6mo
      do docs/restore.md#steps
      and record it in r/*.md: productops tasks done dark
      unknown: the clone is shallow

DUE   grace  due 2026-11-21, 1 day late, within its grace  platform, critical
      Restore
      last done 2026-06-01, every 6mo
      do docs/restore.md#steps
      and record it in r/*.md: productops tasks done grace
      r/2027-01-01.md: x: a record is dated 2027-01-01, a day that has not come yet; write the day

DUE   today  due today, 2026-11-22  platform, critical
      Restore
      last done 2026-06-01, every 6mo
      do docs/restore.md#steps
      and record it in r/*.md: productops tasks done today

NEXT  next  due 2026-11-23, 1 day left  platform, critical
      Restore
      last done 2026-06-01, every 6mo
      do docs/restore.md#steps
      and record it in r/*.md: productops tasks done next

NEXT  v2  due 2026-12-01, 9 days left  platform, milestone
      Restore
      and record it in r/*.md: productops tasks done v2

WAIT  wait  due with the next release  platform, critical
      Restore
      last done 2026-06-01, once a release
      do docs/restore.md#steps
      and record it in r/*.md: productops tasks done wait

AUTO  auto  run by a schedule  platform, critical
      Restore
      every 6mo
      do docs/restore.md#steps

MET   v1  met 2026-06-01, 92 days late  platform, milestone
      Restore
      met by a tag v1.*

MET   released  done 2026-06-01 for the newest release  platform, critical
      Restore
      last done 2026-06-01, once a release
      do docs/restore.md#steps

platform (#ops, @ann): 1 overdue, 1 unknown, 2 due, 2 ahead, 1 waiting for a release, 1 run by a schedule, 2 met
"""
    )


def test_nothing_that_fits():
    assert as_text(agenda(chosen="of lead, due within 30d")) == (
        ".productops/tasks.toml on 2026-11-22 (of lead, due within 30d): nothing\n"
    )


@pytest.mark.parametrize("form", [as_text, as_markdown])
def test_how_to_begin(form):
    said = form(Agenda(TODAY))
    assert said.startswith("There is no task register here. To begin one, write .productops/tasks.toml")
    assert example(TODAY).strip() in said


def test_the_example_is_valid():
    found = read(example(TODAY))
    assert (found.problems, [task.started for task in found.tasks]) == ((), [TODAY])


def test_markdown():
    lines = as_markdown(EVERY).splitlines()
    assert lines[0] == "# Tasks on 2026-11-22"
    rows = [line.split(" | ") for line in lines if line.startswith("| ") and "---" not in line]
    assert {len(row) for row in rows} == {6}
    assert [row[0].strip("| ") for row in rows[1:]] == [
        "**overdue**", "**unknown**", "due", "due", "ahead", "ahead", "waiting", "scheduled", "met", "met",
    ]  # fmt: skip
    assert rows[1][2:4] == ["due 2026-11-01, 21 days late", "platform"]
    assert "- t:3: unknown key \\`titel\\`" in lines
    assert lines[-1].startswith("- platform (#&#8203;ops, @&#8203;ann): 1 overdue")


def test_json():
    data = json.loads(as_json(EVERY))
    assert (data["format"], data["today"], data["register"]) == (
        "productops.agenda/1",
        "2026-11-22",
        ".productops/tasks.toml",
    )
    assert data["problems"] == [{"message": "unknown key `titel`", "path": "t", "line": 3}]
    assert data["owners"] == [{"name": "platform", "members": ["@ann"], "contact": "#ops", "escalate": ""}]
    late, *_, released = data["entries"]
    assert late == {
        "what": "task", "id": "late", "title": "Restore", "kind": "critical", "stage": "operate",
        "owner": "platform", "state": "overdue", "due": "2026-11-01", "days": -21, "last": None, "by": None,
        "cadence": "6mo", "procedure": "docs/restore.md#steps", "how": ["record it in r/*.md"], "unknown": [],
        "refused": [{"message": "the record of 2026-10-01 came 20 days late, in abc", "fix": "", "path": "r/2026-10-01.md", "line": 0}],
        "flaws": [], "path": "t", "line": 9,
    }  # fmt: skip
    assert (released["state"], released["cadence"]) == ("met", None)
    assert json.loads(as_json(Agenda(TODAY)))["register"] is None


def events(given, name="shop"):
    text = as_calendar(given, name, IDENTITY)
    read = Calendar.from_ical(text)
    assert read.errors == []
    return text, read.walk("VEVENT")


def test_the_calendar_holds_what_is_due():
    _, found = events(EVERY)
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART").isoformat()) for e in found] == [
        ("Overdue: Restore", "2026-11-22"),
        ("Overdue, as far as known: Restore", "2026-11-22"),
        ("Restore", "2026-11-22"),
        ("Restore", "2026-11-22"),
        ("Restore", "2026-11-23"),
        ("Restore", "2026-12-01"),
        ("Met: Restore", "2026-03-01"),
        ("Done: Restore", "2026-09-01"),
    ]
    first = found[0]
    assert first["DTSTART"].params["VALUE"] == "DATE"
    assert first.decoded("DTSTAMP") == datetime.datetime(2026, 11, 22, tzinfo=datetime.timezone.utc)
    assert first["RRULE"].to_ical() == b"FREQ=MONTHLY;INTERVAL=6"
    assert [str(each) for each in first["CATEGORIES"].cats] == ["critical", "operate", "platform"]
    assert str(first["DESCRIPTION"]) == (
        "late: due 2026-11-01, 21 days late\nnever done since 2026-01-05, every 6mo\nOwner: platform (#ops, @ann)\n"
        "Procedure: docs/restore.md#steps\nWhen done: record it in r/*.md: productops tasks done late\n"
        "r/2026-10-01.md: the record of 2026-10-01 came 20 days late, in abc, so it does not count"
    )
    assert "RRULE" not in found[5]


def test_the_calendar_is_the_same_again():
    text, found = events(EVERY)
    assert text == as_calendar(EVERY, "shop", IDENTITY)
    uids = [str(event["UID"]) for event in found]
    assert len(set(uids)) == len(uids)
    _, again = events(agenda(entry("late", "ahead", "2027-05-01", title="Restore it all")), "shop-clone")
    assert [str(event["UID"]) for event in again] == uids[:1]
    other = Calendar.from_ical(as_calendar(EVERY, "shop", "another repository")).walk("VEVENT")
    assert not {str(event["UID"]) for event in other} & set(uids)


def test_a_task_and_a_milestone_of_one_name_are_two():
    _, found = events(agenda(entry("v2"), entry("v2", **MILESTONE)))
    assert len({str(event["UID"]) for event in found}) == 2


def test_a_calendar_of_nothing_is_one():
    text, found = events(agenda())
    assert found == []
    assert [part.name for part in Calendar.from_ical(text).subcomponents] == ["VTIMEZONE"]


@given(st.text(min_size=1, max_size=300))
def test_any_title_comes_back(title):
    text, (found,) = events(agenda(entry(title=title)))
    *lines, end = text.encode().split(b"\r\n")
    assert end == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut
    kept = "".join(c for c in title if c.isprintable() and c.isascii())
    shown = str(found["SUMMARY"])
    assert all(character in shown for character in kept)


@pytest.mark.parametrize(
    "title", ["a\\n; b, c\\; d", "é" * 80, "日" * 80, "x" * 74, "a" * 66 + "日", "emoji 👩‍🚀"]
)
def test_titles_as_they_are(title):
    _, (found,) = events(agenda(entry(title=title)))
    assert str(found["SUMMARY"]).replace("\\u200d", "\u200d") == title


@given(
    st.dates(datetime.date(2026, 11, 22), datetime.date(2040, 12, 31)),
    st.integers(1, 40),
    st.sampled_from(["d", "w", "mo", "y"]),
)
def test_it_comes_back_as_the_register_counts(due, count, unit):
    cadence = span(f"{count}{unit}")
    _, (found,) = events(agenda(entry(due=due.isoformat(), cadence=cadence)))
    start = datetime.datetime.combine(due, datetime.time())
    rule = rrulestr(found["RRULE"].to_ical().decode(), dtstart=start)
    coming = [day.date() for day, _ in zip(rule, range(3), strict=False)]
    assert coming[:3] == [due, cadence.after(due), span(f"{2 * count}{unit}").after(due)]
