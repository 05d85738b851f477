"""Globs as repolinter writes them: braces, `*` within a folder, `**` across (https://github.com/isaacs/node-glob)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pytest_productops.lazy import regex

MOST = 64
"""Most patterns that braces may stand for."""
LONGEST = 200
"""Longest pattern that is read, in characters."""
STARS = 6
"""Most stars of a pattern; each makes matching slower."""
_BRACES = regex(r"\{([^{}]*)\}")
_PART = regex(r"\*\*/|\*+|\?|\[[^\]/]+\]|[^*?\[]+|\[")
_MANY = regex(r"(?:\*\*/)+")
_HARD = regex(r"[@!+*?]\(|[\\{}]")


def expanded(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return patterns without braces; those that say what to leave out, or are too hard to read, left out."""
    found: list[str] = []
    queue = [each.removeprefix("./") for each in patterns if len(each) <= LONGEST and each[:1] != "!"]
    while queue and len(queue) + len(found) <= MOST:
        pattern = queue.pop(0)
        match = _BRACES.search(pattern)
        if match:
            queue += [pattern[: match.start()] + one + pattern[match.end() :] for one in match[1].split(",")]
        elif not _HARD.search(pattern) and pattern.count("*") <= STARS:
            found.append(pattern)
    return tuple(found)


def first(paths: Sequence[str], patterns: Iterable[str], *, nocase: bool) -> str | None:
    """Return the first path that the first matching pattern names."""
    for pattern in expanded(patterns):
        wanted = re.compile(_translated(pattern), re.IGNORECASE if nocase else 0)
        found = next(filter(wanted.fullmatch, paths), None)
        if found:
            return found
    return None


def _translated(pattern: str) -> str:
    return "".join(_piece(part) for part in _PART.findall(_MANY.sub("**/", pattern)))


def _piece(part: str) -> str:
    if part == "**/":
        return "(?:[^/]+/)*"
    if part[0] == "*":
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if part[0] == "[" and len(part) > 1:
        inside = re.escape(part[1:-1].lstrip("!^")).replace(r"\-", "-")
        return f"[{'^' if part[1] in '!^' else ''}{inside}]" if inside else re.escape(part)
    return re.escape(part)
