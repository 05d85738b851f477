"""The words of a definition of done: stage, criterion, check."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

KINDS = ("rule", "command", "threshold", "artifact", "approval", "task", "manual")
STAGES = ("plan", "build", "review", "test", "release", "deploy", "operate")


@dataclass(frozen=True)
class Check:
    """How a criterion is measured: `kind` is one of `KINDS`, `value` what it says, `extra` its other keys.

    A document has three kinds of its own: `code` and `link`, which name something of the repository, and
    `stated`, a number with its unit that a reader can check and we cannot.
    """

    kind: str
    value: Any
    location: Location
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), hash=False)


_PROPOSALS = (
    (regex(r"\b(?:coverage|percent|fast|performance|size)", re.IGNORECASE), "a threshold"),
    (regex(r"\b(?:tests?|tested|build|lint|types?)\b", re.IGNORECASE), "the command that shows it"),
    (regex(r"\b(?:review|approv|sign(?:ed)?[- ]?off)", re.IGNORECASE), "an approval: who, and how many"),
    (
        regex(r"\b(?:docs?\b|document|changelog|readme|notes|guide|written)", re.IGNORECASE),
        "a link to the artifact",
    ),
)
"""What a criterion speaks of -> the check that would fit it."""


@dataclass(frozen=True)
class Criterion:
    """What must be true; without checks nobody can tell whether it is."""

    id: str
    text: str
    location: Location
    checks: tuple[Check, ...] = ()

    @property
    def manual(self) -> bool:
        """Whether only a person can tell."""
        return bool(self.checks) and all(check.kind == "manual" for check in self.checks)

    @property
    def proposal(self) -> str:
        """A check that would fit it, in words."""
        return next((check for words, check in _PROPOSALS if words.search(self.text)), "a check")


@dataclass(frozen=True)
class Stage:
    """A stage and what must be true at its end, or why there is no such stage.

    `named`: it is called so; a document's heading that names no stage makes a "review".
    """

    id: str
    location: Location
    criteria: tuple[Criterion, ...] = ()
    doc: str = ""
    not_applicable: str = ""
    named: bool = True
