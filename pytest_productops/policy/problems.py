"""Mistakes in the configuration: all at once, each with its place, what was written, and what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_productops.lazy import dataclass


@dataclass(frozen=True)
class Problem:
    """One mistake. `source` is a file or an option; `line` counts from 1, 0 where there is none."""

    source: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{place}: {self.message}" + (f"\n    {self.hint}" if self.hint else "")


class ConfigurationError(Exception):
    """The configuration is wrong, so nothing is judged. The text lists every mistake."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.source, p.line, p.message)))
        count = len(self.problems)
        head = f"{count} mistake{'s' if count > 1 else ''} in the configuration, nothing was judged"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))
