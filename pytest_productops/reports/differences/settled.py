"""Why a finding that is in both reports ended otherwise: each thing that decides it is changed alone, then tried.

What decides is what `gate.settling` looks at: the waiver and the baseline, the terms, the rule's level, the day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pytest_productops.lazy import dataclass
from pytest_productops.model import LEVELS
from pytest_productops.reports.differences.given import Given
from pytest_productops.reports.differences.model import UNTOLD, Cause, Reason, Why
from pytest_productops.reports.differences.reading import Side
from pytest_productops.reports.plain import Plain


@dataclass(frozen=True)
class Case:
    """All that decides how a finding ends. `until` is a waiver's last day, `known` whether the baseline has it."""

    day: datetime.date
    enforce_from: str
    asked: str
    waivable: bool
    most_days: int
    level: str
    until: str = ""
    known: bool = False

    @property
    def outcome(self) -> str:
        """How the finding ends."""
        if self.covered:
            return "waived"
        if self.known:
            return "baselined"
        later = self.enforce_from and self.day < datetime.date.fromisoformat(self.enforce_from)
        above = LEVELS.index(self.level) > LEVELS.index(self.asked)
        return "advisory" if later or above else "fail"

    @property
    def covered(self) -> bool:
        """Whether the waiver holds."""
        return self.waivable and bool(self.until) and 0 <= self.left <= self.most_days

    @property
    def left(self) -> int:
        """How many days the waiver has left."""
        return (datetime.date.fromisoformat(self.until) - self.day).days

    @property
    def ended(self) -> bool:
        """Whether the waiver is over."""
        return bool(self.until) and self.left < 0


def of_outcome(given: Given, results: tuple[Plain, Plain], was: Plain, now: Plain) -> Why:
    """Say why a finding of a rule with these results ended otherwise."""
    telling = _Telling(given, results[0]["rule"], was, now)
    befores = list(_cases(given.old, results[0], was, now))
    afters = list(_cases(given.new, results[1], now, was))
    found = [_decided(telling, old, new) for old, new in _likely(given, befores, afters)]
    reasons = tuple(dict.fromkeys(reason for why in found for reason in why.reasons))
    return Why(reasons or (UNTOLD,), jointly=bool(reasons) and all(why.jointly for why in found))


def of_renewal(given: Given, was: Plain, now: Plain) -> Why:
    """Say why a finding is accepted until another day than before."""
    return Why((_Telling(given, "", was, now).waiver(),))


def _cases(side: Side, result: Plain, finding: Plain, other: Plain) -> Iterator[Case]:
    """Yield what may have been the case; a report does not name a waiver that could not hold, `other` may do."""
    rule, own = side.rules[result["rule"]], result["options"]
    until = (finding["accepted"] or {}).get("until", "")
    case = Case(
        day=side.day,
        enforce_from=own.get("enforce-from", rule["enforce_from"]) or "",
        asked=side.config["level"],
        waivable=own.get("waivable", rule["waivable"]),
        most_days=side.value("max-waiver-days") or 0,
        level=rule["level"],
        until=until,
        known=finding["outcome"] == "baselined",
    )
    elsewhere = (other["accepted"] or {}).get("until", "")
    hidden = replace(case, until=elsewhere or until)
    covered_too = replace(case, known=True) if other["outcome"] == "baselined" else case
    told = hidden.waivable and hidden.ended and not hidden.known
    for each in dict.fromkeys((case, covered_too, *(() if told or until else (hidden,)))):
        if each.outcome == finding["outcome"]:
            yield each


def _likely(given: Given, befores: list[Case], afters: list[Case]) -> list[tuple[Case, Case]]:
    """Return the pairs to look at; where the repository is the same, so are its waivers and its baseline."""
    pairs = [(old, new) for old in befores for new in afters]
    if given.repository or given.outside:
        return pairs
    path = "baseline" in given.keys
    alike = [(old, new) for old, new in pairs if old.until == new.until and (path or old.known == new.known)]
    return alike or pairs


def _decided(telling: _Telling, old: Case, new: Case) -> Why:
    """Return the parts each of which alone makes the old case end as the new one, else those that are needed."""
    parts = [part for part in _PARTS if any(getattr(old, n) != getattr(new, n) for n in part)]
    alone = [part for part in parts if _with(old, new, part).outcome == new.outcome]
    needed = alone or [part for part in parts if _with(new, old, part).outcome != new.outcome]
    return Why(tuple(telling.reason(part, old, new) for part in needed), jointly=not alone)


def _with(case: Case, other: Case, part: tuple[str, ...]) -> Case:
    values: dict[str, Any] = {name: getattr(other, name) for name in part}
    return replace(case, **values)


_PARTS: tuple[tuple[str, ...], ...] = (
    ("level",),
    ("enforce_from",),
    ("asked",),
    ("waivable",),
    ("most_days",),
    ("until", "known"),
    ("day",),
)


class _Telling:
    """How a part is told: its cause and the words."""

    def __init__(self, given: Given, code: str, was: Plain, now: Plain) -> None:
        self.given, self.code = given, code
        self.was, self.now = was["accepted"] or {}, now["accepted"] or {}

    def reason(self, part: tuple[str, ...], old: Case, new: Case) -> Reason:
        """Return what a part is as a reason."""
        keys = {
            "enforce_from": f"rules.{self.code}.enforce-from",
            "asked": "level",
            "waivable": f"rules.{self.code}.waivable",
            "most_days": "max-waiver-days",
        }
        if part == ("level",):
            return Reason("rule", f"{self.code} is {new.level}, was {old.level}")
        if part == ("day",):
            return Reason("clock", self._clock(old, new))
        if part == ("until", "known"):
            return self.waiver()
        return next(self.given.of_keys([keys[part[0]]]), Reason("policy"))

    def _clock(self, old: Case, new: Case) -> str:
        if old.outcome == "waived":
            return f"the waiver ended {old.until}"
        if new.outcome == "waived":
            return f"the waiver until {new.until} holds from {new.most_days} days before its end"
        days = (day for day in (old.enforce_from, new.enforce_from) if str(old.day) < day <= str(new.day))
        return next((f"enforced from {day}" for day in days), "")

    def waiver(self) -> Reason:
        """Tell of what accepts: it began, was removed, or has another last day."""
        if "baseline" in self.given.keys and "baseline" in {self.was.get("by"), self.now.get("by")}:
            return next(self.given.of_keys(["baseline"]))
        cause: Cause = "waiver"
        if self.was.get("until") and self.now.get("until"):
            return Reason(cause, f"until {self.was['until']} -> {self.now['until']}, {self.now['owner']}")
        if self.now:
            return Reason(cause, _said(self.now))
        return Reason(cause, f"removed, {_said(self.was)}")


def _said(accepted: Plain) -> str:
    if accepted["by"] == "baseline":
        return f"known in the baseline since {accepted['since']}"
    return f"until {accepted['until']}, {accepted['owner']}: {accepted['reason']}"
