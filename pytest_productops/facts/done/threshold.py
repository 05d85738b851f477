"""The number that a threshold's source holds: `file:dotted.key` or `file~expression`."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from pytest_productops.facts.expressions import Expression, Unfit
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.lazy import regex

MOST_LINE = 500
"""Longest line that an expression is run on, in characters."""
MOST_TEXT = 2**18
"""Longest text whose lines are looked at, in characters."""
OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "==": lambda a, b: a == b,
}
_NUMBER = regex(r"\s*(?:[<>=~^]+\s*)?(-?\d{1,15}(?:\.\d{1,15})?)\s*%?\s*")
_PART = regex(r"\"([^\"]*)\"|'([^']*)'|([^.\"']+)")


class NoValueError(Exception):
    """A source holds no number; the text says why."""


def value(files: Files, source: str) -> float:
    """Return the number that a source holds; raise `NoValueError`."""
    mark = re.search(r"[:~]", source)
    if mark is None:
        raise NoValueError("is neither file:key nor file~expression")
    path, rest = source[: mark.start()], source[mark.end() :]
    if path not in files:
        raise NoValueError(f"names {path}, which does not exist")
    try:
        text = files.read(path)
    except Unreadable as error:
        raise NoValueError(f"cannot be read: {error}") from error
    return _number(_by_key(text, path, rest) if mark[0] == ":" else _by_expression(text, path, rest))


def _number(found: Any) -> float:
    if isinstance(found, (int, float)) and not isinstance(found, bool):
        return float(found)
    match = _NUMBER.fullmatch(found) if isinstance(found, str) else None
    if match is None:
        raise NoValueError(f"holds {str(found)[:40]!r}, which is no number")
    return float(match[1])


def _by_key(text: str, path: str, key: str) -> Any:
    suffix = path.rpartition(".")[2].lower()
    try:
        if suffix == "toml":
            return _walk(load(text).data, key)
        if suffix == "json":
            return _walk(json.loads(text), key)
        if suffix in {"yaml", "yml"}:
            return _walk(yaml.read(text, path).value, key)
        return _ini(text, key)
    except (TomlError, yaml.YamlError, configparser.Error, ValueError, RecursionError) as error:
        raise NoValueError(f"names {path}, which cannot be parsed: {str(error)[:80]}") from error


def _walk(data: Any, key: str) -> Any:
    for match in _PART.finditer(key):
        part = next(group for group in match.groups() if group is not None).strip()
        if isinstance(data, Mapping) and part in data:
            data = data[part]
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            raise NoValueError(f"has no `{key}` (no `{part}`)")
    return data


def _ini(text: str, key: str) -> str:
    """Read `section.option`; the section may have dots and colons itself."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    section, _, option = key.strip("\"'").rpartition(".")
    section = section.strip("\"'")
    if not parser.has_option(section, option):
        raise NoValueError(f"has no `{option}` in [{section}]")
    return str(parser.get(section, option))


def _by_expression(text: str, path: str, written: str) -> str:
    """Search line by line, in time that grows with the text alone."""
    try:
        expression = Expression(written)
    except Unfit as error:
        raise NoValueError(f"has no regular expression that can be run: {error}") from error
    if expression.groups != 1:
        raise NoValueError("has an expression without exactly one group")
    lines = (line[:MOST_LINE] for line in text[:MOST_TEXT].splitlines())
    found = next((expression.found(line) for line in lines if expression.search(line)), None)
    if found is None:
        raise NoValueError(f"matches nothing in {path}")
    return found
