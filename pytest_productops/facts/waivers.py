"""What a person has accepted for a time: waivers, and the rules that the settings leave out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pytest_productops.facts.documents import plain
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import toml
from pytest_productops.facts.substance import lack, words
from pytest_productops.lazy import dataclass
from pytest_productops.model import Finding, Location, Rule
from pytest_productops.repository import Fact, Repository

PLACES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("productops.toml", ()),
    ("pyproject.toml", ("tool", "productops")),
)
"""The files of settings, and the key path of their table."""
LEAST_WORDS = 3
"""Words of a reason that another person can follow."""


@dataclass(frozen=True)
class Waiver:
    """A failing rule or finding, accepted by `owner` for a `reason` until the end of `expires` (UTC).

    `rule` is a code or a name. `subject` is a glob of paths or of finding keys; empty, it means all the rule's
    findings.
    """

    rule: str
    reason: str
    owner: str
    expires: datetime.date
    subject: str = ""
    location: Location | None = None

    def covers(self, rule: Rule, finding: Finding) -> bool:
        """Whether it speaks of this finding of a rule."""
        if self.rule.lower() not in {rule.code.lower(), rule.name}:
            return False
        path = finding.location.path if finding.location else ""
        return not self.subject or fnmatchcase(path, self.subject) or fnmatchcase(finding.key, self.subject)

    def holds(self, today: datetime.date) -> bool:
        """Whether its last day is not over; there is no grace."""
        return today <= self.expires

    def __str__(self) -> str:
        return f"until {self.expires}, {self.owner}: {self.reason}"


@dataclass(frozen=True)
class Ignored:
    """A rule that the settings leave out, by code or name, and why."""

    rule: str
    reason: str
    location: Location


@dataclass(frozen=True)
class Waivers(Fact):
    """The waivers of the settings, and the rules left out. Entries that are no such thing are not here."""

    all: tuple[Waiver, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    @classmethod
    def gather(cls, repository: Repository) -> Waivers:
        """Read the repository's own settings; the engine hands over those that it was told to use."""
        files = repository[Files]
        for path, base in PLACES:
            data: Any = {}
            try:
                loaded = toml.load(files.read(path)) if path in files else toml.Loaded({}, "")
                data = loaded.data
            except (Unreadable, toml.TomlError):
                continue
            for key in base:
                data = data.get(key, {}) if isinstance(data, Mapping) else {}
            if isinstance(data, Mapping) and data:
                return read(data, path, lambda *way, _at=loaded, _base=base: _at.line((*_base, *way)))
        return cls()

    def accept(self, rule: Rule, finding: Finding, today: datetime.date) -> Waiver | None:
        """Return the waiver that a finding falls under today."""
        return next((each for each in self.all if each.covers(rule, finding) and each.holds(today)), None)


def read(data: Mapping[str, Any], path: str, line: Callable[..., int]) -> Waivers:
    """Return what a table of settings in the file `path` says; `line` gives the line of a key."""
    ignored = data.get("ignore", {})
    return Waivers(
        tuple(_waivers(data, path, line)),
        tuple(
            Ignored(rule, str(reason), Location(path, line("ignore", rule)))
            for rule, reason in (ignored.items() if isinstance(ignored, Mapping) else ())
        ),
    )


def unexplained(reason: str) -> bool:
    """Whether a reason says nothing to another person: a stand-in, or a word or two."""
    text = plain.read("", reason)
    return bool(lack(text)) or words(text) < LEAST_WORDS


def tables(data: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (index, table) of each waiver as written."""
    written = data.get("waivers", [])
    if isinstance(written, list):
        yield from ((index, raw) for index, raw in enumerate(written) if isinstance(raw, Mapping))


def _waivers(data: Mapping[str, Any], path: str, line: Callable[..., int]) -> Iterator[Waiver]:
    for index, raw in tables(data):
        texts = [raw.get(key, "") for key in ("rule", "reason", "owner", "subject")]
        day = _day(raw.get("expires"))
        if day and all(isinstance(text, str) for text in texts):
            rule, reason, owner, subject = (text.strip() for text in texts)
            yield Waiver(rule, reason, owner, day, subject, Location(path, line("waivers", index)))


def _day(written: Any) -> datetime.date | None:
    """Return a TOML date, or a text like one."""
    if isinstance(written, datetime.date) and not isinstance(written, datetime.datetime):
        return written
    try:
        return datetime.date.fromisoformat(str(written))
    except ValueError:
        return None
