"""The words of the engine: rule, finding, outcome, verdict, report."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pytest_productops import manual
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
Check = Callable[..., "Iterable[Finding] | None"]


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

    def defaults(self) -> dict[str, Any]:
        """Return its options at their defaults."""
        return {option.name: option.default for option in self.options.values()}


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one repository (or of one `component` of it)."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Settled, ...] = ()
    reason: str = ""
    component: str = ""
    traceback: str = ""

    @property
    def subject(self) -> str:
        """The rule's code, with the component in front: `packages/api::ONB003`."""
        return f"{self.component}::{self.rule.code}" if self.component else self.rule.code


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
        return len(self.verdicts) - self.count(Outcome.UNKNOWN, Outcome.ERROR)

    @property
    def passed(self) -> bool:
        """Whether the gate passes: nothing failed or crashed, and at least one rule could judge."""
        return not self.count(Outcome.FAIL, Outcome.ERROR) and self.judged > 0


def rule(
    code: str,
    *,
    stage: Stage,
    level: Level,
    profiles: tuple[str, ...] = ("default",),
    responsibility: str = "",
) -> Callable[[Check], Rule]:
    """Make a function a rule, named after the function.

    Positional parameters are annotated with facts, keyword-only ones are options with typed defaults.
    `responsibility` follows from the code's letters for the six families and must be given for others.
    Raises `InvalidRule` or `IncompleteManual` at import, so that a wrong rule never runs.
    """

    def declare(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        owner = f"{code} {name} ({check.__module__})"
        needs, options = _signature(check, owner)
        text = manual.read(check.__doc__, owner)
        family = responsibility or RESPONSIBILITIES.get(code.rstrip("0123456789"), "")
        problem = _problem(code, stage, level, family, text, options)
        if problem:
            raise InvalidRule(f"{owner}: {problem}")
        return Rule(code, name, check, needs, options, text, stage, level, family, profiles)

    return declare


def _problem(
    code: str, stage: str, level: str, family: str, text: Manual, options: Mapping[str, Option]
) -> str:
    """Return what is wrong with a rule's declaration, or nothing."""
    if not CODE.match(code):
        return "a code is two to eight capital letters and three digits, as in ACME001"
    if family not in RESPONSIBILITIES.values():
        return f"responsibility must be one of {', '.join(RESPONSIBILITIES.values())}"
    if stage not in get_args(Stage) or level not in get_args(Level):
        return f"stage is one of {', '.join(get_args(Stage))}; level of {', '.join(get_args(Level))}"
    if set(text.options) != set(options):
        return f"section Options describes {sorted(text.options)}, the options are {sorted(options)}"
    return ""


def _signature(check: Check, owner: str) -> tuple[tuple[type[Fact], ...], dict[str, Option]]:
    """Read needs and options off a function's parameters."""
    try:
        hints = typing.get_type_hints(check)
    except NameError as error:
        raise InvalidRule(
            f"{owner}: {error}; import what the signature names outside TYPE_CHECKING"
        ) from error
    needs: list[type[Fact]] = []
    options: dict[str, Option] = {}
    for parameter in inspect.signature(check).parameters.values():
        hint = hints.get(parameter.name)
        if parameter.kind is parameter.KEYWORD_ONLY:
            options[parameter.name] = _option(parameter, hint, owner)
        elif isinstance(hint, type) and issubclass(hint, Fact):
            needs.append(hint)
        else:
            raise InvalidRule(f"{owner}: parameter {parameter.name!r} must be annotated with a fact")
    return tuple(needs), options


def _option(parameter: inspect.Parameter, hint: Any, owner: str) -> Option:
    if parameter.default is parameter.empty:
        raise InvalidRule(f"{owner}: option {parameter.name!r} has no default")
    try:
        return Option(parameter.name, parameter.default, option_schema(hint))
    except KeyError as error:
        raise InvalidRule(f"{owner}: option {parameter.name!r} has a type that TOML cannot hold") from error


_PLAIN = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
}


def option_schema(hint: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type: bool, int, float, str, a Literal, or `tuple[T, ...]` of those.

    Raises KeyError for any other.
    """
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": option_schema(get_args(hint)[0])}
    return dict(_PLAIN[hint])
