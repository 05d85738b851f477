"""The words of the engine: rule, finding, outcome, verdict, report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pytest_productops.edits import Edit, Safety
from pytest_productops.manual import Manual
from pytest_productops.repository import Fact

Stage = Literal["plan", "build", "review", "test", "release", "deploy", "operate"]
Level = Literal["bronze", "silver", "gold"]
LEVELS: tuple[Level, ...] = ("bronze", "silver", "gold")
"""From the first to the last: what is written is true; the process is enforced; it survives people and time."""
Direction = Literal["more", "less", ""]
"""Which way an option gets stricter: see `declaration.More` and `Less`; "" where it has no such way."""
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


class Accepted(NamedTuple):
    """What accepts a finding: a waiver until the end of `day`, or an entry of the baseline since `day`."""

    by: Literal["waiver", "baseline"]
    day: datetime.date
    owner: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Settled:
    """A finding with what the policy makes of it: fail, advisory, waived or baselined, and why.

    `accepted` is what accepts it; of one that fails or is advisory the waiver that did until it ended.
    """

    finding: Finding
    outcome: Outcome = Outcome.FAIL
    why: str = ""
    accepted: Accepted | None = None


@dataclass(frozen=True)
class Option:
    """A rule's option: its default, the JSON Schema (draft 07) of its values, and which way it gets stricter."""

    name: str
    default: Any
    schema: Mapping[str, Any]
    stricter: Direction = ""


@dataclass(frozen=True)
class Fixer:
    """A function from a finding, facts and options of its rule to the edits that mend it; none where it cannot.

    `needs` and `options` are read off its parameters as those of a rule; `title` says what it does.
    """

    safety: Safety
    title: str
    make: Callable[..., Iterable[Edit]]
    needs: tuple[type[Fact], ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A documented pure function from facts and options to findings.

    `check(fact, ..., option=...)` may be called with plain values. `needs` are the facts of its positional
    parameters, `options` its keyword-only ones. `profiles` are the smallest profiles that hold it, `outside` those
    that leave it out all the same, and `demands` the options that a profile sets: {profile: {option: value}}.
    `fixers` are added by `declaration.fixes`; the first that knows what to do mends a finding.
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
    outside: tuple[str, ...] = ()
    demands: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fixers: list[Fixer] = field(default_factory=list, compare=False)

    @property
    def quick(self) -> bool:
        """Whether a commit can wait for it: all that it needs is quick."""
        return all(fact.quick for fact in self.needs)

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
    """What one rule says of one repository (or of one `component` of it); `evidence` is what a pass rests on.

    `options` are those that it was judged by, `looked_at` what else than the repository: day, settings.
    """

    rule: Rule
    outcome: Outcome
    findings: tuple[Settled, ...] = ()
    reason: str = ""
    component: str = ""
    traceback: str = ""
    evidence: tuple[Evidence, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    looked_at: frozenset[str] = frozenset()

    @property
    def subject(self) -> str:
        """What was judged, as `subject` says it."""
        return subject(self.rule, self.component)


@dataclass(frozen=True)
class Stale:
    """A waiver or an entry of the baseline that covers nothing any more.

    `of` names the item, `waivers` or `baseline`; `outcome` is fail in CI, advisory elsewhere.
    """

    of: str
    key: str
    message: str
    location: Location | None = None
    fix: str = ""
    outcome: Outcome = Outcome.ADVISORY


class PolicyUsed(NamedTuple):
    """A shared policy that settings extend: its name, its version ("" for a file), and the sha256 of its text."""

    name: str
    version: str
    digest: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.version, self.digest[:19]) if part)


@dataclass(frozen=True)
class Policy:
    """What a repository was judged by, as far as a report tells.

    `level` is the level asked for: findings of rules above it are advisory. `digest` is the sha256 of everything
    that was resolved: rules, options and terms, but neither waivers nor baseline nor the clock.
    """

    profiles: tuple[str, ...] = ("default",)
    level: Level = "gold"
    unknown_fails: bool = False
    source: str = ""
    digest: str = ""
    extends: tuple[PolicyUsed, ...] = ()

    @property
    def profile(self) -> str:
        """The profiles in one word or two."""
        return " + ".join(self.profiles)


@dataclass(frozen=True)
class Report:
    """The verdicts on one repository, in the order of the catalogue; plain data.

    `level` says which one is reached (nothing where only a part was asked). `notes` announce, such as a waiver that
    ends soon.
    """

    name: str
    policy: Policy = field(default_factory=Policy)
    verdicts: tuple[Verdict, ...] = ()
    stale: tuple[Stale, ...] = ()
    notes: tuple[str, ...] = ()
    level: str = ""

    def count(self, *outcomes: Outcome) -> int:
        """Return how many rules ended so."""
        return sum(verdict.outcome in outcomes for verdict in self.verdicts)

    @property
    def judged(self) -> int:
        """How many rules could judge: neither unknown nor crashed."""
        return len(self.verdicts) - self.count(*UNJUDGED)

    @property
    def passed(self) -> bool:
        """Whether the gate passes: nothing failed or crashed, nothing is stale in CI, and something was judged."""
        bad = [Outcome.FAIL, Outcome.ERROR, *([Outcome.UNKNOWN] if self.policy.unknown_fails else [])]
        stale = any(each.outcome is Outcome.FAIL for each in self.stale)
        return not self.count(*bad) and not stale and self.judged > 0
