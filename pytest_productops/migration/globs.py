"""Globs as repolinter writes them: braces, `*` within a folder, `**` across (https://github.com/isaacs/node-glob)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pytest_productops.facts.globs import expanded as opened
from pytest_productops.facts.globs import path as glob
from pytest_productops.lazy import regex

_HARD = regex(r"[@!+*?]\(|[\\{}]")


def expanded(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return patterns without braces; those that say what to leave out, or are too hard to read, left out."""
    wanted = (each.removeprefix("./") for each in patterns if each[:1] != "!")
    return tuple(one for each in wanted for one in opened(each) if not _HARD.search(one))


def first(paths: Sequence[str], patterns: Iterable[str], *, nocase: bool) -> str | None:
    """Return the first path that the first matching pattern names."""
    for pattern in expanded(patterns):
        fits = glob(pattern.lower() if nocase else pattern)
        found = next((path for path in paths if fits(path.lower() if nocase else path)), None)
        if found:
            return found
    return None
