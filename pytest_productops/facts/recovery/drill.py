"""The restore drill: the task of the register that proves that a backup can be restored."""

from __future__ import annotations

from pytest_productops.facts.register import Register, Task
from pytest_productops.facts.register.runs import Runs, Status
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

_DRILL = regex(r"(?i)restor|disaster[- ]?recovery|\brecover|fail-?over|\bDR\b")


class RestoreDrill(Fact):
    """The tasks that restore a backup, and how each stands."""

    def __init__(self, register: Register, runs: Runs) -> None:
        self.register = register
        self._runs = runs

    @classmethod
    def gather(cls, repository: Repository) -> RestoreDrill:
        """Never fails."""
        return cls(repository[Register], repository[Runs])

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Those that restore, by name or title: making a backup proves nothing."""
        return tuple(task for task in self.register.tasks if _DRILL.search(f"{task.id} {task.title}"))

    def status(self, task: Task) -> Status:
        """Return how a task stands."""
        return self._runs.status(task)

    def how(self, task: Task) -> str:
        """Return how it is recorded."""
        return self._runs.how(task)
