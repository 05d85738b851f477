"""What CI files name of their own repository and does not exist. Only what is certain is told.

A path that an earlier step may have made, that git ignores, that lies in a submodule or in another
repository's checkout is left alone, and so is one that never existed where steps ran before.
"""

from __future__ import annotations

from collections.abc import Iterable

from pytest_productops.facts.commands import Commands
from pytest_productops.facts.files import Files
from pytest_productops.facts.history import History
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.references.jobs import Checker
from pytest_productops.facts.pipelines.references.missing import Missing
from pytest_productops.facts.pipelines.references.model import Broken
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = ["Broken", "References"]


class References(Fact):
    """The broken references of all pipelines. `unsure` are those that only a full history could decide."""

    quick = True

    def __init__(
        self, broken: Iterable[Broken] = (), unsure: Iterable[Location] = (), *, read: bool = True
    ) -> None:
        self.broken = tuple(broken)
        self.unsure = tuple(unsure)
        self.read = read

    @classmethod
    def gather(cls, repository: Repository) -> References:
        """Check every reference; never fails."""
        pipelines = repository[Pipelines]
        missing = Missing(repository[Files], _history(repository))
        found = dict.fromkeys(Checker(pipelines, repository[Commands], missing).all())
        return cls(found, missing.unsure, read=bool(pipelines.pipelines or pipelines.problems))


def _history(repository: Repository) -> History | None:
    try:
        return repository[History]
    except Unavailable:
        return None
