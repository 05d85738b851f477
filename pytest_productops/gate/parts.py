"""The parts of a TOML file that have names of their own, and how two states of one differ in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import toml
from pytest_productops.policy.document import SHARED

_NOUNS = {"waivers": "waiver of", "task": "task", "milestone": "milestone", "stage": "stage"}
_NAMES = ("id", "rule", "subject", "name")
Way = tuple[str | int, ...]


class Part(NamedTuple):
    """A part of a file that has a name of its own: a key, a waiver, a task."""

    value: Any
    way: Way


def parts(path: str, files: Files, baseline: str) -> tuple[dict[str, Part], toml.Loaded | None] | str:
    """Return the parts of a file by name, none where there is no file; or why it cannot be read.

    `baseline` is the path of the file whose parts are findings.
    """
    if not files.there(path):
        return {}, None
    try:
        loaded = toml.load(files.read(path))
    except (Unreadable, toml.TomlError) as error:
        return "" if path == SHARED else str(error)
    base: Way = ("tool", "productops") if path.rpartition("/")[2] == SHARED else ()
    data: Any = loaded.data
    for key in base:
        data = data.get(key) if isinstance(data, Mapping) else None
    named = list(_named(data, base)) if isinstance(data, Mapping) else []
    if path == baseline:
        named = [(f"known finding {' '.join(map(str, u.way))}", u) for _, u in named if len(u.way) > 1]
    return _distinct(named), loaded


def _distinct(named: Iterable[tuple[str, Part]]) -> dict[str, Part]:
    """Return the parts by name; one that is called like another has a number."""
    found: dict[str, Part] = {}
    times: Counter[str] = Counter()
    for name, part in named:
        times[name] += 1
        found[f"{name} ({times[name]})" if times[name] > 1 else name] = part
    return found


def _named(data: Mapping[str, Any], way: Way, prefix: str = "") -> Iterator[tuple[str, Part]]:
    """Yield (name, part) of a table: each value by its key, each table of a list by what it is called."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _named(value, (*way, key), f"{prefix}{key}.")
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            for index, item in enumerate(value):
                yield from _item(key, item, (*way, key, index))
        else:
            yield f"{prefix}{key}", Part(value, (*way, key))


def _item(key: str, item: Any, way: Way) -> Iterator[tuple[str, Part]]:
    if not isinstance(item, Mapping):
        yield f"{key} {way[-1]}", Part(item, way)
        return
    name = " ".join(str(item[each]) for each in _NAMES if each in item) or str(way[-1])
    lists = {inner for inner, value in item.items() if inner == "criterion" and isinstance(value, list)}
    rest = {inner: value for inner, value in item.items() if inner not in lists}
    yield f"{_NOUNS.get(key, key)} {name}", Part(rest, way)
    for inner in lists:
        yield from _named({inner: item[inner]}, way)


def said(name: str, was: Part | None, now: Part | None) -> str:
    """Return how a part differs, in words."""
    if now is None:
        return f"{name} taken out"
    if was is None:
        plain = not isinstance(now.value, Mapping)
        return f"{name} added{f': {shown(now.value)}' if plain else ''}"
    if isinstance(was.value, Mapping) and isinstance(now.value, Mapping):
        keys = sorted(k for k in {*was.value, *now.value} if was.value.get(k) != now.value.get(k))
        return f"{name}: " + ", ".join(
            f"{key} {_pair(was.value.get(key), now.value.get(key))}" for key in keys
        )
    return f"{name} {_pair(was.value, now.value)}"


def _pair(was: Any, now: Any) -> str:
    return f"{shown(was)} -> {shown(now)}"


def shown(value: Any) -> str:
    """Return a value in words, cut where it is long."""
    text = (
        "nothing" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    )
    return text if len(text) < 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line is long enough
