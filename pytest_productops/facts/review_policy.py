"""Review policy: who may approve a change, how many must, and what they check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.answers import NOTHING, Answer, heading_of, sent_away, statements
from pytest_productops.facts.documents import Document, Documents, Link, Section
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.guide_topics import GUIDE
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.review_words import CHANGES, HOW_MANY, NO_POLICY, REVIEWED, WHO
from pytest_productops.facts.substance import Part
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import about
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_TEMPLATES = (
    "pull_request_template*", ".github/pull_request_template*", "docs/pull_request_template*",
    ".gitlab/merge_request_templates/*",
)  # fmt: skip
_OWNERS = ("codeowners", ".github/codeowners", ".gitlab/codeowners", "docs/codeowners", "owners", "*/owners")
_SETTINGS = (
    ".github/settings.y*ml", ".mergify.yml", ".github/mergify.yml", ".asf.yaml", ".github/rulesets/*",
             "*branch[-_]protection*", ".bulldozer.yml", ".policy.yml", "policy-bot.y*ml")  # fmt: skip
_COUNT_SETTING = regex(
    r"required_approving_review_count|approved-reviews-by\s*(?:>=|=|>)|required_approval", re.IGNORECASE
)
_CHECKS = regex(
    r"\b(?:must|should|need|needs|required?|requires|ensure|make sure|check|checks|verify|expect|look for"
    r"|criteria|before)\b.{0,120}"
    r"\b(?:tests?|CI|lint\w*|style|documentation|docs|changelog|coverage|builds?|conventions|quality"
    r"|readab\w+|design|security)\b",
    re.IGNORECASE,
)
_REVIEWS = regex(r"\b(?:code |peer )?review(?:s|ing|ers?)?\b|\bapprov(?:als?|ing)\b", re.IGNORECASE)
"""In a heading: the section is about reviews."""
_ON_REVIEWS = regex(r"(?:^|[/_-])(?:triag|review|approv|merg)\w*[^/]*\.\w+\Z", re.IGNORECASE)
_ELSEWHERE = regex(
    r"\b(?:code review(?! comments)|review(?:ing)? (?:process|policy|guide\w*)|approval process|merge policy"
    r"|pull request process)\b",
    re.IGNORECASE,
)
_FOR_EVERYBODY = regex(
    r"speakerdeck|slideshare|youtu\.?be|medium\.com|/learn/|/blog|\.pdf\b|discord|slack\.com|gitter"
    r"|//(?:docs|help)\.github\.com|//github\.com/[^/]+/[^/]+/contribute\b",
    re.IGNORECASE,
)
"""Addresses of talks, articles, chats and a forge's own help: no project's guide."""
TOPICS = ("who", "how_many", "checks")
MIN_CHECKS = 2
"""Fewest points of a list that make it say what is checked."""


@dataclass(frozen=True)
class _Statement:
    """A sentence, with what was said right before it, and its place."""

    text: str
    context: str
    place: Location

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether it says so of the review of changes."""
        found = pattern.search(self.text) and CHANGES.search(f"{self.context} {self.text}")
        return bool(found) and not NO_POLICY.search(self.text)


