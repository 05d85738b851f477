"""The words of the drill: a step of day one, a command that is told there, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

PACE = 200
"""How many words a minute somebody reads who wants to remember them."""
RUNNABLE = ("setup", "test")
"""The steps that the drill can run."""

Ended = Literal["ok", "stop", "away", "na"]
"""How a step of the journey ends; `away`: it is told on another site, which nobody here reads."""
Outcome = Literal["passed", "failed", "timeout", "not-told", "not-run"]
"""How a step of the drill ends; `not-run`: nothing of it could be run, or an earlier step failed."""


@dataclass(frozen=True)
class Told:
    """A command that a document tells, its place, and what is known of it without running it.

    `missing` says why it cannot work here, "" where nothing speaks against it.
    """

    text: str
    location: Location
    missing: str = ""


@dataclass(frozen=True)
class Step:
    """A step of day one: where it is told, by which commands, and how it ends."""

    name: str
    ended: Ended
    said: str
    location: Location | None = None
    commands: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Journey:
    """Day one, as the documents tell it; `words` is how many there are to read."""

    name: str
    steps: tuple[Step, ...]
    documents: tuple[str, ...]
    words: int

    @property
    def stopped(self) -> int:
        """How many times a newcomer is stopped."""
        return sum(step.ended == "stop" for step in self.steps)

    @property
    def minutes(self) -> int:
        """How long the documents take to read."""
        return -(-self.words // PACE)


@dataclass(frozen=True)
class Unit:
    """A complete command of a document, and the step that it is for.

    It may go over several lines. `skip` says why it is not run, "" where it is.
    """

    text: str
    location: Location
    step: str = ""
    skip: str = ""


@dataclass(frozen=True)
class Plan:
    """What is run: the units in order, those that are not run among them, and the steps that are not told.

    `untold` is step -> why, `away` step -> the other site where it is told. `url` is the address that the documents
    clone from, `image` the container for the toolchain, `python` what the manifest demands of Python ("" any), None
    where it is no Python project.
    """

    name: str
    units: tuple[Unit, ...]
    untold: Mapping[str, str] = field(default_factory=dict)
    away: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    image: str = ""
    python: str | None = None

    def of(self, step: str) -> tuple[Unit, ...]:
        """Return the units of a step."""
        return tuple(unit for unit in self.units if unit.step == step)


@dataclass(frozen=True)
class Ran:
    """A unit and what became of it: its status, seconds, and the end of its output.

    The status is None where it was killed, or not reached.
    """

    unit: Unit
    reached: bool = False
    status: int | None = None
    seconds: float = 0.0
    output: str = ""


@dataclass(frozen=True)
class Rehearsed:
    """A step that was to be run: how it ended, how long it took, and what its documents should say."""

    name: str
    outcome: Outcome
    said: str
    commands: tuple[Ran, ...] = ()
    advice: str = ""

    @property
    def seconds(self) -> float:
        """How long it took."""
        return sum(each.seconds for each in self.commands)

    @property
    def failing(self) -> Ran | None:
        """The command that it ended with."""
        ended = [each for each in self.commands if each.reached and each.status != 0]
        return ended[0] if ended else None


@dataclass(frozen=True)
class Rehearsal:
    """A drill that was run: where, its steps, and what is to be remarked.

    `changed` are the files of the checkout that changed meanwhile.
    """

    name: str
    place: str
    steps: tuple[Rehearsed, ...]
    notes: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def stopped(self) -> int:
        """How many times a newcomer is stopped."""
        return sum(step.outcome in {"failed", "timeout", "not-told"} for step in self.steps)

    @property
    def passed(self) -> bool:
        """Whether every step that is told was run to its end, at least one was, and the checkout is as before."""
        ran = any(step.outcome == "passed" for step in self.steps)
        return ran and not self.stopped and not self.changed
