"""The words of the quality fact: a tool's setting, and a run of a tool by CI."""

from __future__ import annotations

from typing import Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Kind = Literal["style", "types"]


@dataclass(frozen=True)
class Setting:
    """A place that configures a linter, formatter or type checker."""

    tool: str
    location: Location


@dataclass(frozen=True)
class Run:
    """A tool that CI runs. `can_stop`: its failure fails the check of a change; `on_change`: a change meets it.

    `certain` is false where only a name tells (a target `lint` whose recipe cannot be read); `within` is the job.
    """

    tool: str
    kind: Kind
    location: Location
    text: str
    can_stop: bool
    on_change: bool
    certain: bool = True
    within: Location | None = None
