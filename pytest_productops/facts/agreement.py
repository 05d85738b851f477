"""Agreement: how a team works together, as a document of its own or a section of the guide.

Models: https://microsoft.github.io/code-with-engineering-playbook/agile-development/team-agreements/working-agreement/,
https://handbook.gitlab.com/handbook/company/culture/all-remote/asynchronous/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.decisions.words import DAYLIKE
from pytest_productops.facts.documents import Documents
from pytest_productops.facts.freshness.stamps import Stamps
from pytest_productops.facts.manifests import product
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import span, whole
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "channels": "which channels the team talks in",
        "hours": "when people can be reached: core hours, time zones, or how long an answer may take",
        "decisions": "how decisions are made",
        "meetings": "which meetings there are, and how often",
        "escalation": "what to do when blocked or in conflict",
    }
)
"""Topic of a working agreement -> what it has to say."""
_I = re.IGNORECASE
_SAYS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "channels": regex(
            r"\b(?:slack|discord|mattermost|zulip|matrix|irc|webex|google (?:chat|meet)|(?:ms|microsoft) teams"
            r"|skype|whatsapp"
            r"|telegram|signal|signal group|rocket\.?chat|mailing list|e-?mail|chat|forum)\b|\bchannels?\b"
            r"|(?<![\w#&/])#[a-z][\w-]{2,}"
            r"|\bvia teams\b|\bon teams\b|\bin teams\b",
            _I,
        ),
        "hours": regex(
            r"\b(?:core|working|work|office|business|overlap\w*|support|available|team) hours?\b|\btime ?-?zones?\b"
            r"|\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\b\d{1,2}[:.]\d\d\s?(?:-|\u2013|to"
            r"|until)\s?\d{1,2}[:.]\d\d"
            r"|\b(?:within|in under|under) (?:\w+ ){0,2}(?:\d+|one|two|a|24|48) ?(?:hours?|h|(?:business "
            r"|working )?days?)\b"
            r"|\b(?:UTC|GMT|CET|EST|PST|EDT|PDT|CEST|BST)\b|\b(?:availability|asynchronous\w*|async)\b"
            r"|\bdo not disturb\b",
            _I,
        ),
        "decisions": regex(
            r"\bdecisions?\b|\bdecide[sd]?\b|\bdeciding\b|\bconsensus\b|\bconsent\b|\bvot(?:e|es|ing)\b"
            r"|\bRACI\b|\bDACI\b|\bADRs?\b"
            r"|\bfinal say\b|\bdisagree and commit\b|\bmajority\b",
            _I,
        ),
        "meetings": regex(
            r"\bmeetings?\b|\bstand-?ups?\b|\bretro(?:spective)?s?\b|\bplanning\b|\bdaily\b|\bweekly\b"
            r"|\bsyncs?\b|\bceremon\w+"
            r"|\bcadence\b|\brefinement\b|\bcheck-?ins?\b|\b1[:-]1s?\b",
            _I,
        ),
        "escalation": regex(
            r"\bescalat\w+|\bblock(?:ed|ers?)\b|\bconflicts?\b|\bstuck\b|\bdisagree\w*|\bmediat\w+"
            r"|\bask for help\b|\bcode of conduct\b",
            _I,
        ),
    }
)
_NAMED = regex(
    r"(?:(?:docs?|documentation|wiki|team|handbook|process|\.github|\.gitlab|contribut\w*|onboarding|agile"
    r"|ways-of-working)/)*"
    r"(?:(?:team[-_ ]?)?working[-_ ]?agreements?|team[-_ ]?(?:working[-_ ]?)?(?:agreements?|charter|norms"
    r"|contract|handbook|guide)|team"
    r"|how[-_ ]?we[-_ ]?work|ways?[-_ ]?of[-_ ]?working|working[-_ ]?together"
    r"|how[-_ ]?this[-_ ]?team[-_ ]?works)\.\w+\Z",
    _I,
)
_SECTION = regex(
    r"(?:our |team |the )*(?:working agreements?|ways? of working|how we work(?: together)?|team (?:norms"
    r"|agreements?))"
)
_OWNER = regex(
    r"^[ \t>*_|-]*(?:(?:document |page )?owners?|maintained by|owned by|maintainers?|steward|responsible"
    r"|contact)\b[\s*_]*(?:[:|][\s*_]*)?"
    r"\S*[\w@]",
    _I | re.MULTILINE,
)
_REVIEWED = regex(
    r"\b(?:review(?:ed)?|revised|updated?|agreed|adopted|approved|signed|effective|date)\b([^\n]{0,60})",
    _I,
)


class Agreement(Fact):
    """The working agreement: what is declared, else a document named so, else a section of the guide."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._documents = repository[Documents]
        declared = self._documents.artifact("agreement") if "agreement" in repository.artifacts else None
        self.external = declared.external if declared else ""
        self._declared = declared.documents if declared else ()

    @classmethod
    def gather(cls, repository: Repository) -> Agreement:
        """Find it; never fails."""
        return cls(repository)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All that may be it, the surest first."""
        paths = [path for path in self._documents.paths if _NAMED.match(path) and product(path)]
        named = sorted(paths, key=lambda path: ("agree" not in path.lower(), path.count("/"), path))
        found = [*self._declared, *filter(None, map(self._documents.get, named))]
        return (*found, *self._sections())

    def _sections(self) -> tuple[Part, ...]:
        kinds = ("readme", "contributing", "onboarding", "governance")
        documents = (document for kind in kinds for document in self._documents.artifact(kind).documents[:3])
        sections = (section for document in documents for section in document.sections if section.heading)
        return tuple(s for s in sections if s.heading and _SECTION.fullmatch(normal(s.heading.text)))

    @cached_property
    def part(self) -> Part | None:
        """The part that says something on most topics; an empty one where there is no other."""
        says = [part for part in self.parts if not lack(part)]
        likely = [
            part
            for part in says
            if len(self._told(part)) > 1 or "agree" in whole(part).path.lower() or part in self._declared
        ]
        best = max(likely or (), key=lambda part: len(self._told(part)), default=None)
        return best or next((part for part in self.parts if part not in says), None)

    @property
    def place(self) -> Location:
        """Where it begins."""
        part = self.part
        return whole(part).at(span(part)[0] if part is not whole(part) else 0) if part else Location("")

    def _told(self, part: Part) -> frozenset[str]:
        return frozenset(topic for topic, pattern in _SAYS.items() if pattern.search(part.text))

    def says(self, topic: str) -> bool:
        """Whether it answers a topic of `TOPICS`, or another document on how the team works does."""
        return any(topic in self._told(part) for part in self.parts if not lack(part))

    @property
    def lack(self) -> str:
        """Why it says nothing, or nothing."""
        return lack(self.part) if self.part else ""

    @property
    def owned(self) -> bool:
        """Whether it names its owner, or CODEOWNERS does."""
        part = self.part
        if part is None:
            return False
        document = whole(part)
        keys = {str(key).lower() for key in document.front_matter}
        codeowners = self._repository[Ownership].codeowners
        return bool(
            _OWNER.search(part.text)
            or keys & {"owner", "owners", "maintainer", "author", "team"}
            or (codeowners and codeowners.owners(document.path))
        )

    @property
    def stamped(self) -> bool:
        """Whether it says when it was reviewed, or is to be."""
        part = self.part
        if part is None:
            return False
        said = (match[1] for match in _REVIEWED.finditer(part.text))
        stamps = self._repository[Stamps].of(whole(part).path)
        return any(map(DAYLIKE.search, said)) or any(stamp.reviewed or stamp.due for stamp in stamps)
