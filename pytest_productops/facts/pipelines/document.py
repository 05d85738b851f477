"""A CI file as YAML: a mapping of keys to values, or what is wrong with it; scalars as text."""

from __future__ import annotations

from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.yaml import Map, YamlError, read
from pytest_productops.facts.pipelines.model import Problem
from pytest_productops.model import Location


def mapping(files: Files, path: str, kind: str) -> tuple[Map | None, tuple[Problem, ...]]:
    """Read a YAML file that must be a mapping."""
    try:
        found = read(files.read(path), path)
    except YamlError as error:
        return None, (Problem(Location(path, error.line), f"the {kind} is no valid YAML: {error.message}"),)
    except Unreadable as error:
        return None, (Problem(Location(path), str(error), "unreadable"),)
    if found.value is None:
        return None, (Problem(Location(path), f"the {kind} is empty", "empty"),)
    if not isinstance(found.value, Map):
        return None, (Problem(Location(path, 1), f"the {kind} is no mapping of keys to values"),)
    twice = (Problem(Location(path, at), message, message.split(",")[0]) for at, message in found.problems)
    return found.value, tuple(twice)


def text(value: Any) -> str:
    """Return a scalar as text, anything else as none."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (str, int, float)) else ""


def words(value: Any) -> tuple[str, ...]:
    """Return a text or a list of texts as a tuple."""
    return tuple(text(one) for one in value) if isinstance(value, list) else ((text(value),) if value else ())
