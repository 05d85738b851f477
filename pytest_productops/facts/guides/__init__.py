"""Guides: the documents that tell people how to work on the product, and what those answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.guides.answers import Answer, sent_away
from pytest_productops.facts.guides.homes import (
    FOR_AGENTS,
    alone,
    at_home,
    beyond,
    front_page,
    including,
    linked,
    only_sends,
)
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.guides.topics import ABOUT, GUIDE, answered
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import normal, sections
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

KINDS = ("contributing", "testing", "review", "onboarding", "governance", "ownership")
MAX_READMES = 3
"""Most READMEs: the forge shows one, another may be beside it."""
MAX_LINKED = 30
"""Most documents that are read because a guide links to them."""
MAX_PAGES = 60
"""Most pages of the documentation in which a section on contributing is looked for."""
_FOR_DEVELOPERS = regex(
    r"(?:^|[/_. -])(?:contribut\w*|develop\w*|dev|hacking|test(?:s|ing)?|build(?:ing)?|set-?up|style\w*"
    r"|coding|lint\w*"
    r"|conventions?|guidelines?|workflow|review\w*|pull|submit\w*|patch\w*|governance|maint\w*|core\w*"
    r"|onboard\w*"
    r"|environment|local|compil\w*|tooling|practices|standards?)(?:$|[/_. -])",
    re.IGNORECASE,
)
_NOT_FOR_DEVELOPERS = regex(
    r"conduct|template|readme|licen[cs]e|changelog|(?:^|/)(?:security|support)\.", re.IGNORECASE
)
_BUILD_NOTES = regex(
    r"(?:docs?/)?(?:install(?:ing|ation)?|build(?:ing)?|compil(?:e|ing)|set-?up|git-info|local[-_]?dev\w*"
    r"|quick-?start)"
    r"(?:\.\w+)?\Z",
    re.IGNORECASE,
)
_FORGE_PAGE = regex(r"\.(?:github|gitlab)/[^/]+\Z")
_SURELY_FOR_DEVELOPERS = regex(
    r"(?:^|[/_. -])(?:contribut\w*|develop\w*|dev|hacking|coding|conventions?|guidelines?|pull|submit\w*"
    r"|patch\w*|governance|maint\w*|core\w*|onboard\w*)(?:$|[/_. -])",
    re.IGNORECASE,
)
_INDEXES = ("README.md", "index.md", "index.rst", "README.rst")
_PAGE = regex(r"docs?/[^/]+\Z")
_NO_PAGE = regex(r"road-?map|gsoc|blog|release|change|news", re.IGNORECASE)
_CONTRIBUTING = regex(r"(?:how to )?contribut(?:e|ing)\b")


class Guides(Fact):
    """The contributor guide and what stands beside it: the README and documents that they link to."""

    def __init__(self, documents: Documents, inside: Inside) -> None:
        self._documents = documents
        self.inside = inside.path
        self.contributing = at_home(
            beyond(documents) or documents.artifact("contributing"), documents, inside
        )
        self.readme = front_page(documents)
        self.readmes = documents.artifact("readme").documents[:MAX_READMES]

    @classmethod
    def gather(cls, repository: Repository) -> Guides:
        """Find them; never fails."""
        return cls(repository[Documents], repository[Inside])

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All of them but the README, those that guides and the README link to included."""
        found = {d.path: d for kind in KINDS for d in self._of(kind)}
        pointer = self.contributing.pointer  # it may say more than where the guide is
        leading = self._documents.get(pointer.path) if pointer else None
        if leading is not None and not self.contributing.external:
            found.setdefault(leading.path, leading)
        found |= {d.path: d for d in including(self.contributing.documents, self._documents)}
        for path in filter(_FORGE_PAGE.match, self._documents.paths):
            page = None if FOR_AGENTS.search(path) else self._documents.get(path)
            if page is not None:
                found.setdefault(path, page)
        for part in (*list(found.values()), *self.readme):
            for page in self._linked(part):
                if len(found) < MAX_LINKED + len(KINDS):
                    found.setdefault(page.path, page)
        return tuple(
            d for d in found.values() if d not in self.readme and not _NOT_FOR_DEVELOPERS.search(d.path)
        )

    @cached_property
    def notes(self) -> tuple[Document, ...]:
        """The documents on building and installing, which may be for users."""
        found = map(self._documents.get, filter(_BUILD_NOTES.match, self._documents.paths))
        return tuple(document for document in found if document and document not in self.documents)

    @cached_property
    def for_agents(self) -> tuple[Document, ...]:
        """The instructions to coding agents, where a team may write down its reviews."""
        found = (
            self._documents.get(path)
            for path in ("AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md")
        )
        return tuple(document for document in found if document is not None)

    def _of(self, kind: str) -> tuple[Document, ...]:
        """Return the documents of a kind; of a site's pages on tests none, for they tell users how to test."""
        artifact = self.contributing if kind == "contributing" else self._documents.artifact(kind)
        if kind != "testing" or artifact.declared:
            return artifact.documents
        return tuple(d for d in artifact.documents if d in self._documents.process)

    def _linked(self, document: Document) -> Iterator[Document]:
        """Yield the documents for developers that a document links to."""
        for link in document.links:
            wanted = _SURELY_FOR_DEVELOPERS if self._for_users(document, link.line) else _FOR_DEVELOPERS
            path = self.inside(document, link.target)
            if not path or path == document.path or not wanted.search(f"{link.text} {path}"):
                continue
            if FOR_AGENTS.search(path) and document not in self.contributing.documents:
                continue
            for page in (path, *(f"{path}/{name}" for name in _INDEXES)):
                linked = self._documents.get(page) if page in self._documents.paths else None
                if linked is not None:
                    yield linked

    def _for_users(self, document: Document, line: int) -> bool:
        """Whether a line speaks to the product's users, as the README does outside its sections on developing."""
        return document in self.readme and not any(s.start <= line <= s.end for s in self.in_readme)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections on contributing of other pages of the documentation, where there is no guide."""
        paths = [path for path in self._documents.paths if _PAGE.match(path) and not _NO_PAGE.search(path)]
        pages = () if self.contributing else map(self._documents.get, paths[:MAX_PAGES])
        titled = ((s, s.heading.text) for page in pages if page for s in page.sections if s.heading)
        return tuple(s for s, title in titled if _CONTRIBUTING.match(normal(title)) and not lack(s))

    @property
    def written(self) -> tuple[Part, ...]:
        """All that is a guide or a part of one, the README left out."""
        return (*self.documents, *self.sections)

    @cached_property
    def named(self) -> tuple[Part, ...]:
        """Those of them that speak to contributors; what only tells who maintains or governs is no guide."""
        people = {d.path for kind in ("governance", "ownership") for d in self._of(kind)}
        people -= {document.path for document in self.contributing.documents}
        return tuple(part for part in self.written if whole(part).path not in people)

    @cached_property
    def external(self) -> str:
        """The site that the guide is on, where nothing of it is in the repository."""
        guides = self.contributing.documents
        if not guides:
            told = "" if self.named else linked(self.readme, self.inside)
            sent = all(only_sends(section, self.inside) for section in self.in_readme)
            return self.contributing.external or (told if sent else "")
        sites = [only_sends(guide, self.inside) for guide in guides]
        more = set(self.documents) - set(guides) or any(map(instructions, self.in_readme))
        return sites[0] if all(sites) and not more else ""

    @cached_property
    def lacking(self) -> tuple[Document, str] | None:
        """A guide that says nothing, and why, where all of them do."""
        reasons = [(document, lack(document)) for document in self.contributing.documents]
        return reasons[0] if reasons and all(reason for _, reason in reasons) else None

    @cached_property
    def in_readme(self) -> tuple[Section, ...]:
        """The README's sections for those who work on the product."""
        found = [
            s
            for document in self.readme
            for s in sections(document, "developing")
            if s.parents or s.heading != document.headings[0]
        ]
        return tuple(s for s in found if not lack(s))

    def answers(self, topic: str, *, readme: bool = True) -> Answer:
        """Return where a topic of `TOPICS` is answered; `readme` tells whether the README may answer."""
        front: tuple[Part, ...] = self.in_readme if readme else ()
        notes: tuple[Part, ...] = self.notes
        if readme and not self.written:
            front, notes = (*front, *alone(self.readme, topic)), (*notes, *self.readme)
        place = answered(topic, (*self.written, *front), notes)
        if place is not None:
            return Answer(place)
        return Answer(
            elsewhere=sent_away(
                (*self.written, *(self.readme if readme else ())), ABOUT[topic], GUIDE, self.inside
            )
        )
