"""Stamps: pages that promise a date of review, and whether that date is past.

Read are the front matter of GOV.UK's documentation tools (`last_reviewed_on`, `review_in`, `expire_by`,
https://tdt-documentation.london.cloudapps.digital/write_docs/content/#page-expiry), Google's `freshness` comments,
the plain keys that others use (`next_review`, `review_by`, `review_interval`), a line such as `Revisit on: 2026-05-01`
in a decision record, and our own definition of done.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pytest_productops.facts.documents import Documents, front_matter
from pytest_productops.facts.done import Done
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.register.cadence import Span, span
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

DONE = regex(r"last[-_ ]?review(?:ed)?(?:[-_ ]?(?:on|date|at))?\Z|reviewed(?:[-_ ]?on)?\Z", re.IGNORECASE)
EVERY = regex(r"review[-_ ]?(?:in|interval|every|cadence|frequency|period)(?:[-_ ]?days)?\Z", re.IGNORECASE)
DUE = regex(
    r"(?:next[-_ ]?review(?:[-_ ]?(?:on|by|due|date))?|review[-_ ]?(?:by|due(?:[-_ ]?date)?)|expire[-_ ]?by"
    r"|revisit(?:[-_ ]?(?:on|by|date))?)\Z",
    re.IGNORECASE,
)
_OWNER = regex(
    r"(?:page[-_]?)?(?:owners?|owner[-_ ]?slack|maintainers?|responsible|contact|team|steward)\Z",
    re.IGNORECASE,
)
_MAY = regex(r"review|freshness|expire[-_]?by|revisit", re.IGNORECASE)
_FRESHNESS = regex(r"<!--\*[^>]{0,300}?freshness:\s*\{([^}]{1,300})\}", re.DOTALL)
_PAIR = regex(r"(\w+)\s*:\s*'?\"?([^'\",}]+)")
_LINE = regex(
    r"^[ \t>*_-]{0,6}(?:next review(?: (?:date|due|on|by))?|revisit(?: (?:on|by|date))?|review (?:by|due))"
    r"[ \t]?[*_]{0,2}:[*_ \t]{0,4}(\d{4}-\d\d-\d\d)\b",
    re.IGNORECASE | re.MULTILINE,
)
_PAGES = ("*.md", "*.markdown", "*.mdx", "*.md.erb", "*.rst", "*.adoc", "*.org")
_EVERY = regex(
    r"\s*(?:every\s+)?(?:(\d{1,4}|an?|one|two|three|six|nine|twelve)[ -]*)?(d|w|mo?|y|days?|weeks?|months?|years?)\s*",
    re.IGNORECASE,
)
_SAID = {
    "": 1, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "six": 6, "nine": 9, "twelve": 12,
}  # fmt: skip
_WORDS = {
    "daily": "1d", "weekly": "1w", "fortnightly": "2w", "biweekly": "2w", "monthly": "1mo", "quarterly": "3mo",
    "half-yearly": "6mo", "semi-annually": "6mo", "biannually": "6mo", "annually": "1y", "yearly": "1y", "annual": "1y",
}  # fmt: skip
_STAND_IN = regex(r"[{}<>\[\]]|yyyy|x{3}|todo", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = regex(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?\Z")
_NAMED = regex(r"(?:(\d{1,2})[ -])?([a-z]{3})[a-z]*[ .-](?:(\d{1,2}),? )?(\d{4})\Z", re.IGNORECASE)
_NAMED_ISO = regex(r"(\d{4})-([a-z]{3})[a-z]*-(\d{1,2})\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Stamp:
    """A page's promise: when it was reviewed, and when it is due (None: nothing is promised, or it cannot be read).

    `interval` is what was promised, `unread` what no date or span can be read from, `owner` who sees to it.
    """

    location: Location
    reviewed: datetime.date | None = None
    due: datetime.date | None = None
    interval: str = ""
    owner: str = ""
    unread: str = ""


class Stamps(Fact):
    """The stamps of all pages; `pages` are the paths that were looked at."""

    def __init__(self, repository: Repository) -> None:
        self._files = repository[Files]
        self._repository = repository
        self.pages = tuple(path for path in self._files.matching(*_PAGES) if own_words(path))

    @classmethod
    def gather(cls, repository: Repository) -> Stamps:
        """Never fails: a page that cannot be read has no stamp."""
        return cls(repository)

    def all(self, default_interval: Span | None) -> Iterator[Stamp]:
        """Yield the stamps; a `freshness` without an interval is due after the default one."""
        for path in self.pages:
            yield from self.of(path, default_interval)
        yield from self._of_done()

    def of(self, path: str, default_interval: Span | None = None) -> Iterator[Stamp]:
        """Yield the stamps of one page."""
        try:
            text = self._files.read(path)
        except Unreadable:
            return
        if not _MAY.search(text):
            return
        settings, _ = front_matter.split(text)
        found = (_from_keys(settings, Location(path), None, text), *_freshness(path, text, default_interval))
        yield from (stamp for stamp in found if stamp)
        if not settings:
            yield from self._in_text(path, text)

    def hollow(self, stamp: Stamp) -> str:
        """Say why a stamped page says nothing, or nothing: a stamp vouches for what stands below it."""
        document = self._repository[Documents].get(stamp.location.path)
        return lack(document) if document else ""

    def owner(self, stamp: Stamp) -> str:
        """Return who sees to a page: whom it names, else whom CODEOWNERS gives it."""
        codeowners = None if stamp.owner else self._repository[Ownership].codeowners
        return stamp.owner or " ".join(codeowners.owners(stamp.location.path) if codeowners else ())

    def _in_text(self, path: str, text: str) -> Iterator[Stamp]:
        """Yield lines that name a day, outside of code."""
        lines = {text.count("\n", 0, m.start()) + 1: m[1] for m in _LINE.finditer(text)}
        document = self._repository[Documents].get(path) if lines else None
        prose = {each.line for each in document.prose} if document else set[int]()
        for line, said in lines.items():
            due = day(said)
            if line in prose and due:
                yield Stamp(Location(path, line), due=due)

    def _of_done(self) -> Iterator[Stamp]:
        path = self._repository[Done].path
        if path.endswith(".toml"):
            try:
                loaded = load(self._files.read(path))
            except (Unreadable, TomlError):
                return
            found = _from_keys(loaded.data, Location(path, loaded.line(("reviewed",))))
            if found and found.due:
                yield found


def _from_keys(
    settings: Mapping[str, Any], at: Location, default: Span | None = None, text: str = ""
) -> Stamp | None:
    """Read a stamp off keys and values; None where there is none, or only a template's stand-in."""
    on, every, due = (_first(settings, pattern) for pattern in (DONE, EVERY, DUE))
    said = [each for each in (on, due, every) if each.key]
    if not (on.key or due.key) or any(_STAND_IN.search(each.value) for each in said):
        return None
    reviewed, promised = day(on.value), day(due.value)
    span_said = interval(every.value, every.key)
    unread = [
        each for each, read in ((on, reviewed), (due, promised), (every, span_said)) if each.key and not read
    ]
    rest = span_said or (None if every.key else default)
    return Stamp(
        Location(at.path, at.line or _line(text, said[0].key)),
        reviewed,
        promised or (rest.after(reviewed) if rest and reviewed else None),
        str(rest) if rest and reviewed and not promised else "",
        _first(settings, _OWNER).value,
        ", ".join(f"{each.key}: {each.value[:40]}" for each in unread),
    )


