"""A part of the agenda: of an owner, of a kind, or due within a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.register.agenda import PRESSING, Agenda, Entry
from pytest_productops.facts.register.cadence import Span
from pytest_productops.facts.register.model import OwnerGroup


def chosen(agenda: Agenda, *, owner: str = "", kind: str = "", within: Span | None = None) -> Agenda:
    """Return the entries of an owner (by name or member), of a kind, and due until so long from now.

    What is overdue, or perhaps is, and what has a flaw is due within any time.
    """
    words = [f"of {owner}"] if owner else []
    words += [kind] if kind else []
    words += [f"due within {within}"] if within else []
    last = within.after(agenda.today) if within else None
    entries = (
        entry
        for entry in agenda.entries
        if (not owner or _owns(entry.owner, owner))
        and (not kind or entry.kind == kind)
        and (last is None or _presses(entry) or (entry.state == "ahead" and entry.due and entry.due <= last))
    )
    return replace(agenda, entries=tuple(entries), chosen=", ".join(words))


def owners(agenda: Agenda) -> Iterator[str]:
    """Yield the names by which `chosen` knows owners."""
    for group in agenda.owners:
        yield group.name
        yield from group.members


def _owns(group: OwnerGroup, name: str) -> bool:
    return name == group.name or name in group.members


def _presses(entry: Entry) -> bool:
    return entry.state in PRESSING or bool(entry.flaws)
