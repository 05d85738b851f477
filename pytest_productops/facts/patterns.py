"""Patterns of paths as a register writes them: `*` crosses `/`, and `**/` may stand for no folder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pytest_productops.facts.globs import fits
from pytest_productops.lazy import regex

_WILD = regex(r"[*?\[]")


def matches(path: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns matches a path."""
    return any(fits(path, form) for pattern in patterns for form in _forms(pattern))


def literal(pattern: str) -> str:
    """Return what every path that a pattern matches starts with."""
    return _WILD.split(plain(pattern), maxsplit=1)[0]


def plain(pattern: str) -> str:
    """Return a pattern as paths are written: relative to the root, without `./`."""
    return pattern.removeprefix("./").lstrip("/")


@lru_cache(maxsize=1 << 12)
def _forms(pattern: str) -> tuple[str, ...]:
    whole = plain(pattern)
    return (whole, whole.replace("**/", "")) if "**/" in whole else (whole,)


class Patterns:
    """Many patterns of which each is asked of many paths: only those are tried whose literal start is there."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for pattern in dict.fromkeys(patterns):
            self._by_start[literal(pattern)].append(pattern)
        self._lengths = sorted({len(start) for start in self._by_start})

    def of(self, path: str) -> Iterator[str]:
        """Yield the patterns that match a path."""
        for length in self._lengths:
            if length > len(path):
                return
            for pattern in self._by_start.get(path[:length], ()):
                if matches(path, (pattern,)):
                    yield pattern
