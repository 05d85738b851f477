"""The baseline: findings known on the day of adoption, one key a line. It only shrinks; its entries do not expire.

A table a rule (`[ONB003]`, `["packages/api::OPS005"]` for a component), a line a finding: its key, and the day since
when it is known. Keys hold no line numbers and no counts, so the file merges by line.
"""

from __future__ import annotations

import datetime
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path, PureWindowsPath
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import toml
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.policy.problems import Problem

OFF = "off"
FORMAT = 1
HEAD = f"""# Findings known when productops was adopted. Written by `productops baseline`; it only shrinks.
schema = {FORMAT}
"""
_HINT = "name a file of its own, from the root of the repository; `productops baseline` writes it"
_SCHEMA = re.compile(r"^[ \t]*\"?schema\"?[ \t]*=", re.MULTILINE)
_BARE = re.compile(r"[A-Za-z0-9_-]+")

Entries = Mapping[str, Mapping[str, datetime.date]]
"""Subject (`ONB003`, `packages/api::OPS005`) -> key of a finding -> the day since when it is known."""


@dataclass(frozen=True)
class Baseline:
    """The entries of the file at `path`; `exists` says whether there is one."""

    path: str = OFF
    entries: Entries = field(default_factory=dict)
    loaded: toml.Loaded | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return self.loaded is not None

    def location(self, subject: str, key: str) -> Location:
        """Return where an entry stands."""
        return Location(self.path, self.loaded.line((subject, key)) if self.loaded else 0)


def load(root: Path, path: str, source: str = "", line: int = 0, files: Files | None = None) -> Baseline:
    """Read the file, relative to the root; mistakes are told, none is guessed away.

    `source` and `line` are the place that names it, where one does; `files` the repository's, if not those on disk.
    """
    if path == OFF:
        return Baseline()
    try:
        text = _text(files or Files(root.resolve(), ()), path)
    except Unreadable as error:
        return Baseline(path, problems=(Problem(source or path, line, f"baseline {error}", _HINT),))
    return Baseline(path) if text is None else _parsed(text, path)


def _text(files: Files, path: str) -> str | None:
    """Return the file's text, None where there is no file; raise `Unreadable` where that is no baseline."""
    if _leads_out(path):
        raise Unreadable(f"{path} leads out of the repository, or into its .git")
    try:
        text = files.read(path)
    except Unreadable:
        if files.there(path):
            raise
        return None
    if not _SCHEMA.search(text):
        raise Unreadable(f"{path} is no baseline of format {FORMAT}")
    return text


def _leads_out(path: str) -> bool:
    """Whether a path is no relative one, goes above the root or into the git directory."""
    way = posixpath.normpath(path.replace("\\", "/"))
    return bool(PureWindowsPath(path).anchor) or way.split("/")[0] == ".." or ".git" in way.lower().split("/")


def _parsed(text: str, path: str) -> Baseline:
    try:
        loaded = toml.load(text)
    except toml.TomlError as error:
        hint = "each key may stand there once; take the file of one side and run `productops baseline`"
        return Baseline(path, problems=(Problem(path, error.line, f"no TOML: {error.reason}", hint),))
    entries = {key: table for key, table in loaded.data.items() if key != "schema"}
    return Baseline(path, entries, loaded, tuple(_problems(loaded, entries, path)))


def _problems(loaded: toml.Loaded, entries: Mapping[str, Any], path: str) -> Iterator[Problem]:
    if loaded.data.get("schema") != FORMAT:
        yield Problem(path, loaded.line(("schema",)), f"no baseline of format {FORMAT}", f"schema = {FORMAT}")
    for subject, table in entries.items():
        if not isinstance(table, Mapping):
            yield Problem(path, loaded.line((subject,)), f"`{subject}` is no table of a rule")
            continue
        for key, day in table.items():
            if type(day) is not datetime.date:
                line = loaded.line((subject, key))
                yield Problem(path, line, f"{subject}: {key}: expected a day, as 2026-11-22")


def render(entries: Entries) -> str:
    """Return the file's text, sorted, a line an entry."""
    return "\n".join(
        [HEAD, *(_table(subject, entries[subject]) for subject in sorted(entries) if entries[subject])]
    )


def _table(subject: str, table: Mapping[str, datetime.date]) -> str:
    lines = (f"{json.dumps(key, ensure_ascii=False)} = {table[key]}\n" for key in sorted(table))
    return "".join([f"[{_name(subject)}]\n", *lines])


def _name(subject: str) -> str:
    return subject if _BARE.fullmatch(subject) else json.dumps(subject, ensure_ascii=False)
