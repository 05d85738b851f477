"""Clock: the day that a run judges by."""

from __future__ import annotations

import datetime

from pytest_productops.facts.register.cadence import span
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Clock(Fact):
    """Today in UTC, or the day given with `--now`."""

    quick = True

    today: datetime.date

    @classmethod
    def gather(cls, repository: Repository) -> Clock:
        """Read the day off the run."""
        return cls(repository.now)

    def since(self, window: str) -> datetime.date:
        """Return the day that was a span of time ago (`365d`, `6mo`); raise ValueError where the text is none."""
        length = span(window)
        if length is None:
            raise ValueError(f"{window!r} is no span of time such as 180d, 6mo or 1y")
        return length.before(self.today)
