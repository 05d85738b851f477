"""Ranges of versions as npm, Cargo, Composer, RubyGems and Hex write them, read as spans of numbers.

Only plain numbers are read. What holds a pre-release, a branch, a tag or a flag is None: nobody can tell from
the text alone. Sources: https://github.com/npm/node-semver, https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html,
https://getcomposer.org/doc/articles/versions.md, https://guides.rubygems.org/patterns, https://hexdocs.pm/elixir/Version.html.
"""

from __future__ import annotations

import re
from typing import Literal

from pytest_productops.lazy import dataclass, regex

Dialect = Literal["npm", "cargo", "composer", "ruby", "hex"]
Numbers = tuple[int, ...]
PARTS = 4
_VERSION = regex(
    r"v?(\d{1,9})(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:\+[\w.-]*)?"
)
_TERM = regex(r"(?:(\^|~>|~|>=|<=|!=|==|=|>|<)\s*)?(v?[\w.*+-]+)")
_HYPHEN = regex(r"^\s*(\S+)\s+-\s+(\S+)\s*$")
_FREE = frozenset({"", "*", "x", "X", ">=0", ">= 0", "latest-free"})


@dataclass(frozen=True)
class Span:
    """The versions from `low` up to, but not including, `high` (None: no end)."""

    low: Numbers = (0,) * PARTS
    high: Numbers | None = None

    def __and__(self, other: Span) -> Span:
        highs = [each for each in (self.high, other.high) if each is not None]
        return Span(max(self.low, other.low), min(highs) if highs else None)

    def holds(self, version: Numbers) -> bool:
        """Whether a version lies in it."""
        return self.low <= version and (self.high is None or version < self.high)


def numbers(text: str) -> Numbers | None:
    """Return a version as four numbers; None where it is more or less than numbers.

    >>> numbers("v1.2"), numbers("1.0.0-rc.1")
    ((1, 2, 0, 0), None)
    """
    given = _given(text)
    return _filled(given) if given else None


def spans(text: str, dialect: Dialect) -> tuple[Span, ...] | None:
    """Return the alternatives of a range, None where it cannot be read.

    >>> spans("^1.2 || 3", "npm")
    (Span(low=(1, 2, 0, 0), high=(2, 0, 0, 0)), Span(low=(3, 0, 0, 0), high=(4, 0, 0, 0)))
    """
    found: list[Span] = []
    for part in re.split(r"\|\|?|\bor\b", text[:500]):
        span = _every(part.strip(), dialect)
        if span is None:
            return None
        found.append(span)
    return tuple(found)


def allows(text: str, version: str, dialect: Dialect) -> bool | None:
    """Whether a range allows a version; None where that cannot be told."""
    found, number = spans(text, dialect), numbers(version)
    if found is None or number is None:
        return None
    return any(span.holds(number) for span in found)


def _every(text: str, dialect: Dialect) -> Span | None:
    """Return what all terms of an alternative allow together."""
    if text in _FREE:
        return Span()
    hyphen = _HYPHEN.match(text)
    if hyphen and dialect in {"npm", "composer"}:
        low, high = _term(">=", hyphen[1], dialect), _term("<=", hyphen[2], dialect)
        return low & high if low and high else None
    whole, at = Span(), 0
    for match in _TERM.finditer(text):
        if text[at : match.start()].strip(" ,") not in {"", "and"}:
            return None
        if match[2] == "and":
            at = match.end()
            continue
        span = _term(match[1] or "", match[2], dialect)
        if span is None:
            return None
        whole, at = whole & span, match.end()
    return whole if at and not text[at:].strip(" ,") else None


def _term(sign: str, text: str, dialect: Dialect) -> Span | None:
    if text in {"*", "x", "X"}:
        return Span()
    given = _given(text)
    if given is None or sign == "!=":
        return None
    low, after = _filled(given), _after(given)
    wide = dialect == "npm" or "*" in text or "x" in text.lower()
    if sign in {"", "=", "=="}:
        return _bare(text, given, dialect) if not sign else Span(low, after if wide else _next(low))
    compared = {
        ">=": Span(low),
        "<": Span(high=low),
        ">": Span(after if wide else _next(low)),
        "<=": Span(high=after if wide else _next(low)),
    }
    if sign in compared:
        return compared[sign]
    return Span(low, _caret(given) if sign == "^" else _tilde(given, sign, dialect))


def _bare(text: str, given: Numbers, dialect: Dialect) -> Span:
    """Return what a version without a sign allows: Cargo's is a caret, npm's a prefix, others' are exact."""
    low = _filled(given)
    if "*" in text or "x" in text.lower() or dialect == "npm":
        return Span(low, _after(given) if len(given) < 3 or dialect != "npm" else _next(low))  # noqa: PLR2004
    return Span(low, _caret(given) if dialect == "cargo" else _next(low))


def _given(text: str) -> Numbers | None:
    """Return the numbers that a version gives, without wildcards."""
    match = _VERSION.fullmatch(text.strip())
    if match is None:
        return None
    found: list[int] = []
    for part in match.groups():
        if part is None or not part.isdigit():
            break
        found.append(int(part))
    return tuple(found)


def _filled(given: Numbers) -> Numbers:
    return (*given, *(0,) * (PARTS - len(given)))


def _after(given: Numbers) -> Numbers:
    """Return the first version after all that begin so; `1.2` -> `1.3`."""
    return _filled((*given[:-1], given[-1] + 1))


def _next(low: Numbers) -> Numbers:
    return (*low[:-1], low[-1] + 1)


def _caret(given: Numbers) -> Numbers:
    """Return the end of `^`: the first number that is not zero goes up, or the last that is given."""
    at = next((n for n, part in enumerate(given[:3]) if part), len(given[:3]) - 1)
    return _after(given[: at + 1])


def _tilde(given: Numbers, sign: str, dialect: Dialect) -> Numbers:
    """Return the end of `~` and `~>`: RubyGems', Hex's and Composer's let the last given number go up."""
    if dialect in {"npm", "cargo"} and sign == "~":
        return _after(given[:2])
    return _after(given[: max(1, len(given) - 1)])
