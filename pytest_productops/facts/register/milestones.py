"""Milestones: whether what is due once is met, when, and by which of its evidence."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pytest_productops.facts.register.evidence import shown
from pytest_productops.facts.register.model import Evidence, Flaw, Milestone, Shown, Task
from pytest_productops.facts.register.past import FILES
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository, Unavailable

NO_EVIDENCE = "it names no evidence, so nothing can show that it is met: add `evidence`"
SCHEDULE = "a workflow's schedule shows no milestone: name a record, trailer, commit or tag"


@dataclass(frozen=True)
class Reached:
    """How a milestone stands: `day` is when it was met (None: not, as far as can be told), by `evidence`.

    `late` are the days by which it was met too late, or is late by now (0: in time). `unknown` says why it may
    be met all the same, where it is late.
    """

    day: datetime.date | None = None
    evidence: Evidence | None = None
    late: int = 0
    flaws: tuple[Flaw, ...] = ()
    unknown: tuple[str, ...] = ()


class Milestones(Fact):
    """The evidence of milestones, read when a milestone is asked for."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Milestones:
        """Never fails: what the evidence of a milestone needs and lacks is told with it."""
        return cls(repository)

    def reached(self, milestone: Milestone, *, most_late: int = 14) -> Reached:
        """Return how a milestone stands; a record committed more than `most_late` days after its day is none."""
        parts: list[tuple[Evidence, Shown]] = []
        unknown: dict[str, None] = {} if milestone.evidence else {NO_EVIDENCE: None}
        for evidence in milestone.evidence:
            try:
                parts.append((evidence, self._shown(milestone, evidence, most_late)))
            except Unavailable as error:
                unknown[str(error)] = None
        flaws = tuple(flaw for _, part in parts for flaw in part.flaws)
        met = min(_days(parts), key=lambda pair: pair[0], default=None)
        if met:
            return Reached(*met, max(0, (met[0] - milestone.due).days), flaws)
        late = max(0, (self._repository.now - milestone.due).days)
        return Reached(None, None, late, flaws, tuple(unknown) if late else ())

    def _shown(self, milestone: Milestone, evidence: Evidence, most_late: int) -> Shown:
        if evidence.type == "workflow":
            raise Unavailable(SCHEDULE)
        return shown(self._repository, _as_task(milestone), evidence, most_late)


def _days(parts: list[tuple[Evidence, Shown]]) -> Iterator[tuple[datetime.date, Evidence]]:
    """Yield the day that each evidence shows: the first, of records the newest, whose commit was looked at."""
    for evidence, part in parts:
        if part.days:
            yield (max if evidence.type in FILES else min)(part.days), evidence


def _as_task(milestone: Milestone) -> Task:
    """Return what its evidence is read for: a task that could be done on any day."""
    return Task(
        milestone.id, milestone.title, "routine", "release", milestone.owner, datetime.date.min,
        milestone.spec, milestone.evidence, milestone.location,
    )  # fmt: skip
