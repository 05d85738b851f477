"""A peer's configuration file, read as untrusted data: values, the line of each, and mistakes in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import json5, toml, yaml
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.text import clean

T = TypeVar("T")
Key = str | int


@dataclass(frozen=True)
class Source:
    """A file's data. `loaded` knows the lines, except of YAML, whose values know their own."""

    path: str
    data: Any
    loaded: toml.Loaded | json5.Loaded | None = None

    def line(self, *path: Key) -> int:
        """Return the line of a key or item; of the nearest value around it where it is missing."""
        if isinstance(self.loaded, toml.Loaded):
            return self.loaded.line(path)
        return self.loaded.line(*path) if self.loaded else _line(self.data, path)

    def at(self, *path: Key) -> Location:
        """Return the place of a key or item."""
        return Location(self.path, self.line(*path))

    def wrong(self, message: str, *path: Key) -> Problem:
        """Return a mistake at a key or item."""
        return Problem(self.path, self.line(*path), clean(message))


def _line(data: Any, path: tuple[Key, ...]) -> int:
    line = int(getattr(data, "line", 1))
    for key in path:
        if isinstance(data, yaml.Map) and key in data:
            line, data = data.keys_at[str(key)], data[str(key)]
        elif isinstance(data, yaml.Seq) and isinstance(key, int) and key < len(data):
            line, data = data.lines[key], data[key]
        else:
            break
    return line


def first(files: Files, names: Iterable[str]) -> str | None:
    """Return the first of these paths that the repository holds."""
    return next((name for name in names if name in files), None)


def load(files: Files, path: str) -> Source:
    """Read a TOML, JSON or YAML file by what it holds; raise `ConfigurationError` where it is none."""
    try:
        return parse(files.read(path), path)
    except Unreadable as error:
        raise ConfigurationError([Problem(path, 0, str(error))]) from error


def parse(text: str, path: str) -> Source:
    """Read a text as `load` does a file."""
    if path.endswith(".toml"):
        return _toml(text, path)
    if text.lstrip().startswith("{"):
        try:
            loaded = json5.load(text)
            return Source(path, loaded.data, loaded)
        except json5.JsonError as error:
            raise ConfigurationError(
                [Problem(path, error.line, clean(f"no JSON: {_tail(str(error))}"))]
            ) from error
    return _yaml(text, path)


def _toml(text: str, path: str) -> Source:
    try:
        found = toml.load(text)
    except toml.TomlError as error:
        raise ConfigurationError([Problem(path, error.line, clean(f"no TOML: {error.reason}"))]) from error
    return Source(path, found.data, found)


def _yaml(text: str, path: str) -> Source:
    try:
        found = yaml.read(text, path)
    except yaml.YamlError as error:
        raise ConfigurationError([Problem(path, error.line, clean(f"no YAML: {error.message}"))]) from error
    if found.problems:
        raise ConfigurationError([Problem(path, line, clean(message)) for line, message in found.problems])
    return Source(path, found.value)


def _tail(message: str) -> str:
    return message.split(": ", 1)[-1]


def sound(found: Iterable[T | Problem]) -> tuple[T, ...]:
    """Return what was read; raise `ConfigurationError` with every mistake among it."""
    items = list(found)
    problems = [item for item in items if isinstance(item, Problem)]
    if problems:
        raise ConfigurationError(problems)
    return tuple(item for item in items if not isinstance(item, Problem))


def texts(value: Any) -> tuple[str, ...] | None:
    """Return a list of texts, or None where a value is none."""
    return tuple(value) if isinstance(value, list) and all(isinstance(each, str) for each in value) else None
