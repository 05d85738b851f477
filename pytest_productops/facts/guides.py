"""Guides: the documents that tell people how to work on the product, and what those answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.answers import Answer, sent_away
from pytest_productops.facts.documents import Artifact, Document, Documents, Section
from pytest_productops.facts.guide_topics import ABOUT, GUIDE, answered
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.topics import sections
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

KINDS = ("contributing", "testing", "review", "onboarding", "governance", "ownership")
MAX_LINKED = 30
"""Most documents that are read because a guide links to them."""
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
_FORGE_FILE = regex(r"https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw|src)/(?:branch/)?[^/]+/([^?#]+)")
_PAGE = regex(r"https?://[^/]+/([^?#]*?)(?:\.html)?/?(?:[?#].*)?\Z")


class Guides(Fact):
    """The contributor guide and what stands beside it: the README and documents that they link to."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self.contributing = documents.artifact("contributing")
        self.readme = documents.artifact("readme").documents[:1]

    @classmethod
    def gather(cls, repository: Repository) -> Guides:
        """Find them; never fails."""
        return cls(repository[Documents])

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All of them but the README, those that guides and the README link to included."""
        found = {d.path: d for kind in KINDS for d in self._artifact(kind).documents}
        pointer = self.contributing.pointer  # it may say more than where the guide is
        leading = self._documents.get(pointer.path) if pointer else None
        if leading is not None and not self.external:
            found.setdefault(leading.path, leading)
        for path in filter(_FORGE_PAGE.match, self._documents.paths):
            page = self._documents.get(path)
            if page is not None:
                found.setdefault(path, page)
        for document in (*list(found.values()), *self.readme):
            for linked in self._linked(document):
                if len(found) < MAX_LINKED + len(KINDS):
                    found.setdefault(linked.path, linked)
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

    def _artifact(self, kind: str) -> Artifact:
        return self.contributing if kind == "contributing" else self._documents.artifact(kind)

    def _linked(self, document: Document) -> Iterator[Document]:
        """Yield the documents for developers that a document links to."""
        for link in document.links:
            path = self.inside(document, link.target)
            if not path or path == document.path or not _FOR_DEVELOPERS.search(f"{link.text} {path}"):
                continue
            for page in (
                path,
                *(f"{path}/{name}" for name in ("README.md", "index.md", "index.rst", "README.rst")),
            ):
                linked = self._documents.get(page) if page in self._documents.paths else None
                if linked is not None:
                    yield linked

    def inside(self, document: Document, target: str) -> str | None:
        """Return the tracked path that a link leads to, also by way of the forge or the rendered site."""
        path = self._documents.resolve(document, target)
        if path:
            return path
        file, page = _FORGE_FILE.match(target), _PAGE.match(target)
        if file:
            return file[1] if file[1] in self._documents.paths else None
        tail = page[1].split("/")[-2:] if page else []
        wanted = [name.lower() for name in tail if name]
        return self._pages.get("/".join(wanted)) or self._pages.get(wanted[-1]) if wanted else None

    @cached_property
    def _pages(self) -> dict[str, str]:
        """The end of each document's address on a site, if no other document has it -> its path."""
        found: dict[str, list[str]] = {}
        for path in self._documents.paths:
            parts = PurePosixPath(path.lower()).with_suffix("").parts
            for tail in {"/".join(parts[-2:]), parts[-1]}:
                found.setdefault(tail, []).append(path)
        return {tail: paths[0] for tail, paths in found.items() if len(paths) == 1}

    @property
    def external(self) -> str:
        """The site that the guide is on, where nothing of it is in the repository."""
        return "" if self.contributing.documents else self.contributing.external

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
            if s.parents or s.start > 1
        ]
        return tuple(s for s in found if not lack(s))

    def answers(self, topic: str, *, readme: bool = True) -> Answer:
        """Return where a topic of `TOPICS` is answered; `readme` tells whether the README may answer."""
        beside: tuple[Part, ...] = ()
        if readme:
            beside = self.in_readme if self.documents else self.readme
        place = answered(topic, (*self.documents, *beside), self.notes)
        if place is not None:
            return Answer(place)
        return Answer(
            elsewhere=sent_away(
                (*self.documents, *(self.readme if readme else ())), ABOUT[topic], GUIDE, self.inside
            )
        )
