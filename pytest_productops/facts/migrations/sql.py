"""Migrations in SQL that come in pairs: `N.up.sql` and `N.down.sql`, `up.sql` and `down.sql`, Flyway's V and U.

https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md, https://diesel.rs/guides/getting-started and
https://documentation.red-gate.com/fd/undo-migrations-273973335.html
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pytest_productops.facts.files import Files
from pytest_productops.facts.migrations.model import Step
from pytest_productops.lazy import regex
from pytest_productops.model import Location

UP = regex(r"(?P<stem>(?:.*/)?(?:[\w-][\w.-]*\.)?)up\.sql\Z")
FLYWAY = regex(r"(?P<folder>(?:.*/)?)V(?P<version>\d[\d._]*)__[\w.-]+\.sql\Z")
_COMMENTS = regex(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_WORDS = regex(r"[A-Za-z]{2,}(?:\W+[A-Za-z]{2,}){2,}")
Reader = Callable[[str], str]


def paired(files: Files, read: Reader, up: str, stem: str) -> Step:
    """Judge an `up` migration by its `down`: it is there, and holds a statement or says why not."""
    down = f"{stem}down.sql"
    if down not in files:
        return (
            Step(up, Location(up), f"there is no `{down.rpartition('/')[2]}`")
            if _does(read(up))
            else _fine(up)
        )
    text = read(down)
    if _does(text) or not _does(read(up)):
        return _fine(up)
    comment = _WORDS.search(" ".join(_COMMENTS.findall(text)))
    return Step(
        up, Location(down), f"`{down.rpartition('/')[2]}` does nothing", comment[0] if comment else ""
    )


def flyway(files: Files, path: str, folder: str, version: str) -> Step:
    """Judge a versioned migration of Flyway by whether its version has an undo migration anywhere near."""
    undo = re.compile(rf"{re.escape(folder)}(?:.*/)?U{re.escape(version)}__[^/]+\.sql\Z")
    found = any(map(undo.match, files.paths))
    return (
        _fine(path)
        if found
        else Step(path, Location(path), f"there is no undo migration `U{version}__*.sql`")
    )


def number(version: str) -> tuple[int, ...]:
    """Return what versions of Flyway are sorted by."""
    return tuple(int(part) for part in re.split(r"[._]", version[:80]) if part)


def _fine(path: str) -> Step:
    return Step(path, Location(path))


def _does(text: str) -> bool:
    return any(letter.isalpha() for letter in _COMMENTS.sub("", text))
