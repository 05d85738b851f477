"""The words of the register: task, evidence, owner, milestone, and what evidence shows."""

from __future__ import annotations

import datetime

from pytest_productops.facts.register.cadence import Span
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

MOST_GRACE = 14
"""Longest grace of a routine task that names none, in days."""
TRAILER = "Task-Done"
"""The trailer of evidence that names none."""


@dataclass(frozen=True)
class Evidence:
    """What shows that a task was done. `type` says which other fields count (`register.schema.json`)."""

    type: str
    location: Location
    path: str = ""
    date: str = ""
    fields: tuple[str, ...] = ()
    key: str = ""
    paths: tuple[str, ...] = ()
    authors: str = "any"
    pattern: str = ""


@dataclass(frozen=True)
class Task:
    """A task: done every `cadence`, or once a stable release where that is None."""

    id: str
    title: str
    kind: str
    stage: str
    owner: str
    started: datetime.date
    procedure: str
    evidence: tuple[Evidence, ...]
    location: Location
    cadence: Span | None = None
    grace: Span | None = None
    automated: bool = False
    rotate: int = 0

    def due(self, last: datetime.date) -> datetime.date:
        """Return when it is due again."""
        return self.cadence.after(last) if self.cadence else datetime.date.max

    def latest(self, due: datetime.date, last: datetime.date) -> datetime.date:
        """Return the last day on which it is not overdue: its grace later, a critical task none.

        By default a fifth of the cadence and at most 14 days; 14 days for what a release demands.
        """
        if self.grace:
            return self.grace.after(due)
        fifth = (due - last).days // 5 if self.cadence else MOST_GRACE
        days = 0 if self.kind == "critical" else min(fifth, MOST_GRACE)
        return due + datetime.timedelta(days=min(days, (datetime.date.max - due).days))


@dataclass(frozen=True)
class OwnerGroup:
    """Who owns tasks under a name."""

    name: str
    members: tuple[str, ...]
    contact: str
    escalate: str
    location: Location


@dataclass(frozen=True)
class Milestone:
    """Something due once."""

    id: str
    title: str
    owner: str
    due: datetime.date
    spec: str
    criteria: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    location: Location


@dataclass(frozen=True)
class Flaw:
    """Evidence that cannot count: `key` says how it is wrong."""

    key: str
    message: str
    location: Location
    fix: str


@dataclass(frozen=True)
class Shown:
    """Days on which a task was done, flaws, records that came too late, and whether a schedule sees to it."""

    days: tuple[datetime.date, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    refused: tuple[Flaw, ...] = ()
    scheduled: bool = False
