"""A waiver, what it covers, and until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from pytest_productops.facts.documents import plain
from pytest_productops.facts.globs import fits
from pytest_productops.facts.substance import lack, words
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Finding, Location, Rule
from pytest_productops.repository import Fact

MAX_DAYS = 180
"""How many days ahead a waiver may end, unless the settings say otherwise."""
LEAST_WORDS = 3
"""Words of a reason that another person can follow."""
_DAY = regex(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Waiver:
    """A failing rule or finding, accepted by `owner` for a `reason` until the end of `expires` (UTC).

    `rule` is a code or a name. `subject` is a glob of paths or of finding keys; empty, it means all the rule's
    findings. `lines` are the first and the last line that one in a comment covers, in the file of its `location`;
    `believed` those of them that it covered before the change that is judged, where that is asked.
    """

    rule: str
    reason: str
    owner: str
    expires: datetime.date
    subject: str = ""
    location: Location | None = None
    lines: tuple[int, int] | None = None
    believed: frozenset[int] | None = None

    @property
    def name(self) -> str:
        """What it is called in messages: the rule and what of it: `ONB003 legacy/**`."""
        place = self.location.path if self.location and self.lines else ""
        return f"{self.rule} {self.subject or place}".strip()

    def covers(self, rule: Rule, finding: Finding) -> bool:
        """Whether it speaks of this finding of a rule."""
        if self.rule.lower() not in {rule.code.lower(), rule.name}:
            return False
        path, line = finding.location or Location("")
        if self.location and self.lines:
            return path == self.location.path and (not line or self._spans(line))
        return not self.subject or fits(path, self.subject) or fits(finding.key, self.subject)

    def _spans(self, line: int) -> bool:
        first, last = self.lines or (0, -1)
        return first <= line <= last and (self.believed is None or line in self.believed)

    def holds(self, today: datetime.date, max_days: int = MAX_DAYS) -> bool:
        """Whether its last day is not over, and not more than `max_days` ahead; there is no grace."""
        return 0 <= (self.expires - today).days <= max_days

    def __str__(self) -> str:
        return f"until {self.expires}, {self.owner}: {self.reason}"


@dataclass(frozen=True)
class Ignored:
    """A rule that the settings leave out, by code or name, and why."""

    rule: str
    reason: str
    location: Location


@dataclass(frozen=True)
class Broken:
    """A comment that means to waive `rule` (as written) and cannot: what is wrong, and what to write."""

    location: Location
    message: str
    hint: str
    rule: str = ""

    @property
    def name(self) -> str:
        """What it is called in messages, as a waiver is."""
        return f"{self.rule} {self.location.path}".strip()


class Accepting(Fact):
    """Waivers, asked about a finding. `max_days` is how far ahead one may end and hold."""

    all: tuple[Waiver, ...]
    max_days: int

    def holding(self, today: datetime.date) -> Iterator[Waiver]:
        """Yield those that hold today."""
        return (each for each in self.all if each.holds(today, self.max_days))

    def accept(self, rule: Rule, finding: Finding, today: datetime.date) -> Waiver | None:
        """Return the waiver that a finding falls under today."""
        return next((each for each in self.holding(today) if each.covers(rule, finding)), None)

    def ended(self, rule: Rule, finding: Finding, today: datetime.date) -> Waiver | None:
        """Return the waiver that a finding fell under until lately: the last to end of those that are over."""
        over = (each for each in self.all if each.expires < today and each.covers(rule, finding))
        return max(over, key=lambda each: each.expires, default=None)


def day(written: object) -> datetime.date | None:
    """Return a date, or a text like 2027-01-31 as one; None for all else."""
    if isinstance(written, datetime.date) and not isinstance(written, datetime.datetime):
        return written
    try:
        return datetime.date.fromisoformat(str(written)) if _DAY.fullmatch(str(written)) else None
    except ValueError:
        return None


def unexplained(reason: str) -> bool:
    """Whether a reason says nothing to another person: a stand-in, or a word or two."""
    text = plain.read("", reason)
    return bool(lack(text)) or words(text) < LEAST_WORDS
