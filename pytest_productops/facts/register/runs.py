"""Runs: when the tasks of the register were done, and whether they are on time."""

from __future__ import annotations

import datetime
import re
from functools import cached_property

from pytest_productops.facts.history import History
from pytest_productops.facts.register import Task
from pytest_productops.facts.register.evidence import SKEW, shown
from pytest_productops.facts.register.model import Flaw, Shown
from pytest_productops.facts.register.wording import how
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository, Unavailable

STABLE = regex(r"(?:^|[-/@_])(?:v|release-)?\d+(?:\.\d+)+(?:\.post\d+)?(?:\+[\w.]+)?$", re.IGNORECASE)
"""A tag of a version that is no pre-release."""


@dataclass(frozen=True)
class Status:
    """How a task stands.

    `last` is when it was last done, `due` when the period ends, `overdue` the days since then (0: on time).
    `unknown` says what could not be looked at and may hold newer evidence, `refused` which records came so late
    that they do not count.
    `scheduled` says that a workflow runs it, so that it is due on no day, `met` that it was done for the newest
    release.
    """

    last: datetime.date | None = None
    due: datetime.date | None = None
    overdue: int = 0
    flaws: tuple[Flaw, ...] = ()
    refused: tuple[Flaw, ...] = ()
    unknown: tuple[str, ...] = ()
    scheduled: bool = False
    met: bool = False


class Runs(Fact):
    """The evidence of tasks, read when a task is asked for."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self.today = repository.now

    @classmethod
    def gather(cls, repository: Repository) -> Runs:
        """Never fails: what the evidence of a task needs and lacks, its status tells."""
        return cls(repository)

    def status(self, task: Task, *, most_late: int = 14) -> Status:
        """Return how a task stands; a record committed more than `most_late` days after its day is none."""
        parts, unknown = self._parts(task, most_late)
        flaws = tuple(flaw for part in parts for flaw in part.flaws)
        refused = tuple(flaw for part in parts for flaw in part.refused)
        last = max((day for part in parts for day in part.days), default=None)
        if any(part.scheduled for part in parts):
            return Status(last, flaws=flaws, refused=refused, scheduled=True)
        try:
            due, overdue, met = (
                self._on_release(task, last) if task.cadence is None else self._periodic(task, last)
            )
        except Unavailable as error:
            return Status(last, flaws=flaws, refused=refused, unknown=(*unknown, str(error)))
        return Status(last, due, overdue, flaws, refused, unknown if overdue else (), met=met)

    def how(self, task: Task) -> str:
        """Return how the task is to be recorded."""
        return ", or ".join(how(task.id, evidence) for evidence in task.evidence)

    def _parts(self, task: Task, most_late: int) -> tuple[list[Shown], tuple[str, ...]]:
        parts: list[Shown] = []
        unknown: dict[str, None] = {}
        for evidence in task.evidence:
            try:
                parts.append(shown(self._repository, task, evidence, most_late))
            except Unavailable as error:
                unknown[str(error)] = None
        return parts, tuple(unknown)

    def _periodic(self, task: Task, last: datetime.date | None) -> tuple[datetime.date, int, bool]:
        """Return when it is due, how many days late it is, and that it is never done for good."""
        start = max(last or task.started, task.started)
        due = task.due(start)
        return due, (self.today - due).days if self.today > task.latest(due, start) else 0, False

    def _on_release(self, task: Task, last: datetime.date | None) -> tuple[datetime.date | None, int, bool]:
        """Judge by the newest stable release: the task is due with it, counted from the one before."""
        releases = [day for day in self._releases if day >= task.started]
        if not releases:
            return None, 0, False
        due = releases[-1]
        before = max((day for day in releases if day < due), default=task.started - SKEW)
        done = last is not None and last > before
        late = not done and self.today > task.latest(due, due)
        return due, (self.today - due).days if late else 0, done

    @cached_property
    def _releases(self) -> tuple[datetime.date, ...]:
        """The days of the stable releases, oldest first."""
        tags = self._repository[History].tags
        return tuple(tag.day for tag in tags if STABLE.search(tag.name) and tag.day <= self.today + SKEW)