class ReviewPolicy(Fact):
    """What guides, governance and templates say of reviews."""

    def __init__(self, files: Files, documents: Documents, guides: Guides) -> None:
        self._files = files
        self._documents = documents
        self._guides = guides

    @classmethod
    def gather(cls, repository: Repository) -> ReviewPolicy:
        """Find it; never fails."""
        return cls(repository[Files], repository[Documents], repository[Guides])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The texts that may say it: guides and their like, and the README's sections for developers."""
        written = (*self._guides.written, *self._guides.contributing.documents, *self._linked)
        return (*dict.fromkeys(written), *self._guides.in_readme, *self._guides.for_agents)

    @property
    def _linked(self) -> Iterator[Document]:
        """The documents on reviews and triage that the guide links to."""
        for guide in self._guides.contributing.documents:
            paths = (self._guides.inside(guide, link.target) for link in guide.links)
            named = (path for path in paths if path and _ON_REVIEWS.search(path))
            yield from filter(None, map(self._documents.get, named))

    @cached_property
    def external(self) -> str:
        """The site that the guide is on, or to which those that are here send for it."""
        if self._guides.external:
            return self._guides.external
        link = self._elsewhere
        return link.target if link else ""

    @cached_property
    def policy(self) -> Location | None:
        """Where reviews of changes are spoken of: the section about them, else the first sentence."""
        spoken = [self._all(pattern) for pattern in (WHO, HOW_MANY, REVIEWED)]
        sections = (self._section(place) for places in spoken for place in places)
        agents = {document.path for document in self._guides.for_agents}
        firsts = sorted((places[0] for places in spoken if places), key=lambda place: place.path in agents)
        return next(filter(None, sections), None) or next(iter(firsts), None) or self._drawn(WHO)

    def _section(self, place: Location) -> Location | None:
        """Return the head of the section about reviews that a place is in."""
        for part in self.parts:
            for section in _sections(part) if whole(part).path == place.path else ():
                named = section.heading and _REVIEWS.search(section.heading.text)
                if named and section.start <= place.line <= section.own_end:
                    return section.at()
        return None

    @cached_property
    def home(self) -> Location | None:
        """Where a policy belongs: the section on changes of the guide or the README, else the guide."""
        guides = self._guides.written
        parts: tuple[Part, ...] = guides or self._guides.in_readme
        for topic in ("review", "submit"):
            for section in (s for part in parts for s in _sections(part)):
                if section.heading and section.parents and about(section.heading.text, topic):
                    return section.at()
        return guides[0].at() if guides else None

    def answers(self, topic: str) -> Answer:
        """Return where "who", "how_many" or "checks" is answered; raise KeyError for another topic."""
        place = {"who": self._who, "how_many": self._how_many, "checks": self._checks}[topic]()
        return Answer(place) if place is not None else Answer(elsewhere=self._elsewhere)

    @cached_property
    def _elsewhere(self) -> Link | None:
        parts = (*self.parts, *self._guides.readme)
        ways = (sent_away(parts, NOTHING, guide, self._ours) for guide in (_ELSEWHERE, GUIDE))
        return next(filter(None, ways), None)

    def _ours(self, document: Document, target: str) -> bool:
        """Whether a link leads into the repository, to a page made of a guide here, or to no guide at all."""
        if _FOR_EVERYBODY.search(target) or self._guides.inside(document, target):
            return True
        page = PurePosixPath(re.split(r"[?#]", target)[0]).stem.lower()
        made = (
            PurePosixPath(d.path) for d in self._guides.contributing.documents if "/" in d.path.lstrip(".")
        )
        return any(page in (path.stem.lower(), path.parent.name.lower()) for path in made)

    def _who(self) -> Location | None:
        return self._first(WHO) or self._drawn(WHO) or self._owners

    def _how_many(self) -> Location | None:
        return self._first(HOW_MANY) or self._drawn(HOW_MANY) or self._setting

    def _checks(self) -> Location | None:
        return self._listed or self._template or self._demanded or self._drawn(_CHECKS)

    @cached_property
    def _statements(self) -> tuple[_Statement, ...]:
        found = []
        for part in self.parts:
            before = ""
            for text, place in statements(part):
                found.append(_Statement(text, f"{heading_of(whole(part), place.line)} {before}", place))
                before = text
        return tuple(found)

    def _all(self, pattern: re.Pattern[str]) -> list[Location]:
        return [each.place for each in self._statements if each.says(pattern)]

    def _first(self, pattern: re.Pattern[str]) -> Location | None:
        return next(iter(self._all(pattern)), None)

    def _drawn(self, pattern: re.Pattern[str]) -> Location | None:
        """Return the place in a diagram that a pattern matches."""
        for part in self.parts:
            for block in part.code_blocks:
                if block.language in {"mermaid", "plantuml", "dot", "graphviz"} and pattern.search(
                    " ".join(block.text.split())
                ):
                    return whole(part).at(block.line)
        return None

    @property
    def _listed(self) -> Location | None:
        """Return a section about reviews or changes with a list of points."""
        for part in self.parts:
            for section in _sections(part):
                points = [item for item in section.items if len(item.text.split()) > 1]
                if section.heading and about(section.heading.text, "review") and len(points) >= MIN_CHECKS:
                    return section.at()
        return None

    @property
    def _demanded(self) -> Location | None:
        """Return where something is demanded that a reviewer can check."""
        found = (each.place for each in self._statements if _CHECKS.search(f"{each.context} {each.text}"))
        return next(found, None)

    @property
    def _template(self) -> Location | None:
        """Return a template of change requests that asks or lists something, in a comment too."""
        for path in self._files.matching(*_TEMPLATES):
            points = re.findall(r"(?m)^\s*(?:[-*+]|\d+[.)]|#+)\s+\S.*\w", self._read(path))
            if len(points) >= MIN_CHECKS:
                return Location(path)
        return None

    @property
    def _owners(self) -> Location | None:
        """Return a CODEOWNERS or OWNERS file that names somebody."""
        for path in self._files.matching(*_OWNERS):
            lines = [line.split("#")[0] for line in self._read(path).split("\n")]
            if any(re.search(r"(?:^|\s)@\S+|\S+@\S+\.\S+|^\s*-\s+\w", line) for line in lines):
                return Location(path)
        return None

    @property
    def _setting(self) -> Location | None:
        for path in self._files.matching(*_SETTINGS):
            for number, line in enumerate(self._read(path).split("\n"), 1):
                if _COUNT_SETTING.search(line.split("#")[0] if path.startswith(".asf") else line):
                    return Location(path, number)
        return None

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _sections(part: Part) -> tuple[Section, ...]:
    if isinstance(part, Document):
        return part.sections
    return tuple(s for s in part.document.sections if part.start <= s.start and s.end <= part.end)
