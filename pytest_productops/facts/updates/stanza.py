"""Stanzas: what makes Dependabot watch an ecosystem, in the manner of the entries that are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pytest_productops.edits import Create, Edit, Insert
from pytest_productops.facts.files import Files
from pytest_productops.facts.updates.dependabot import PLACES
from pytest_productops.facts.updates.needs import Need
from pytest_productops.lazy import regex

_UPDATES = regex(r"updates:\s*(?:#.*)?\Z")
_ENTRY = regex(r"(?P<indent> *)- (?P<gap> *)package-ecosystem: *(?P<quote>[\"']?)")
_INTERVAL = regex(r"\s+interval: *[\"']?(\w+)")
WEEKLY = "weekly"


def stanza(files: Files, need: Need) -> Iterator[Edit]:
    """Yield what adds an ecosystem to the Dependabot that is there; nothing where it is written in another manner."""
    path = next((place for place in PLACES if place in files), "")
    lines = files.read(path).split("\n") if path else []
    start = next((at for at, line in enumerate(lines) if _UPDATES.match(line)), len(lines))
    end = next((at for at in range(start + 1, len(lines)) if re.match(r"[^\s#-]", lines[at])), len(lines))
    inside = range(start + 1, end)
    entries = [(at, match) for at in inside if (match := _ENTRY.match(lines[at]))]
    if entries:
        last = max(at for at in inside if lines[at].strip() and not lines[at].lstrip().startswith("#"))
        apart = any(not lines[at - 1].strip() for at, _ in entries[1:])
        yield Insert(path, last + 1, ("\n" if apart else "") + _written(need, entries[0][1], _habit(lines)))


def created(needs: Iterable[Need]) -> Create:
    """Return a new Dependabot that watches some ecosystems once a week."""
    form = _ENTRY.match("  - package-ecosystem: ")
    entries = (_written(need, form, WEEKLY) for need in needs if form)
    return Create(PLACES[0], f"version: 2\nupdates:\n{''.join(entries)}")


def _habit(lines: Iterable[str]) -> str:
    """Return how often the entries that are there are looked at, where they agree."""
    said = {match[1] for line in lines if (match := _INTERVAL.match(line))}
    return said.pop() if len(said) == 1 else WEEKLY


def _written(need: Need, form: re.Match[str], interval: str) -> str:
    mark, lead = form["quote"], f"{form['indent']}- {form['gap']}"
    deeper = " " * len(lead)
    return (
        f"{lead}package-ecosystem: {mark}{need.called}{mark}\n"
        f"{deeper}directory: {mark or chr(34)}{need.directory}{mark or chr(34)}\n"
        f"{deeper}schedule:\n{deeper}  interval: {mark}{interval}{mark}\n"
    )
