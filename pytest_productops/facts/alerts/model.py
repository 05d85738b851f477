"""The word of alerts: what one says to whoever it wakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Literal

from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

Part = Literal["severity", "owner", "summary", "runbook"]
MAX_TEXT = 5000
"""How much of an alert's words is searched for a link, in characters."""
PARTS: tuple[Part, ...] = ("severity", "owner", "summary", "runbook")
_SEVERITY = regex(r"(?i)(?:alert[-_]?)?(?:severity|priority|urgency|level|criticality|page|paging|sev)")
_OWNER = regex(
    r"(?i)(?:.*[-_./])?(?:teams?|owners?|owned[-_]?by|squad|tribe|contacts?|responsib\w+|maintainers?"
    r"|on-?_?call|receiver"
    r"|channels?|escalat\w+|pager\w*|notify|slack\w*|department|area|sig|crew)(?:[-_]\w+)?"
)
_PAGES = regex(r"(?i)page\w*|crit\w*|p?[012]|sev-?[012]|emergency|fatal|high|urgent|true")
_SUMMARY = ("summary", "description", "message", "title", "text")
_BLANK = regex(
    r"(?i)\W*(?:todo|tbd|tba|fixme|xxx|n/?a|none|null|unknown|fill me in|placeholder|changeme)?\W*|<[^>]*>"
)
_EXAMPLE = regex(r"(?i)https?://(?:[\w-]+\.)*example\.(?:com|org|net)\b.*")
_GUIDE = regex(
    r"(?i)(?:https?://|(?<=\]\())[^\s\"'<>)\]]*(?:run-?books?|play-?books?|wiki|docs?[/.]|handbook"
    r"|confluence|notion|sop|guide"
    r"|\.(?:md|rst|adoc|html))[^\s\"'<>)\]]*|(?i:run-?book"
    r"|playbook)\W{1,4}(?:\w+\W{1,3}){0,4}(https?://[^\s\"'<>)\]]+)"
)


@dataclass(frozen=True)
class Alert:
    """An alert rule: what it is called and where, with its labels and annotations as far as they are written.

    `words` names the one attribute that holds its words, where it has no annotations. `told` is who is told by
    other means than a label: a receiver, an action. `hidden` are the parts that come from elsewhere (a variable, a
    library), so that nobody can say that they are missing.
    """

    name: str
    location: Location
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    annotations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    told: str = ""
    words: str = ""
    hidden: frozenset[Part] = frozenset()

    @property
    def severity(self) -> str:
        """How urgent it is."""
        return _first(self.labels, _SEVERITY) or _first(self.annotations, _SEVERITY)

    @property
    def pages(self) -> bool:
        """Whether its severity is one that wakes somebody."""
        return bool(_PAGES.fullmatch(self.severity))

    @property
    def owner(self) -> str:
        """Who is responsible for it."""
        return _first(self.labels, _OWNER) or _first(self.annotations, _OWNER) or self.told

    @property
    def summary(self) -> str:
        """What it says has happened."""
        return next((self.annotations[key] for key in _SUMMARY if said(self.annotations.get(key, ""))), "")

    def runbook(self, names: tuple[str, ...]) -> str:
        """Return the runbook that it links to: in one of these annotations, or in the words that it says."""
        named = [self.annotations.get(name) or self.labels.get(name) or "" for name in names]
        found = next((link for link in named if said(link) and not _EXAMPLE.match(link)), "")
        if found or any(link.strip() for link in named):
            return found
        guides = (_GUIDE.search(self.annotations.get(key, "")[:MAX_TEXT]) for key in _SUMMARY)
        return next((guide[1] or guide[0] for guide in guides if guide and not _EXAMPLE.match(guide[0])), "")

    def unfilled(self, names: tuple[str, ...]) -> str:
        """Return what stands where a runbook should be named."""
        return next((link for name in names if (link := self.annotations.get(name, "")).strip()), "")


def said(text: str) -> bool:
    """Whether a value says something: no blank, `TODO` or `<team>`."""
    return not _BLANK.fullmatch(text.strip())


def _first(given: Mapping[str, str], wanted: object) -> str:
    return next((text for key, text in given.items() if wanted.fullmatch(key) and said(text)), "")  # type: ignore[attr-defined]
