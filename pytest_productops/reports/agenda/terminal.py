"""The agenda for a person at a terminal: the most pressing first, and a line for each owner."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.register.agenda import Agenda, Entry
from pytest_productops.facts.register.model import OwnerGroup
from pytest_productops.reports.agenda import words
from pytest_productops.text import clean

LABELS = {
    "overdue": "LATE",
    "unknown": "UNKN",
    "due": "DUE",
    "ahead": "NEXT",
    "waiting": "WAIT",
    "scheduled": "AUTO",
    "met": "MET",
}
_INDENT = " " * 6


def as_text(agenda: Agenda) -> str:
    """Return the agenda, or how to begin one."""
    lines = _lines(agenda) if agenda.path else _beginning(agenda)
    return "".join(f"{clean(line)}\n" for line in lines)


def _beginning(agenda: Agenda) -> Iterator[str]:
    before, example, after = words.beginning(agenda.today)
    yield from (before, "", *example.splitlines(), "", after)


def _lines(agenda: Agenda) -> Iterator[str]:
    yield words.summary(agenda)
    if agenda.problems:
        yield words.problems(agenda)
        yield from (f"{_INDENT}{problem.location}: {problem.message}" for problem in agenda.problems)
    yield from (line for entry in agenda.entries for line in _entry(entry))
    if agenda.owners:
        yield ""
        yield from (_owner(agenda, owner) for owner in agenda.owners)


def _entry(entry: Entry) -> Iterator[str]:
    label = LABELS[entry.state]
    yield ""
    yield f"{label:<4}  {entry.id}  {words.standing(entry)}  {entry.owner.name}, {entry.kind}"
    yield f"{_INDENT}{entry.title}"
    if done := words.done(entry):
        yield f"{_INDENT}{done}"
    if entry.procedure:
        yield f"{_INDENT}do {entry.procedure}" if entry.what == "task" else f"{_INDENT}see {entry.procedure}"
    if entry.how and entry.state not in {"met", "scheduled"}:
        yield f"{_INDENT}and {words.recording(entry)}"
    yield from (f"{_INDENT}{remark}" for remark in words.remarks(entry))


def _owner(agenda: Agenda, owner: OwnerGroup) -> str:
    entries = [entry for entry in agenda.entries if entry.owner == owner]
    reached = ", ".join(filter(None, [owner.contact, *owner.members]))
    return f"{owner.name}{f' ({reached})' if reached else ''}: {words.counted(entries)}"
