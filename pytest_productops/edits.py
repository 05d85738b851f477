"""Edits: what a fix does to files, as data. `pytest_productops.fixing` verifies and applies them.

Lines count from 1, as those of a `Location`. Nothing beside what an edit names is touched: line ends, byte order mark
and a missing last line end stay as they are.
"""

from __future__ import annotations

from typing import Literal

from pytest_productops.lazy import dataclass

Safety = Literal["safe", "unsafe", "scaffold"]
"""How much a person has to look at a fix.

`safe` changes no meaning; `unsafe` decides something that a person may decide otherwise; `scaffold` makes text that a
person must fill in, and the rule fails as long as that is not done.
"""
LAST = -1
"""The line behind which is the end of a file."""


@dataclass(frozen=True)
class Replace:
    """Each `old` of a line that is no part of a longer word or path becomes `new`; there must be one."""

    path: str
    line: int
    old: str
    new: str


@dataclass(frozen=True)
class Insert:
    """Whole lines come behind a line (0: at the top, `LAST`: at the end); `text` has line feeds, the last one too."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Remove:
    """A whole line goes; `text` is what it says."""

    path: str
    line: int
    text: str


@dataclass(frozen=True)
class Create:
    """A file that is not there yet."""

    path: str
    text: str


Edit = Replace | Insert | Remove | Create
