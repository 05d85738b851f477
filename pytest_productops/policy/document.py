"""The file that holds the settings: `productops.toml`, or `[tool.productops]` in `pyproject.toml`, never both."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import toml
from pytest_productops.lazy import dataclass
from pytest_productops.policy.problems import ConfigurationError, Problem

OWN = "productops.toml"
SHARED = "pyproject.toml"
_BASE = ("tool", "productops")


@dataclass(frozen=True)
class Document:
    """The settings as written; `base` is the table's key path in its file."""

    source: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    base: tuple[str, ...] = ()
    loaded: toml.Loaded | None = None
    problems: tuple[Problem, ...] = ()

    def line(self, *path: str | int) -> int:
        """Return the line of a key, 0 where it cannot be told."""
        return self.loaded.line((*self.base, *path)) if self.loaded else 0


def load(root: Path, config: str = "") -> Document:
    """Find and parse the file. A pyproject.toml that cannot be parsed and does not speak of us is no settings."""
    if config:
        return _given(config)
    own, shared = _parse(root, OWN), _parse(root, SHARED)
    if own and shared:
        problem = Problem(SHARED, shared.line(), f"settings stand here and in {OWN}", "keep one of the two")
        return Document(OWN, problems=(problem,))
    return own or shared or Document()


def _given(config: str) -> Document:
    path = Path(config).absolute()
    if not path.is_file():
        problem = Problem(config, 0, "no such file")
        raise ConfigurationError([problem])
    return _parse(path.parent, path.name, config) or Document(config)


def _parse(root: Path, name: str, source: str = "") -> Document | None:
    """Return the settings in a file, or None where it has none."""
    source = source or name
    shared = name == SHARED
    if not os.path.lexists(root / name):
        return None
    try:
        text = Files(root.resolve(), ()).read(name)
    except Unreadable as error:
        return None if shared else Document(source, problems=(Problem(source, 0, str(error)),))
    # A shared file that does not speak of us is the repository's own trouble.
    return None if shared and "productops" not in text else _read(text, source, _BASE if shared else ())


def parse(text: str, source: str) -> Document:
    """Return the settings in a text of which they are all: a policy, or a component's own."""
    return _read(text, source, ()) or Document(source)


def _read(text: str, source: str, base: tuple[str, ...]) -> Document | None:
    try:
        return _table(toml.load(text), source, base)
    except toml.TomlError as error:
        return Document(source, problems=(Problem(source, error.line, f"no TOML: {error.reason}"),))


def _table(loaded: toml.Loaded, source: str, base: tuple[str, ...]) -> Document | None:
    """Return the settings below a key path, or None where there is no such table."""
    data: Any = loaded.data
    for key in base:
        data = data.get(key) if isinstance(data, Mapping) else None
    if data is None or isinstance(data, Mapping):
        return None if data is None else Document(source, data, base, loaded)
    problem = Problem(source, loaded.line(base), "[tool.productops] is no table")
    return Document(source, problems=(problem,))
