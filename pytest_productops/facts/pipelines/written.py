"""Scripts as CI files write them: a text, or a list of texts, each line with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines.document import text
from pytest_productops.facts.pipelines.model import Step
from pytest_productops.model import Location

Fill = Callable[[str], str]


def lines(value: Any, place: Location, fill: Fill = str) -> Iterator[tuple[str, Location]]:
    """Yield the lines of a script; what is no text is left out. `fill` replaces what a text refers to."""
    if isinstance(value, Seq):
        for one, line in zip(value, value.lines, strict=True):
            if not isinstance(one, (Map, Seq)):
                yield from lines(one, place._replace(line=line), fill)
    elif value is not None and not isinstance(value, Map):
        for at, written in enumerate(fill(text(value)).rstrip("\n").split("\n")):
            yield written, place._replace(line=place.line + at)


def step(found: list[tuple[str, Location]], name: str = "", **more: Any) -> Step:
    """Return the step that runs these lines (at least one)."""
    run = "\n".join(written for written, _ in found)
    first = found[0][1]
    return Step(name, first.line, run, path=first.path, origins=tuple(at for _, at in found), **more)


def at(holder: Map, key: str, path: str) -> Location:
    """Return where the value of a key is written."""
    return Location(path, holder.lines.get(key, holder.line))


def maps(value: Any) -> Iterator[tuple[Map, int]]:
    """Yield the mappings of a list with their lines; anything else has none."""
    if isinstance(value, Seq):
        for one, line in zip(value, value.lines, strict=True):
            if isinstance(one, Map):
                yield one, line


def child(holder: Any, key: str) -> Map:
    """Return the mapping below a key, empty where there is none."""
    found = holder.get(key) if isinstance(holder, Map) else None
    return found if isinstance(found, Map) else Map()


def texts(value: Any) -> dict[str, str]:
    """Return the scalars of a mapping as texts."""
    pairs = value.items() if isinstance(value, Map) else ()
    return {name: text(one) for name, one in pairs if not isinstance(one, (Map, Seq))}
