"""The word of the coverage fact: a gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PERCENT = regex(r"^\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*$")


@dataclass(frozen=True)
class CoverageGate:
    """A threshold of test coverage. `percent` is None for a ratchet (coverage must not fall), 0 for none.

    `tool` tells what enforces it. `informational`: it reports and never fails.
    `enforced`: CI runs it where its failure stops a change; `ran` is that call as text.
    """

    tool: str
    percent: float | None
    location: Location
    informational: bool = False
    enforced: bool = False
    ran: str = ""


def number(value: Any) -> float | None:
    """Return a percentage as a number, None where it is none."""
    match = _PERCENT.match(str(value))
    return float(match[1]) if match else None
