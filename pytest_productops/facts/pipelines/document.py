"""A CI file as YAML: a mapping of keys to values, or what is wrong with it; scalars as text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.yaml import Map, TooMuch, YamlError, read
from pytest_productops.facts.pipelines.model import UNREAD, Problem
from pytest_productops.model import Location

_Read = tuple[Map | None, tuple[Problem, ...]]
_SMALL = 20_000
"""How many characters a file has, at most, of which many are kept."""


def mapping(files: Files, path: str, kind: str) -> _Read:
    """Read a YAML file that must be a mapping; several facts ask for the same, and none changes it."""
    try:
        given = files.read(path)
    except Unreadable as error:
        return None, (Problem(Location(path), str(error), UNREAD),)
    return (_small if len(given) <= _SMALL else _large)(given, path, kind)


def _mapping(given: str, path: str, kind: str) -> _Read:
    try:
        found = read(given, path)
    except TooMuch as error:
        return None, (
            Problem(Location(path, error.line), f"the {kind} {error.message}, so it is not read", UNREAD),
        )
    except YamlError as error:
        return None, (Problem(Location(path, error.line), f"the {kind} is no valid YAML: {error.message}"),)
    if found.value is None:
        return None, (Problem(Location(path), f"the {kind} is empty", "empty"),)
    if not isinstance(found.value, Map):
        return None, (Problem(Location(path, 1), f"the {kind} is no mapping of keys to values"),)
    twice = (Problem(Location(path, at), message, message.split(",")[0]) for at, message in found.problems)
    return found.value, tuple(twice)


_small = lru_cache(maxsize=100)(_mapping)
_large = lru_cache(maxsize=2)(_mapping)


def text(value: Any) -> str:
    """Return a scalar as text, anything else as none."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (str, int, float)) else ""


def words(value: Any) -> tuple[str, ...]:
    """Return a text or a list of texts as a tuple."""
    return tuple(text(one) for one in value) if isinstance(value, list) else ((text(value),) if value else ())
