"""Globs of settings and of a repository's files, in time that grows with pattern times text, whatever either holds.

They are the repository's, so an expression made of them could keep us busy for ever (`*a*a*a*b`, `**/` eight times).
A star, and `**` among the names of a path, is put where what follows it fits first, which is never worse. A pattern
is read once, however many there are; one that is longer than any path need be fits nothing, and settings refuse it.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

LONGEST = 1000
"""Longest pattern that is read, in characters."""
MOST = 64
"""Most patterns that braces may stand for."""
_ANY = "**"
_WILD = re.compile(r"[*?\[]")
_BRACES = re.compile(r"\{([^{}]*)\}")
Name = Callable[[str], object]


@lru_cache(maxsize=1 << 14)
def glob(pattern: str) -> Name:
    """Return what is true of a text that a pattern matches, as `fnmatch` reads it: `*` crosses `/`."""
    if not _WILD.search(pattern):
        return pattern.__eq__
    if len(pattern) > LONGEST:
        return lambda _: False
    try:  # what `fnmatch` makes of a star takes the first place that fits and keeps it
        return re.compile(fnmatch.translate(pattern)).match
    except re.error:  # `[b-a]`, before Python 3.11
        return lambda _: False


def fits(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern, as `fnmatch` reads it: `*` crosses `/`."""
    return bool(glob(pattern)(text))


def expanded(pattern: str) -> tuple[str, ...]:
    """Return the patterns that braces stand for: `{a,b}/c`; none where they are too many or too long.

    >>> expanded("{a,b}/{c,d}")
    ('a/c', 'a/d', 'b/c', 'b/d')
    """
    found = [pattern] if len(pattern) <= LONGEST else []
    while any(map(_BRACES.search, found)) and len(found) <= MOST:
        found = list(dict.fromkeys(one for each in found for one in _opened(each)))
    return tuple(found) if len(found) <= MOST else ()


def _opened(pattern: str) -> Iterable[str]:
    """Return a pattern with its first braces opened."""
    match = _BRACES.search(pattern)
    if match is None:
        return (pattern,)
    return [pattern[: match.start()] + one + pattern[match.end() :] for one in match[1].split(",")]


@lru_cache(maxsize=1 << 10)
def path(pattern: str) -> Callable[[str], bool]:
    """Return what is true of a path that a pattern matches: `*` stays within a name, `**` is any number of folders.

    >>> path("packages/*")("packages/api"), path("packages/*")("packages/a/b"), path("{a,b}/**")("b/c/d")
    (True, False, True)
    """
    ways = [in_names(one.split("/")) for one in expanded(pattern)]
    return lambda text: any(fit(way, text.split("/")) for way in ways)


def in_names(names: Iterable[str], read: Callable[[str], Name] = glob) -> tuple[Name | None, ...]:
    """Return what each name of a pattern matches; None stands for any number of folders."""
    found: list[Name | None] = []
    for name in names:
        if name != _ANY:
            found.append(read(name))
        elif found[-1:] != [None]:
            found.append(None)
    return tuple(found)


def fit(pattern: Sequence[Name | None], names: Sequence[str], *, itself: bool = True) -> bool:
    """Whether names match: what stands between two `**` is put where it fits first, which is never worse.

    `itself`: `a/**` is `a` too, not only what is inside.
    """
    at = start = mark = 0
    again = -1
    while at < len(names):
        part = pattern[start] if start < len(pattern) else None
        if start < len(pattern) and part is None:
            again, mark, start = start + 1, at, start + 1
            if start == len(pattern):
                return True
        elif part is not None and part(names[at]):
            at, start = at + 1, start + 1
        elif again >= 0:
            mark += 1
            at, start = mark, again
        else:
            return False
    return start == len(pattern) or (itself and pattern[start:] == (None,))
