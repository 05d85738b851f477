"""Review policy: who may approve a change, how many must, and what they check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.documents import Document, Documents, Link, Section
from pytest_productops.facts.files import Files
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import NOTHING, Answer, heading_of, sent_away, statements
from pytest_productops.facts.guides.topics import GUIDE
from pytest_productops.facts.review.files import commented, counted, named_owners
from pytest_productops.facts.review.pages import FOR_USERS, TEAM, pages
from pytest_productops.facts.review.words import CHANGES, DEMANDED, HOW_MANY, NO_POLICY, REVIEWED, WHO
from pytest_productops.facts.substance import Part
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.templates import Templates
from pytest_productops.facts.topics import about
from pytest_productops.facts.topics import sections as about_reviews
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

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
    r"|pull request process|governance)\b",
    re.IGNORECASE,
)
_FOR_EVERYBODY = regex(
    r"speakerdeck|slideshare|youtu\.?be|medium\.com|/learn/|/courses?/|video|egghead|opensource\.guide|/blog|\.pdf\b|discord|slack\.com|gitter"
    r"|//(?:docs|help)\.github\.com|//github\.com/[^/]+/[^/]+/contribute\b",
    re.IGNORECASE,
)
"""Addresses of talks, articles, chats and a forge's own help: no project's guide."""
_ON_CHANGES = regex(
    r"review|approv|merg|contribut|pull|patch|develop|process|workflow|submit|pr\b", re.IGNORECASE
)
_CONTRIBUTING = regex(r"\bcontribut\w*", re.IGNORECASE)
"""In a guide the word says nothing of submitting."""
TOPICS = ("who", "how_many", "checks")
MIN_CHECKS = 2
"""Fewest points of a list that make it say what is checked."""


@dataclass(frozen=True)
class Statement:
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

    def __init__(self, files: Files, documents: Documents, guides: Guides, templates: Templates) -> None:
        self._files = files
        self._templates = templates
        self._documents = documents
        self._guides = guides

    @classmethod
    def gather(cls, repository: Repository) -> ReviewPolicy:
        """Find it; never fails."""
        return cls(repository[Files], repository[Documents], repository[Guides], repository[Templates])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The texts that may say it: guides and their like, and the README's sections for developers."""
        return tuple(
            dict.fromkeys(
                (*self.written, *self._guides.for_agents, *pages(self._files, self._documents, TEAM))
            )
        )

    @cached_property
    def written(self) -> tuple[Part, ...]:
        """Those of them that are for whoever changes the product."""
        return tuple(dict.fromkeys((*self._guiding, *pages(self._files, self._documents))))

    @cached_property
    def _guiding(self) -> tuple[Part, ...]:
        """The guides, and what they link to on reviews."""
        found = (*self._guides.written, *self._guides.contributing.documents, *self._linked)
        in_readme = (
            s for readme in self._guides.readme for s in about_reviews(readme, "review") if s.parents
        )
        ours = (part for part in found if not FOR_USERS.search(whole(part).path))
        return (*ours, *self._guides.in_readme, *in_readme)

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
        spoken = [self._all(pattern) for pattern in (WHO, HOW_MANY, DEMANDED)]
        guiding = {whole(part).path for part in (*self._guiding, *self._guides.for_agents)}
        spoken.append([place for place in self._all(REVIEWED) if place.path in guiding])
        sections = (self._section(place) for places in spoken for place in places)
        agents = {document.path for document in self._guides.for_agents}
        firsts = sorted((places[0] for places in spoken if places), key=lambda place: place.path in agents)
        said = next(filter(None, sections), None) or next(iter(firsts), None) or self.drawn(WHO)
        files = self._files
        return (
            said
            or commented(files)
            or counted(files)
            or self._reviewing
            or named_owners(files, all_of_it=True)
        )

    @property
    def _reviewing(self) -> Location | None:
        """Return the part of a template of change requests that lists what to look at in a review."""
        for template in self._templates.changes:
            for section in template.revealed.sections:
                if (
                    section.heading
                    and _REVIEWS.search(section.heading.text)
                    and len(section.items) >= MIN_CHECKS
                ):
                    return Location(template.path, section.start)
        return None

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
        guides = tuple(g for g in self._guides.written if not FOR_USERS.search(whole(g).path))
        parts: tuple[Part, ...] = guides or self._guides.in_readme
        for topic in ("review", "submit"):
            for section in (s for part in parts for s in _sections(part)):
                heading = section.heading.text if section.heading and section.parents else ""
                if about(_CONTRIBUTING.sub("", heading) if guides else heading, topic):
                    return section.at()
        homes = self._guides.contributing.documents or self._guides.readme or guides
        return homes[0].at() if homes else None

    def answers(self, topic: str) -> Answer:
        """Return where "who", "how_many" or "checks" is answered; raise KeyError for another topic."""
        place = {"who": self._who, "how_many": self._how_many, "checks": self._checks}[topic]()
        return Answer(place) if place is not None else Answer(elsewhere=self._elsewhere)

    @cached_property
    def _elsewhere(self) -> Link | None:
        parts = (*self.parts, *self._guides.readme)
        ways = (sent_away(parts, NOTHING, guide, self._leads_home) for guide in (_ELSEWHERE, GUIDE))
        return next(filter(None, ways), None)

    def ours(self, document: Document, link: Link) -> bool:
        """Whether a link leads into the repository, or to no guide at all."""
        return self._leads_home(document, link.target)

    def _leads_home(self, document: Document, target: str) -> bool:
        """Whether a link leads into the repository, to a page made of a guide here, or to no guide at all."""
        if _FOR_EVERYBODY.search(target) or self._guides.inside(document, target):
            return True
        part = target.partition("#")[2]
        if part and not _ON_CHANGES.search(part):  # a link to a part of a page is about that part
            return True
        page = PurePosixPath(re.split(r"[?#]", target)[0]).stem.lower()
        made = (
            PurePosixPath(d.path) for d in self._guides.contributing.documents if "/" in d.path.lstrip(".")
        )
        return any(page in (path.stem.lower(), path.parent.name.lower()) for path in made)

    def _who(self) -> Location | None:
        return self._first(WHO) or self.drawn(WHO) or named_owners(self._files)

    def _how_many(self) -> Location | None:
        return self._first(HOW_MANY) or self.drawn(HOW_MANY) or counted(self._files)

    def _checks(self) -> Location | None:
        return self._listed or self._asked or self._demanded or self.drawn(_CHECKS)

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        return self.statements_of(self.parts)

    def statements_of(self, parts: Iterable[Part]) -> tuple[Statement, ...]:
        """Return the sentences of texts, each with its heading and the sentence before."""
        found = []
        for part in parts:
            before = ""
            for text, place in statements(part):
                found.append(Statement(text, f"{heading_of(whole(part), place.line)} {before}", place))
                before = text
        return tuple(found)

    def _all(self, pattern: re.Pattern[str]) -> list[Location]:
        return [each.place for each in self._statements if each.says(pattern)]

    def _first(self, pattern: re.Pattern[str]) -> Location | None:
        return next(iter(self._all(pattern)), None)

    def drawn(self, pattern: re.Pattern[str]) -> Location | None:
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
    def _asked(self) -> Location | None:
        """Return a template of change requests that asks or lists several things, in a comment too."""
        for template in self._templates.changes:
            if len(template.items) + len(template.revealed.headings) >= MIN_CHECKS:
                return Location(template.path)
        return None

    @property
    def _demanded(self) -> Location | None:
        """Return where something is demanded that a reviewer can check."""
        found = (each.place for each in self._statements if _CHECKS.search(f"{each.context} {each.text}"))
        return next(found, None)


def _sections(part: Part) -> tuple[Section, ...]:
    if isinstance(part, Document):
        return part.sections
    return tuple(s for s in part.document.sections if part.start <= s.start and s.end <= part.end)
