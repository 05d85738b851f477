"""The words of the engine: rule, finding, outcome, verdict, report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pytest_productops.manual import Manual
from pytest_productops.repository import Fact

Stage = Literal["plan", "build", "review", "test", "release", "deploy", "operate"]
Level = Literal["bronze", "silver", "gold"]
RESPONSIBILITIES: Mapping[str, str] = MappingProxyType(
    {
        "ONB": "onboarding",
        "SUP": "support",
        "DEV": "development",
        "PRA": "practices",
        "OPS": "operations",
        "REP": "repeatability",
    }
)
CODE = re.compile(r"^[A-Z]{2,8}\d{3}$")
Check = Callable[..., "Iterable[Finding | Evidence] | None"]
"""A rule yields its findings, and may yield what a pass rests on."""


class InvalidRule(ValueError):
    """A rule is declared wrongly; the message names it and says what to change."""


class NotApplicable(Exception):
    """A rule has nothing to judge here. The text is the reason."""


class Location(NamedTuple):
    """A place in the repository: a path relative to its root with `/`, and a line from 1 (0: the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True)
class Evidence:
    """A further place that a finding rests on, and what is to be seen there."""

    location: Location
    note: str = ""

    def __str__(self) -> str:
        return f"{self.location}  {self.note}".rstrip()


@dataclass(frozen=True)
class Finding:
    """One violation.

    `key` is stable: it says *what* is wrong (`setup`, `CONTRIBUTING.md#make docs`), never a line number.
    `message` says what was promised and what is true; `fix` what to do.
    """

    key: str
    message: str
    location: Location | None = None
    fix: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def order(self) -> tuple[Location, str, str]:
        """What findings are sorted by: place, then key."""
        return self.location or Location(""), self.key, self.message


class Outcome(str, Enum):
    """What became of a rule, or of one of its findings."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    FAIL = "fail"
    ADVISORY = "advisory"
    WAIVED = "waived"
    BASELINED = "baselined"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"
    ERROR = "error"


UNJUDGED = frozenset({Outcome.UNKNOWN, Outcome.ERROR})
"""How a rule ends that could not judge; not applicable is a judgement."""


@dataclass(frozen=True)
class Settled:
    """A finding with what the policy makes of it: fail, advisory, waived or baselined, and why."""

    finding: Finding
    outcome: Outcome = Outcome.FAIL
    why: str = ""


@dataclass(frozen=True)
class Option:
    """A rule's option: its default and the JSON Schema (draft 07) of its values."""

    name: str
    default: Any
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Rule:
    """A documented pure function from facts and options to findings.

    `check(fact, ..., option=...)` may be called with plain values. `needs` are the facts of its positional
    parameters, `options` its keyword-only ones. `profiles` are the smallest profiles that hold it.
    """

    code: str
    name: str
    check: Check
    needs: tuple[type[Fact], ...]
    options: Mapping[str, Option]
    manual: Manual
    stage: Stage
    level: Level
    responsibility: str
    profiles: tuple[str, ...]

    @property
    def module(self) -> str:
        """Where it is declared, for messages."""
        return self.check.__module__

    def with_defaults(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return its options: the defaults below what is given, TOML's lists as tuples."""
        defaults = {option.name: option.default for option in self.options.values()}
        return defaults | {name: tuple(v) if isinstance(v, list) else v for name, v in given.items()}


def subject(rule: Rule, component: str) -> str:
    """Return the rule's code, with the component in front: `packages/api::ONB003`."""
    return f"{component}::{rule.code}" if component else rule.code


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one repository (or of one `component` of it); `evidence` is what a pass rests on."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Settled, ...] = ()
    reason: str = ""
    component: str = ""
    traceback: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def subject(self) -> str:
        """What was judged, as `subject` says it."""
        return subject(self.rule, self.component)


@dataclass(frozen=True)
class Report:
    """The verdicts on one repository, in the order of the catalogue; plain data, with no clock and no place."""

    name: str
    profile: str
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def count(self, *outcomes: Outcome) -> int:
        """Return how many rules ended so."""
        return sum(verdict.outcome in outcomes for verdict in self.verdicts)

    @property
    def judged(self) -> int:
        """How many rules could judge: neither unknown nor crashed."""
        return len(self.verdicts) - self.count(*UNJUDGED)

    @property
    def passed(self) -> bool:
        """Whether the gate passes: nothing failed or crashed, and at least one rule could judge."""
        return not self.count(Outcome.FAIL, Outcome.ERROR) and self.judged > 0
