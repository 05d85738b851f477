"""Mistakes in the configuration: all at once, each with its place, what was written, and what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_productops.lazy import dataclass
from pytest_productops.text import clean

SHOWN = 50
"""Most mistakes that are told at once."""
LIMIT = 300
"""Longest text that one is told in, in characters."""


@dataclass(frozen=True)
class Problem:
    """One mistake. `source` is a file or an option; `line` counts from 1, 0 where there is none.

    Its text is safe to show, whatever the files say.
    """

    source: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        source, message, hint = (clean(text, limit=LIMIT) for text in (self.source, self.message, self.hint))
        place = f"{source}:{self.line}" if self.line else source
        return f"{place}: {message}" + (f"\n    {hint}" if hint else "")


class ConfigurationError(Exception):
    """The configuration is wrong, so nothing is judged. The text lists every mistake, up to so many."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.source, p.line, p.message)))
        count, more = len(self.problems), len(self.problems) - SHOWN
        head = f"{count} mistake{'s' if count > 1 else ''} in the configuration, nothing was judged"
        tail = [f"  and {more} more mistake{'s' if more > 1 else ''}"] if more > 0 else []
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems[:SHOWN]), *tail]))
