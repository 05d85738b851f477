"""Paths that a .gitignore leaves out, in time that grows with pattern times path, whatever either holds.

See https://git-scm.com/docs/gitignore#_pattern_format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pytest_productops.facts.globs import LONGEST, Name, fit, glob, in_names

MOST = 5000
"""Most patterns that are read."""
DEEPEST = 250
"""Most folders around a path that is asked for; one deeper counts as not left out."""
_ESCAPED = re.compile(r"\\(.)")
Names = Sequence[str]


class _Pattern(NamedTuple):
    """A line: what its names match (None is `**`), whether it takes back, and whether it is for folders alone."""

    names: tuple[Name | None, ...]
    negated: bool
    folders: bool


class Ignored:
    """The patterns of one .gitignore; paths are relative to its folder."""

    def __init__(self, lines: Iterable[str]) -> None:
        read = (_read(line) for line, _ in zip(lines, range(MOST), strict=False))
        self._patterns = tuple(pattern for pattern in read if pattern)[::-1]
        self._folders: dict[tuple[str, ...], bool] = {}

    def match_file(self, path: str) -> bool:
        """Whether a file is left out, or with `/` at its end a folder: by itself or by a folder around it."""
        if not self._patterns or path.count("/") > DEEPEST:
            return False
        *around, name = path.split(
            "/"
        )  # of a folder the last name is none, which what is inside may stand for
        return self._inside(tuple(around)) or self._left_out((*around, name), folder=False)

    def _inside(self, names: tuple[str, ...]) -> bool:
        """Whether a folder, or one around it, is left out."""
        for end in range(1, len(names) + 1):
            folder = names[:end]
            if folder not in self._folders:
                self._folders[folder] = self._left_out(folder, folder=True)
            if self._folders[folder]:
                return True
        return False

    def _left_out(self, names: Names, *, folder: bool) -> bool:
        """Whether the last pattern that fits leaves out."""
        fits = (p for p in self._patterns if (folder or not p.folders) and fit(p.names, names, itself=False))
        last = next(fits, None)
        return last is not None and not last.negated


def _read(line: str) -> _Pattern | None:
    """Read a line, None where it holds no pattern that can match."""
    text = line.rstrip("\n\r")
    while text.endswith(" ") and not text.endswith("\\ "):
        text = text[:-1]
    negated = text.startswith("!")
    text = text[negated:]
    if not text.strip("/") or text.startswith("#") or len(text) > LONGEST:
        return None
    parts = text.strip("/").split("/")
    anywhere = "/" not in text.rstrip("/")
    return _Pattern(in_names(["**", *parts] if anywhere else parts, _name), negated, text.endswith("/"))


def _name(pattern: str) -> Name:
    """Return what matches one name."""
    plain = _ESCAPED.sub(lambda match: f"[{match[1]}]" if match[1] in "*?[" else match[1], pattern)
    return glob(plain.replace("[^", "[!"))
