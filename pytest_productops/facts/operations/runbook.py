"""Runbook: what those on call read, and which of their questions it answers, with how many words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.files import Files
from pytest_productops.facts.guides.answers import own
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.operations import runbook_words as said
from pytest_productops.facts.operations import words as terms
from pytest_productops.facts.substance import Part, lack, words
from pytest_productops.facts.topics import normal
from pytest_productops.facts.workloads.places import text_of
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MAX_READ = 60


@dataclass(frozen=True)
class Told:
    """The best place that a runbook answers a topic at, how many words it has, and why it says nothing ("" if not)."""

    location: Location
    words: int
    lack: str = ""
    acts: bool = False


class Runbooks(Fact):
    """The runbooks of the components that run."""

    def __init__(self, documents: Documents, files: Files, components: Components) -> None:
        self._documents = documents
        self._files = files
        self._components = components

    @classmethod
    def gather(cls, repository: Repository) -> Runbooks:
        """Never fails."""
        return cls(repository[Documents], repository[Files], repository[Components])

    def runs(self, component: Component) -> bool:
        """Whether a component below the root is something that is deployed."""
        if said.ASIDE.search(f"{component.folder}/"):
            return False
        return any(
            self._starts(component.path(path)) for path in self._within(component) if said.RUNS.match(path)
        )

    def _starts(self, path: str) -> bool:
        """Whether a file is no image's that only names another, as one is that pins a tool."""
        return not said.IMAGE.match(path) or said.COPIES.search(text_of(self._files, path)) is not None

    @cached_property
    def parts_run(self) -> bool:
        """Whether any component below the root runs."""
        return any(self.runs(each) for each in self._components.all if each.folder)

    def of(self, component: Component) -> tuple[Document, ...]:
        """Return the runbook of a component: in its folder, or of its name; of the root all that belong to no other."""
        found = tuple(self._named)
        if not component.folder:
            return found
        name = normal(component.folder.rpartition("/")[2])
        inside = (
            self._documents.get(path)
            for path in self._documents.paths
            if _in(path, component) and _is_runbook(path)
        )
        beside = [document for document in found if _names(document, name, component.name)]
        return tuple({d.path: d for d in (*filter(None, inside), *beside)}.values())

    @cached_property
    def external(self) -> str:
        """The address of a runbook elsewhere: declared, pointed to, or of the catalogue's annotations."""
        artifact = self._documents.artifact("runbook")
        if artifact.external:
            return artifact.external
        for path in filter(said.CATALOGUE.match, self._files.paths):
            match = said.LINKED.search(text_of(self._files, path))
            if match:
                return (match[1] or match[2]).strip("\"'")
        return ""

    def told(self, documents: tuple[Document, ...], topic: str) -> Told | None:
        """Return where documents answer a topic; those about deploying and rolling back of the repository count too."""
        places = [_told(part) for part in self._parts(documents, topic)]
        return max(places, key=lambda each: (not each.lack, each.acts, each.words), default=None)

    @cached_property
    def _named(self) -> tuple[Document, ...]:
        artifact = self._documents.artifact("runbook")
        if artifact.declared:
            return artifact.documents[:MAX_READ]
        # A published site has pages on operating what its users run.
        own = [d for d in artifact.documents if _is_runbook(d.path) or not self._documents.site(d.path)]
        named = [
            path for path in self._documents.paths if _is_runbook(path) and not terms.ELSEWHERE.search(path)
        ]
        anywhere = [d for d in map(self._documents.get, named[:MAX_READ]) if d]
        return tuple({d.path: d for d in (*own, *anywhere)}.values())[:MAX_READ]

    def _parts(self, documents: tuple[Document, ...], topic: str) -> Iterator[Part]:
        wanted = said.HEADED[topic]
        kinds = {"deploy": ("deployment",), "rollback": ("rollback", "deployment")}.get(topic, ())
        beside = [d for kind in kinds for d in self._documents.artifact(kind).documents]
        for document in (*documents, *beside):
            title = next((each.text for each in document.headings[:1]), document.path.rpartition("/")[2])
            whole = topic not in ("overview", "owner")
            if whole and (
                wanted.search(normal(title)) or wanted.search(normal(document.path.rpartition("/")[2]))
            ):
                yield document
            yield from (s for s in document.sections if s.heading and wanted.search(normal(s.heading.text)))
            if topic == "overview":
                yield from _opening(document)

    def _within(self, component: Component) -> Iterator[str]:
        start = len(component.folder) + 1 if component.folder else 0
        yield from (path[start:] for path in self._files.paths if not start or _in(path, component))


def _opening(document: Document) -> Iterator[Section]:
    """Yield what stands below the title, before the first section."""
    for section in document.sections[:2]:
        if (section.heading is None or section.heading.level == 1) and not lack(own(section)):
            yield own(section)


def _told(part: Part) -> Told:
    place = part.at(1) if isinstance(part, Document) else part.at()
    code = [each.text for each in part.codes] + [each.text for each in part.code_blocks]
    linked = any(not link.image for link in part.links)
    reason = lack(part)
    return Told(
        place,
        words(part) + sum(len(text.split()) for text in code),
        "" if reason == "holds only links" else reason,
        linked or bool(instructions(part)),
    )


def _in(path: str, component: Component) -> bool:
    return path.startswith(f"{component.folder}/")


def _is_runbook(path: str) -> bool:
    return said.RUNBOOK.search(path) is not None


def _names(document: Document, *names: str) -> bool:
    """Whether a runbook is named after a component, or has a section that is."""
    titles = [
        normal(document.path.rpartition("/")[2].rpartition(".")[0]),
        *(normal(h.text) for h in document.headings),
    ]
    wanted = [normal(name) for name in names if name]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in wanted for text in titles)
