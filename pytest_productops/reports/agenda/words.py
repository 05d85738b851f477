"""What all forms of the agenda say alike, and how to begin a register."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from pytest_productops.facts.register.agenda import Agenda, Entry, State

COUNTED: tuple[tuple[State, str], ...] = (
    ("overdue", "overdue"),
    ("unknown", "unknown"),
    ("due", "due"),
    ("ahead", "ahead"),
    ("waiting", "waiting for a release"),
    ("scheduled", "run by a schedule"),
    ("met", "met"),
)
PLACE = ".productops/tasks.toml"
_EXAMPLE = """\
schema = "productops.tasks/1"

[owners.platform]
members = ["@ann", "@bob"]
contact = "#platform"

[[task]]
id = "restore-drill"
title = "Restore last night's backup into staging"
kind = "critical"
stage = "operate"
owner = "platform"
cadence = "6mo"
started = {today}
procedure = "docs/restore.md"
evidence = [{{ type = "record", path = "docs/records/restore/*.md", date = "filename", fields = ["result"] }}]
"""


def example(today: datetime.date) -> str:
    """Return a register to begin with."""
    return _EXAMPLE.format(today=today)


def beginning(today: datetime.date) -> tuple[str, str, str]:
    """Return what to say where there is no register: before an example, the example, and after it."""
    before = f"There is no task register here. To begin one, write {PLACE}, for example:"
    after = "Then write the procedure that it names, do the task, and record it: productops tasks done restore-drill"
    return before, example(today), after


def counted(entries: Iterable[Entry]) -> str:
    """Say how many stand how."""
    count = Counter(entry.state for entry in entries)
    return ", ".join(f"{count[state]} {words}" for state, words in COUNTED if count[state]) or "nothing"


def summary(agenda: Agenda) -> str:
    """Say in a line what is on the agenda."""
    part = f" ({agenda.chosen})" if agenda.chosen else ""
    return f"{agenda.path} on {agenda.today}{part}: {counted(agenda.entries)}"


def standing(entry: Entry) -> str:
    """Say when an entry is due, or why it is due on no day."""
    if entry.state == "met":
        late = (entry.last - entry.due).days if entry.last and entry.due else 0
        met = f"met {entry.last}" + (f", {days(late)} late" if late > 0 else "")
        return met if entry.what == "milestone" else f"done {entry.last} for the newest release"
    if entry.due is None or entry.days is None:
        return {"scheduled": "run by a schedule", "waiting": "due with the next release"}.get(entry.state, "")
    if entry.days < 0:
        grace = ", within its grace" if entry.state == "due" else ""
        return f"due {entry.due}, {days(-entry.days)} late{grace}"
    return f"due {entry.due}, {days(entry.days)} left" if entry.days else f"due today, {entry.due}"


def done(entry: Entry) -> str:
    """Say when it was last done, and how often it is due."""
    if entry.what == "milestone":
        return f"met by {entry.by}" if entry.by else ""
    last = f"last done {entry.last}" if entry.last else f"never done since {entry.start}"
    return f"{last}, {entry.spelled}" if entry.state != "scheduled" else entry.spelled


def recording(entry: Entry) -> str:
    """Say how to leave its evidence."""
    return f"{', or '.join(entry.how)}: productops tasks done {entry.id}"


def remarks(entry: Entry) -> Iterator[str]:
    """Yield what is not known, what did not count, and what is wrong with the evidence."""
    yield from (f"unknown: {reason}" for reason in entry.unknown)
    yield from (f"{flaw.location}: {flaw.message}, so it does not count" for flaw in entry.refused)
    yield from (f"{flaw.location}: {flaw.message}; {flaw.fix}" for flaw in entry.flaws)


def days(number: int) -> str:
    """Return `1 day`, `2 days`."""
    return f"{number} day{'' if number == 1 else 's'}"


def problems(agenda: Agenda) -> str:
    """Say how many mistakes the register has."""
    number = len(agenda.problems)
    what = "a mistake; what it spoils" if number == 1 else f"{number} mistakes; what they spoil"
    return f"The register has {what} is not listed:"
