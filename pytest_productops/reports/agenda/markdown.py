"""The agenda as Markdown: for a wiki page, an issue, or the summary of a CI job."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.register.agenda import Agenda, Entry
from pytest_productops.facts.register.model import OwnerGroup
from pytest_productops.reports.agenda import words
from pytest_productops.reports.gfm import escaped
from pytest_productops.text import clean

_HEAD = ("State", "What", "Due", "Owner", "Last", "How")


def as_markdown(agenda: Agenda) -> str:
    """Return the agenda as a table, or how to begin one."""
    return "\n".join(_lines(agenda) if agenda.path else _beginning(agenda)) + "\n"


def _beginning(agenda: Agenda) -> Iterator[str]:
    before, example, after = words.beginning(agenda.today)
    yield from (before, "", "```toml", *example.splitlines(), "```", "", after)


def _lines(agenda: Agenda) -> Iterator[str]:
    yield f"# Tasks on {agenda.today}"
    yield ""
    yield _said(words.summary(agenda))
    if agenda.problems:
        yield from ("", words.problems(agenda), "")
        yield from (f"- {_said(f'{problem.location}: {problem.message}')}" for problem in agenda.problems)
    if agenda.entries:
        yield ""
        yield _row(_HEAD)
        yield _row(["---"] * len(_HEAD))
        yield from (_row(_cells(entry)) for entry in agenda.entries)
        yield ""
        yield from (_owner(agenda, owner) for owner in agenda.owners)


def _cells(entry: Entry) -> list[str]:
    state = f"**{entry.state}**" if entry.state in {"overdue", "unknown"} else entry.state
    how = [f"do {entry.procedure}"] if entry.procedure and entry.what == "task" else [entry.procedure]
    how += [] if entry.state in {"met", "scheduled"} or not entry.how else [words.recording(entry)]
    what = f"{_said(entry.title)} ({_said(entry.id)}, {entry.kind})"
    last = [words.done(entry), *words.remarks(entry)]
    return [
        state,
        what,
        _said(words.standing(entry)),
        _said(entry.owner.name),
        "<br>".join(map(_said, filter(None, last))),
        _said(", and ".join(filter(None, how))),
    ]


def _owner(agenda: Agenda, owner: OwnerGroup) -> str:
    entries = [entry for entry in agenda.entries if entry.owner == owner]
    reached = ", ".join(filter(None, [owner.contact, *owner.members]))
    name = f"{_said(owner.name)}{f' ({_said(reached)})' if reached else ''}"
    return f"- {name}: {words.counted(entries)}"


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _said(text: str) -> str:
    return escaped(clean(text))
