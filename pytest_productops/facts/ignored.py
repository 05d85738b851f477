"""Paths that a .gitignore leaves out, in time that grows with pattern times path, whatever either holds.

The patterns are the repository's, so an expression made of them could keep us busy for ever (`*a*a*a*b`). Here each
name of a path is matched by itself, a star up to the first place where the rest fits, and `**` likewise among names.
See https://git-scm.com/docs/gitignore#_pattern_format.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

MOST = 5000
"""Most patterns that are read."""
LONGEST = 1000
"""Longest pattern that is read, in characters."""
DEEPEST = 250
"""Most folders around a path that is asked for; one deeper counts as not left out."""
_ANY = "**"
_WILD = re.compile(r"[*?\[\\]")
Names = Sequence[str]
Matches = Callable[[str], object]


class _Pattern(NamedTuple):
    """A line: what its names match (None is `**`), whether it takes back, and whether it is for folders alone."""

    names: tuple[Matches | None, ...]
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
        fits = (p for p in self._patterns if (folder or not p.folders) and _fit(p.names, names))
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
    names = [_ANY, *parts] if anywhere else parts
    once = [name for at, name in enumerate(names) if name != _ANY or names[at - 1 : at] != [_ANY]]
    try:
        return _Pattern(
            tuple(None if name == _ANY else _name(name) for name in once), negated, text.endswith("/")
        )
    except re.error:
        return None


def _name(pattern: str) -> Matches:
    """Return what matches one name. `fnmatch` fixes what a star takes as soon as what follows it fits."""
    if not _WILD.search(pattern):
        return pattern.__eq__
    plain = re.sub(r"\\(.)", lambda match: f"[{match[1]}]" if match[1] in "*?[" else match[1], pattern)
    return re.compile(fnmatch.translate(plain.replace("[^", "[!"))).match


def _fit(pattern: Sequence[Matches | None], names: Names) -> bool:
    """Whether names match: what stands between two `**` is put where it fits first, which is never worse."""
    at = start = 0
    again = -1
    while at < len(names):
        part = pattern[start] if start < len(pattern) else None
        if start < len(pattern) and part is None:
            again, mark, start = start + 1, at, start + 1
            if start == len(pattern):
                return True  # `a/**` is all that is inside
        elif part is not None and part(names[at]) not in {None, False, NotImplemented}:
            at, start = at + 1, start + 1
        elif again >= 0:
            mark += 1
            at, start = mark, again
        else:
            return False
    return start == len(pattern)
