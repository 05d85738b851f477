"""The agenda: every task and milestone of the register as it stands today, the most pressing first."""

from __future__ import annotations

import datetime
from typing import Literal

from pytest_productops.facts.formats.schema import Problem
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.cadence import Span
from pytest_productops.facts.register.milestones import Milestones
from pytest_productops.facts.register.model import Flaw, Milestone, OwnerGroup, Task
from pytest_productops.facts.register.runs import Runs, Status
from pytest_productops.facts.register.wording import how, named
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Repository

State = Literal["overdue", "unknown", "due", "ahead", "waiting", "scheduled", "met"]
"""overdue; not to be told; due today, or past that within its grace; due later; due with the next release; run by
a schedule; done, a milestone or the task of the newest release."""
PRESSING: tuple[State, ...] = ("overdue", "unknown", "due")


@dataclass(frozen=True)
class Entry:
    """A task or a milestone. `days` are those left until it is due, less than 0 those since then.

    `last` is the day on which a task was last done, or a milestone met, then by `by`. `start` is when a task
    that was never done began to count. `spelled` says how often it is due, and `how` how it is recorded.
    """

    what: Literal["task", "milestone"]
    id: str
    title: str
    kind: str
    stage: str
    owner: OwnerGroup
    state: State
    due: datetime.date | None
    days: int | None
    last: datetime.date | None
    start: datetime.date | None
    cadence: Span | None
    spelled: str
    procedure: str
    how: tuple[str, ...]
    location: Location
    by: str = ""
    refused: tuple[Flaw, ...] = ()
    unknown: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    @property
    def order(self) -> tuple[bool, datetime.date, str, str]:
        """What is overdue first, then by the day on which it is due, last what has none."""
        done = self.state == "met" or self.due is None
        return (
            self.state != "overdue",
            datetime.date.max if done or not self.due else self.due,
            self.what,
            self.id,
        )


@dataclass(frozen=True)
class Agenda:
    """What is due when: `path` is the register's ("" where there is none), `problems` its mistakes."""

    today: datetime.date
    path: str = ""
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    chosen: str = ""
    """What the entries were chosen by, in words; nothing where all are there."""

    @property
    def owners(self) -> tuple[OwnerGroup, ...]:
        """Who owns something on it, the most pressed first."""
        return tuple(dict.fromkeys(entry.owner for entry in self.entries))


def agenda(repository: Repository, most_late: int = 14) -> Agenda:
    """Return the whole agenda; records later than `most_late` days do not count, as for OPS002."""
    register, today = repository[Register], repository.now
    groups = {group.name: group for group in register.owners}
    runs, milestones = repository[Runs], repository[Milestones]
    found = [
        _of_task(task, runs.status(task, most_late=most_late), today, _group(groups, task.owner))
        for task in register.tasks
    ]
    found += [
        _of_milestone(each, milestones, most_late, today, _group(groups, each.owner))
        for each in register.milestones
    ]
    entries = tuple(sorted(found, key=lambda entry: entry.order))
    return Agenda(today, register.path, entries, register.problems)


def _group(groups: dict[str, OwnerGroup], name: str) -> OwnerGroup:
    return groups.get(name) or OwnerGroup(name, (), "", "", Location(""))


def _of_task(task: Task, status: Status, today: datetime.date, owner: OwnerGroup) -> Entry:
    due = status.due
    spelled = f"every {task.cadence}" if task.cadence else "once a release"
    return Entry(
        "task", task.id, task.title, task.kind, task.stage, owner, _state(status, today), due,
        (due - today).days if due else None, status.last, task.started, task.cadence, spelled, task.procedure,
        tuple(how(task.id, each) for each in task.evidence), task.location,
        refused=status.refused, unknown=status.unknown, flaws=status.flaws,
    )  # fmt: skip


def _state(status: Status, today: datetime.date) -> State:
    if status.unknown:
        return "unknown"
    if status.overdue:
        return "overdue"
    if status.met:
        return "met"
    if status.due is None:
        return "scheduled" if status.scheduled else "waiting"
    return "due" if status.due <= today else "ahead"


def _of_milestone(
    milestone: Milestone, milestones: Milestones, most_late: int, today: datetime.date, owner: OwnerGroup
) -> Entry:
    reached = milestones.reached(milestone, most_late=most_late)
    late = reached.late > 0
    ahead: State = "ahead" if milestone.due > today else "due"
    open_: State = "unknown" if late and reached.unknown else "overdue" if late else ahead
    return Entry(
        "milestone", milestone.id, milestone.title, "milestone", "", owner, "met" if reached.day else open_,
        milestone.due, (milestone.due - today).days, reached.day, None, None, "once", milestone.spec,
        tuple(how(milestone.id, each) for each in milestone.evidence), milestone.location,
        by=named(milestone.id, reached.evidence) if reached.evidence else "",
        unknown=reached.unknown, flaws=reached.flaws,
    )  # fmt: skip
