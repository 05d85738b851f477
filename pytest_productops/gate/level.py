"""The level that a repository reaches: by passing rules, never by a score."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pytest_productops.model import LEVELS, Level, Outcome

NO_OBSTACLE = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.WAIVED})
"""How a rule of a level may end. Unknown certifies nothing, and what is baselined is still to be mended."""
Ended = tuple[str, Level, Outcome]
"""A rule's code, its level, and how it ended."""


class Reached(NamedTuple):
    """The level reached (None: not even bronze), the next one that has rules, and the codes that are in its way."""

    level: Level | None
    following: Level | None = None
    obstacles: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = f"level reached: {self.level or 'none yet'}"
        if not self.following:
            return said
        number = len(self.obstacles)
        return f"{said}; {self.following} needs {number} rule{'s' if number > 1 else ''}: {', '.join(self.obstacles)}"


def reached(ended: Iterable[Ended]) -> Reached:
    """Return the highest level all whose rules, and all below, pass. A level without a rule cannot be reached."""
    ended = tuple(ended)
    best: Level | None = None
    for level in LEVELS:
        outcomes = [(code, outcome) for code, own, outcome in ended if own == level]
        obstacles = {code for code, outcome in outcomes if outcome not in NO_OBSTACLE}
        if obstacles:
            return Reached(best, level, tuple(sorted(obstacles)))
        best = level if outcomes else best
    return Reached(best)
