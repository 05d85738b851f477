"""The file that holds the settings: `productops.toml`, or `[tool.productops]` in `pyproject.toml`, never both."""

from __future__ import annotations

import os
import posixpath
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


def load(root: Path, config: str = "", files: Files | None = None) -> Document:
    """Find and parse the file. A pyproject.toml that cannot be parsed and does not speak of us is no settings.

    `files` are those of the repository, where they are not those on disk; a `config` outside of it is on disk.
    """
    files = files or Files(root.resolve(), ())
    if config:
        return _given(config, files)
    own, shared = _parse(files, OWN), _parse(files, SHARED)
    if own and shared:
        problem = Problem(SHARED, shared.line(), f"settings stand here and in {OWN}", "keep one of the two")
        return Document(OWN, problems=(problem,))
    return own or shared or Document()


def inside(config: str, root: Path) -> str:
    """Return the path of a given file in the repository, nothing where it lies outside."""
    home = root.resolve()
    for path in (os.path.abspath(config), os.path.realpath(config)):  # noqa: PTH100 - links stay
        if Path(path).is_relative_to(home):
            return Path(path).relative_to(home).as_posix()
    return ""


def _given(config: str, files: Files) -> Document:
    path, name = Path(config).absolute(), inside(config, files.root)
    if not files.commit or not name:
        files, name, there = Files(path.parent.resolve(), ()), path.name, path.is_file()
    else:
        there = files.there(name)
    if not there:
        where = f" in commit {files.commit[:10]}, which --trusted-ref names" if files.commit else ""
        raise ConfigurationError([Problem(config, 0, f"no such file{where}")])
    return _parse(files, name, config) or Document(config)


def _parse(files: Files, name: str, source: str = "") -> Document | None:
    """Return the settings in a file, or None where it has none."""
    source = source or name
    shared = posixpath.basename(name) == SHARED
    if not files.there(name):
        return None
    try:
        text = files.read(name)
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
