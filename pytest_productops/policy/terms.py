"""Terms: what a rule is judged by on one repository or component, as the settings have it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from pytest_productops.lazy import dataclass
from pytest_productops.model import LEVELS, Level, Rule

EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Terms:
    """A rule's options, and what becomes of its findings.

    `enforce_from` is the day from which they fail, `level` the highest level whose rules fail, `waivable` whether a
    waiver may accept one, `known` the baseline's keys with the day since when each is known.
    """

    options: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    enforce_from: datetime.date | None = None
    level: Level = "gold"
    waivable: bool = True
    known: Mapping[str, datetime.date] = field(default_factory=lambda: EMPTY)

    def advisory(self, rule: Rule, today: datetime.date) -> str:
        """Return why the rule's findings fail nothing today; nothing where they do."""
        if self.enforce_from and today < self.enforce_from:
            days = (self.enforce_from - today).days
            return f"a failure from {self.enforce_from} ({days} day{'s' if days > 1 else ''})"
        if LEVELS.index(rule.level) > LEVELS.index(self.level):
            return f"{rule.level}, above the level {self.level} that is asked for"
        return ""
