"""The words of the migrations: a step, and the chain that it is part of."""

from __future__ import annotations

import re

from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_STATED = regex(
    r"\birreversib\w*|\bnot (?:be )?(?:reversib\w*|undone|reversed|downgraded|rolled back|supported)|\bone[- ]way\b"
    r"|\bcan(?:no|')?t (?:be )?(?:undo\w*|revers\w+|revert\w*|restor\w+|downgrad\w+|roll\w*)|\bforward[- ]only\b"
    r"|\bno (?:downgrade|way back|going back|rollback|undo|reverse)\b|\bdestructive\b|\bno-?op\b"
    r"|\b(?:nothing|no need) to (?:undo|reverse|downgrade|roll)|\b(?:deliberate|intentional)\w*|\bon purpose\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Step:
    """One migration. `gap` says why it cannot be undone ("" where it can), `reason` what it says for that itself."""

    path: str
    location: Location
    gap: str = ""
    reason: str = ""

    @property
    def lacks(self) -> bool:
        """Whether it can neither be undone nor says why."""
        return bool(self.gap) and not self.reason


@dataclass(frozen=True)
class Chain:
    """The newest migrations of one folder, oldest first, and how many there are of all; `tool` names what runs them."""

    tool: str
    folder: str
    steps: tuple[Step, ...]
    total: int

    @property
    def lacking(self) -> tuple[Step, ...]:
        """Those that can neither be undone nor say why."""
        return tuple(step for step in self.steps if step.lacks)


def stated(text: str) -> str:
    """Return the line of a text that says that something is not undone on purpose, or nothing."""
    return next((line.strip() for line in text.split("\n") if _STATED.search(line)), "")
