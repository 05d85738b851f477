"""Updates: what proposes newer versions of dependencies, and what each of them watches."""

from __future__ import annotations

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.updates import dependabot, others, renovate
from pytest_productops.facts.updates.model import Updater, Watch
from pytest_productops.repository import Fact, Repository

__all__ = ["Updater", "Updates", "Watch"]


class Updates(Fact):
    """The updaters of a repository: those with settings in the tree, then jobs by schedule."""

    def __init__(self, found: tuple[Updater, ...] = ()) -> None:
        self.all = found

    @classmethod
    def gather(cls, repository: Repository) -> Updates:
        """Read them; never fails."""
        files = repository[Files]
        settings = (*dependabot.read(files), *renovate.read(files), *others.configured(files))
        return cls((*settings, *others.scheduled(repository[Pipelines])))

    @property
    def working(self) -> tuple[Updater, ...]:
        """Those whose settings can be read."""
        return tuple(each for each in self.all if not each.problem)

    @property
    def broken(self) -> tuple[Updater, ...]:
        """Those whose settings cannot be read."""
        return tuple(each for each in self.all if each.problem)
