"""Mistakes of a register that no schema can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.formats.schema import Mistake
from pytest_productops.facts.formats.toml import Loaded
from pytest_productops.suggest import did_you_mean

_MEANING = {
    "record": {"path", "date", "fields"},
    "trailer": {"key"},
    "commit": {"paths", "authors"},
    "tag": {"pattern"},
    "front-matter": {"path", "key"},
    "workflow": {"path"},
}
"""Type of evidence -> the keys that mean something for it."""


def sense(loaded: Loaded) -> Iterator[Mistake]:
    """Yield what no schema can say."""
    data = loaded.data
    tasks = tables(data.get("task"))
    if not tasks and not tables(data.get("milestone")):
        yield Mistake((), (), "the register holds no task")
    for index, task in tasks:
        path = ("task", index)
        name = f"task {task['id']}" if isinstance(task.get("id"), str) else f"task[{index}]"
        if ("cadence" in task) == ("on" in task):
            yield Mistake(path, path, f"{name}: give either `cadence` or `on`")
        yield from _stray_keys(path, task)
    for kind in ("task", "milestone"):
        yield from _repeated(kind, tables(data.get(kind)))
        yield from _unknown_owners(kind, tables(data.get(kind)), data.get("owners"))


def _repeated(kind: str, entries: list[tuple[int, Mapping[str, Any]]]) -> Iterator[Mistake]:
    count = Counter(entry["id"] for _, entry in entries if isinstance(entry.get("id"), str))
    seen: set[str] = set()
    for index, entry in entries:
        name = entry.get("id")
        if isinstance(name, str) and count[name] > 1 and name in seen:
            yield Mistake((kind, index), (kind, index, "id"), f"{kind} {name} is there {count[name]} times")
        elif isinstance(name, str):
            seen.add(name)


def _unknown_owners(
    kind: str, entries: list[tuple[int, Mapping[str, Any]]], owners: object
) -> Iterator[Mistake]:
    """Yield the owners that the table of owners lacks, where there is such a table."""
    if not isinstance(owners, Mapping):
        return
    for index, entry in entries:
        owner = entry.get("owner")
        if isinstance(owner, str) and owner.strip() and owner not in owners:
            message = f"{kind} {entry.get('id', index)}: owner {owner!r} is not in [owners]"
            yield Mistake(("owner-of", kind), (kind, index, "owner"), message, did_you_mean(owner, owners))


def _stray_keys(path: tuple[str, int], task: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield keys that mean nothing for the type of their evidence, lest they be thought to count."""
    known = set().union(*_MEANING.values())
    for index, evidence in tables(task.get("evidence")):
        kind = evidence.get("type")
        for key in sorted((known & set(evidence)) - _MEANING.get(str(kind), known)):
            where = (*path, "evidence", index, key)
            yield Mistake(where, where, f"`{key}` means nothing for evidence of type {kind}")


def tables(value: object) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the tables of a list of tables with their index."""
    items = enumerate(value) if isinstance(value, list) else ()
    return [(index, item) for index, item in items if isinstance(item, Mapping)]