class _Said(NamedTuple):
    key: str = ""
    value: str = ""


def _first(settings: Mapping[str, Any], pattern: re.Pattern[str]) -> _Said:
    """Return the first key that matches, with its value as text."""
    for key, value in settings.items():
        plain = isinstance(value, (str, int, datetime.date)) and not isinstance(value, bool)
        if pattern.match(key) and plain and str(value).strip():
            return _Said(key, str(value).strip())
    return _Said()


def _freshness(path: str, text: str, default: Span | None) -> Iterator[Stamp | None]:
    for match in _FRESHNESS.finditer(text):
        pairs = {key: value.strip() for key, value in _PAIR.findall(match[1])}
        line = text.count("\n", 0, match.start(1)) + 1
        yield _from_keys(pairs, Location(path, line), default)


def _line(text: str, key: str) -> int:
    found = re.search(rf"^[\"']?{re.escape(key)}[\"']?\s*[:=]", text, re.MULTILINE) if key else None
    return text.count("\n", 0, found.start()) + 1 if found else 1


def day(text: str) -> datetime.date | None:
    """Read a day: `2026-01-05`, `2026-jan-5`, `5 January 2026`, `January 5, 2026`; None where it is none."""
    text = text.strip().strip("'\"")
    try:
        if match := _DATE.match(text):
            return datetime.date(*map(int, match.groups()))
        if match := _NAMED_ISO.match(text):
            return datetime.date(int(match[1]), _MONTHS.index(match[2].lower()) + 1, int(match[3]))
        if (match := _NAMED.match(text)) and (match[1] or match[3]):
            return datetime.date(
                int(match[4]), _MONTHS.index(match[2].lower()) + 1, int(match[1] or match[3])
            )
    except ValueError:
        return None
    return None


def interval(text: str, key: str = "") -> Span | None:
    """Read a span of time: `6 months`, `90d`, `P1Y`, `quarterly`, or a number where the key says days."""
    text = text.strip().strip("'\"")
    if text.isdecimal() and key.lower().endswith("days"):
        return span(f"{text}d")
    known = span(text) or span(_WORDS.get(text.lower(), ""))
    match = _EVERY.fullmatch(text)
    if known or match is None:
        return known
    said, unit = (match[1] or "").lower(), match[2].lower()
    count = int(said) if said.isdecimal() else _SAID[said]
    return span(f"{count}{'mo' if unit.startswith('m') else unit[0]}")
