"""The words of the coverage fact: a gate, and what the configurations say of gates."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_PERCENT = regex(r"^\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*$")


@dataclass(frozen=True)
class CoverageGate:
    """A threshold of test coverage. `percent` is None for a ratchet (coverage must not fall), 0 for none.

    `tool` tells what enforces it. `informational`: it reports and never fails.
    `enforced`: CI runs it where its failure stops a change; `ran` is that call as text. `reached`: CI runs it,
    if only for what is merged, and does not swallow its failure. `stated`: its number or kind is written in the
    repository, not left to a tool's default.
    """

    tool: str
    percent: float | None
    location: Location
    informational: bool = False
    enforced: bool = False
    ran: str = ""
    reached: bool = False
    stated: bool = True


def number(value: Any) -> float | None:
    """Return a percentage as a number, None where it is none."""
    match = _PERCENT.match(str(value))
    return float(match[1]) if match else None


@dataclass
class Configured:
    """What the configurations say. `always` are test runners that measure coverage without being asked."""

    gates: list[CoverageGate] = field(default_factory=list)
    unclear: list[Location] = field(default_factory=list)
    always: set[str] = field(default_factory=set)

    def add(
        self,
        tool: str,
        percent: float | None,
        location: Location,
        informational: bool = False,
        *,
        stated: bool = True,
    ) -> None:
        """Note a gate; one whose number cannot be read is unclear."""
        self.gates.append(CoverageGate(tool, percent, location, informational, stated=stated))


def line_of(text: str, pattern: str) -> int:
    """Return the line of a pattern's first match, 0 where it has none."""
    match = re.search(pattern, text)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def at(value: Any, *keys: str) -> Any:
    """Return what the keys lead to in nested mappings, None where they lead nowhere."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
