"""Onboarding: the checklist that a new team member works through, as a document or a template of issues.

Models: https://microsoft.github.io/code-with-engineering-playbook/developer-experience/onboarding-guide-template/,
the onboarding issues of https://handbook.gitlab.com, CNCF's contributor ladder.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.documents import Artifact, Document, Documents, Item
from pytest_productops.facts.freshness.stamps import Stamps
from pytest_productops.facts.history import History
from pytest_productops.facts.substance import lack
from pytest_productops.facts.templates import Templates
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "owner": "who accompanies the newcomer: an owner, a buddy or a mentor",
        "access": "which access to request",
        "first-change": "a first change to make",
    }
)
"""Topic of a checklist -> what it has to name."""
_I = re.IGNORECASE
_ROLE = (
    r"(?:budd(?:y|ies)|mentors?|managers?|owners?|maintainers?|onboarders?|coordinators?|(?:team|tech|product"
    r"|engineering|project)"
    r"[- ]?leads?|scrum masters?|admins?|administrators?|supervisors?|hr|it support|help ?desk|service desk)"
)
_SAYS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "owner": regex(rf"\b{_ROLE}\b|(?<![\w.@])@[A-Za-z][\w-]+(?:/[\w-]+)?\b", _I),
        "access": regex(
            r"\baccess\b|\baccounts?\b|\bpermissions?\b|\bcredentials?\b|\binvit(?:e|ed|ation)\w*\b"
            r"|\blicen[cs]es?\b|\bVPN\b"
            r"|\b(?:added|add \w+) to\b|\bjoin\b.{0,40}\b(?:organi[sz]ation|team|group)\b",
            _I,
        ),
        "first-change": regex(
            r"\bfirst (?:\w+ ){0,2}(?:change|issue|pr|mr|pull request|merge request|commit|task|ticket"
            r"|contribution|patch|bug|card"
            r"|story|deploy\w*|feature)s?\b|\bgood[- ]first[- ]\w+|\bstarter (?:task|issue|ticket|project)s?\b"
            r"|\b(?:open|submit|make|create|merge|raise) (?:a|an|your|one)\b[^.]{0,40}\b(?:pr|mr|pull request"
            r"|merge request)\b"
            r"|\bpractice (?:pr|pull request|change|issue)",
            _I,
        ),
    }
)
_MILESTONES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "before": regex(
            r"\bbefore (?:your |the |you )?(?:first day|start\w*|day (?:1|one)|arriv\w+)|\bpre-?(?:arrival|boarding)",
            _I,
        ),
        "day": regex(r"\b(?:day[ -]?(?:1|one|0|zero)|1st day|first day|days? \d)\b|\bfirst[- ]day\b", _I),
        "week": regex(
            r"\b(?:week[ -]?(?:1|one)|1st week|first week|first[- ]week|end of (?:the )?week|(?:first )?5 days)\b",
            _I,
        ),
        "weeks": regex(r"\b(?:week[ -]?(?:[2-9]|two|three|four)|second week|(?:two|2|three|3) weeks)\b", _I),
        "month": regex(
            r"\b(?:30[- ]days?|day 30|(?:first|1st) month|month[ -]?(?:1|one)|first sprint|sprint 1)\b", _I
        ),
        "months": regex(
            r"\b(?:(?:60|90)[- ]days?|day (?:60|90)|month[ -]?[23]|(?:three|3|six|6) months|first quarter)\b",
            _I,
        ),
    }
)
"""Points in time at which something is reached."""
_CHANNEL = regex(r"(?<![\w#&/])#[a-z][\w-]{2,}\b|[\w.+-]+@[\w-]+\.\w+")
_ADDRESS = regex(r"\]\([^)]*\)|https?://\S+")
_CODE = regex(r"`[^`\n]+`")
_NAME = regex(r"onboard", _I)
_ONE = (
    r"(?:developer|dev|non-?dev|team|new|starter|joiner|hire|member|engineer|engineering|staff|designer|contributor"
    r"|employee|maintainer|person|people)s?"
)
_WHO = rf"(?:{_ONE}[-_ ])*"
_TITLED = regex(
    rf"(?:.*/)?(?:{_WHO}onboard(?:ing)?(?:[-_ ](?:checklist|guide|template|plan|issue|process|steps|docs?|task"
    rf"|{_ONE}))?"
    r"\.\w+|new[-_](?:starter|joiner|hire|developer|member)s?\.\w+|onboarding/.+)\Z",
    _I,
)
_NEWCOMER = regex(
    r"\bnew (?:team |staff )?(?:members?|joiners?|starters?|hires?|developers?|engineers?|colleagues?"
    r"|employees?|teammates?|people)\b"
    r"|\bnewcomers?\b|\bbudd(?:y|ies)\b|\bfirst (?:day|week)\b|\bwelcome to the team\b|\bjoin(?:ing|ed"
    r"|s)? the team\b",
    _I,
)
"""That a text is for people who join; products, services and users are onboarded too."""


class Onboarding(Fact):
    """The checklist for those who join the team: of all documents on that, the one with the most boxes."""

    def __init__(self, repository: Repository, artifact: Artifact) -> None:
        self._repository = repository
        self.artifact = artifact

    @classmethod
    def gather(cls, repository: Repository) -> Onboarding:
        """Find it; raise `Unavailable` where all that is there cannot be read."""
        return cls(repository, repository[Documents].artifact("onboarding"))

    @cached_property
    def document(self) -> Document | None:
        """The checklist, None where there is no document on onboarding."""
        templates = (each.shown for each in self._repository[Templates].issues if _NAME.search(each.path))
        found = [
            each
            for each in (*self.artifact.documents, *templates)
            if self.artifact.declared or _for_people(each)
        ]
        return max(found, key=_fitness, default=None)

    @property
    def external(self) -> str:
        """The site that it is on, where nothing of it is here."""
        return "" if self.document else self.artifact.external

    @cached_property
    def lack(self) -> str:
        """Why the document says nothing, or nothing."""
        return lack(self.document) if self.document else ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Its boxes to tick."""
        return _boxes(self.document) if self.document else ()

    @cached_property
    def vague(self) -> tuple[Item, ...]:
        """The boxes that name neither a link, a command, a channel nor a person, the lists in them included."""
        return tuple(item for item in self.items if not self._actionable(item))

    def _actionable(self, item: Item) -> bool:
        document = self.document
        assert document is not None  # noqa: S101 - it has items
        after = (
            other.line for other in document.items if other.line > item.line and other.depth <= item.depth
        )
        headings = (heading.line for heading in document.headings if heading.line > item.line)
        end = min(next(after, len(document.lines) + 1), next(headings, len(document.lines) + 1))
        text = "\n".join(document.lines[item.line - 1 : end - 1])
        linked = any(item.line <= link.line < end for link in document.links)
        coded = any(item.line <= block.line < end for block in document.code_blocks)
        return linked or coded or any(p.search(text) for p in (_CODE, _CHANNEL, _SAYS["owner"]))

    def names(self, topic: str) -> bool:
        """Whether the checklist names what `TOPICS` asks for."""
        return bool(self.document and _SAYS[topic].search(_ADDRESS.sub(" ", self.document.text)))

    @property
    def milestones(self) -> tuple[str, ...]:
        """The points in time that it names."""
        text = self.document.text if self.document else ""
        return tuple(name for name, pattern in _MILESTONES.items() if pattern.search(text))

    @cached_property
    def touched(self) -> datetime.date | None:
        """The last day on which it was changed or reviewed; raise `Unavailable` where history does not tell."""
        if self.document is None:
            return None
        path = self.document.path
        days = [stamp.reviewed for stamp in self._repository[Stamps].of(path) if stamp.reviewed]
        commits = self._repository[History].commits
        changed = next((c.day for c in commits if any(change.path == path for change in c.changes)), None)
        return max([*days, *([changed] if changed else [])], default=None)


def _fitness(document: Document) -> tuple[bool, int]:
    return bool(_TITLED.match(document.path)), len(_boxes(document))


def _for_people(document: Document) -> bool:
    """Whether a document is named as one for people who join, or is a template with boxes that speaks of them."""
    template = "issue_template" in document.path.lower() and _boxes(document)
    return bool(_TITLED.match(document.path) or (template and _NEWCOMER.search(document.text)))


def _boxes(document: Document) -> tuple[Item, ...]:
    return tuple(item for item in document.items if item.checked is not None)
