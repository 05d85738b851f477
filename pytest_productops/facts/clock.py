"""Clock: the day that a run judges by."""

from __future__ import annotations

import datetime

from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Clock(Fact):
    """Today in UTC, or the day given with `--now`."""

    today: datetime.date

    @classmethod
    def gather(cls, repository: Repository) -> Clock:
        """Read the day off the run."""
        return cls(repository.now)
