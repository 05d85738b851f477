"""Team: how many people work on a repository, as far as its history tells."""

from __future__ import annotations

import datetime as dt

from pytest_productops.facts.history import History
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository, Unavailable

WINDOW = dt.timedelta(days=365)


@dataclass(frozen=True)
class Team(Fact):
    """Those who committed in the last 365 days; None where the history is not known."""

    people: frozenset[str] | None

    @classmethod
    def gather(cls, repository: Repository) -> Team:
        """Count them; never fails, for a rule may judge without."""
        try:
            return cls(repository[History].authors_since(repository.now - WINDOW))
        except Unavailable:
            return cls(None)

    @property
    def solo(self) -> bool:
        """Whether it is known that fewer than two people work here."""
        return self.people is not None and len(self.people) < 2  # noqa: PLR2004
