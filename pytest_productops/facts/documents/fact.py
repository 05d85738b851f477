"""Documents: found by name and place, read when asked for, each at most once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.documents import markdown, places, plain, resolving, rst
from pytest_productops.facts.documents.model import Document
from pytest_productops.facts.documents.pointers import pointed
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MAX_HOPS = 2
"""Most pointers that are followed one after another."""
MAX_CANDIDATES = 40
"""Most documents of an artifact that are read."""
_READERS = {"markdown": markdown.read, "rst": rst.read}
_VERSION = re.compile(r"\W*(?:version|release)?\W*v?\d+\.\d+", re.IGNORECASE)


@dataclass(frozen=True)
class Artifact:
    """What there is of one kind, best first, pointers replaced by what they point to.

    `external` is where it is said to be outside the repository, `declared` that the configuration names the
    place, `pointer` the file that led to it.
    """

    kind: str
    documents: tuple[Document, ...] = ()
    external: str = ""
    declared: bool = False
    pointer: Location | None = None

    def __bool__(self) -> bool:
        return bool(self.documents or self.external)


@dataclass(frozen=True)
class _Found:
    """Where following a document ended: at a document, or outside."""

    document: Document | None
    external: str = ""
    pointer: Location | None = None


class Documents(Fact):
    """The documents of a repository; none is read before it is asked for."""

    def __init__(self, files: Files, declared: dict[str, str]) -> None:
        self._files = files
        self._declared = declared
        self._known: dict[str, Document | None] = {}
        self._artifacts: dict[str, Artifact] = {}
        self.paths = tuple(path for path in files.paths if places.is_document(path))

    @classmethod
    def gather(cls, repository: Repository) -> Documents:
        """Find the documents; never fails."""
        return cls(repository[Files], dict(repository.artifacts))

    def get(self, path: str) -> Document | None:
        """Return the document at a path, or None where there is none or it cannot be read."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Document | None:
        if path not in self._files:
            return None
        try:
            text = self._files.read(path)
        except Unreadable:
            return None
        form = places.FORMATS.get(PurePosixPath(path).suffix.lower(), "text")
        return _READERS.get(form, plain.read)(path, text)

    @cached_property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """The documents that cannot be read, with the reason; asking reads them all and parses none."""
        found = []
        for path in self.paths:
            try:
                self._files.read(path)
            except Unreadable as reason:
                found.append((path, str(reason)))
        return tuple(found)

    @cached_property
    def process(self) -> tuple[Document, ...]:
        """The documents about how the team works: named so near the root, declared, or pointed to by one such."""
        own = [path for path in self.paths if places.is_process(path)]
        found = [self._follow(path) for path in sorted(own, key=_nearness)]
        declared = [document for kind in self._declared for document in self.artifact(kind).documents]
        documents = [f.document for f in found if f.document] + declared
        return tuple(document for document in _distinct(documents) if not _is_changelog(document))

    def resolve(self, document: Document, target: str) -> str | None:
        """Return the tracked file or folder that a document's relative link leads to, or None."""
        return resolving.resolve(self._files, document, target)

    def artifact(self, kind: str) -> Artifact:
        """Return what there is of a kind of `places.KINDS`, or of a declared one; raise KeyError for others."""
        if kind not in self._artifacts:
            place = self._declared.get(kind)
            self._artifacts[kind] = self._discovered(kind) if place is None else self._at(kind, place)
        return self._artifacts[kind]

    def _at(self, kind: str, place: str) -> Artifact:
        if resolving.SCHEME.match(place):
            return Artifact(kind, external=place, declared=True)
        path = place.partition("#")[0].strip("/")
        inside = [name for name in self.paths if name.startswith(f"{path}/")]
        name = self._files.find(path.removeprefix("./"))
        return self._gathered(kind, [name] if name else inside, declared=True)

    def _discovered(self, kind: str) -> Artifact:
        wanted = places.KINDS[kind]
        ranked = []
        for path in self.paths:
            where = places.place(path)
            rank = places.rank(wanted, where) if where else None
            if rank is not None:
                ranked.append((rank, path))
        return self._gathered(kind, [path for _, path in sorted(ranked)[:MAX_CANDIDATES]])

    def _gathered(self, kind: str, paths: Iterable[str], *, declared: bool = False) -> Artifact:
        found = [self._follow(path) for path in paths]
        documents = _distinct(f.document for f in found if f.document)
        external = next((f.external for f in found if f.external), "")
        leading = [f for f in found if f.pointer and (f.document is None or f.document is documents[0])]
        if kind != "changelog":
            documents = [document for document in documents if not _is_changelog(document)]
        return Artifact(
            kind, tuple(documents), "" if documents else external, declared, leading[0].pointer if leading else None
        )

    def _follow(self, path: str) -> _Found:
        """Follow links of the file system and pointers from a path to a document."""
        document = self.get(resolving.real(self._files, path))
        pointer = document.at() if document and document.path != path else None
        pointer = Location(path) if pointer else None
        for _ in range(MAX_HOPS):
            target = pointed(document) if document and not _is_readme(document) else ""
            if not target or document is None:
                break
            onward = self.resolve(document, target)
            if resolving.SCHEME.match(target):
                return _Found(None, target, Location(path))
            following = self.get(resolving.real(self._files, onward)) if onward else None
            if following is None or following is document:
                break
            document, pointer = following, Location(path)
        return _Found(document, pointer=pointer)


def _nearness(path: str) -> tuple[int, int, str]:
    where = places.place(path)
    return (where.nearness, len(where.folders), path) if where else (9, 0, path)


def _is_readme(document: Document) -> bool:
    """A short README with a link is a short README."""
    return PurePosixPath(document.path).stem.lower() == "readme" and "include" not in document.text


def _is_changelog(document: Document) -> bool:
    """Whether most headings are versions."""
    versions = sum(bool(_VERSION.match(heading.text)) for heading in document.headings)
    return versions >= 3 and versions * 2 >= len(document.headings)  # noqa: PLR2004


def _distinct(documents: Iterable[Document]) -> list[Document]:
    return list({document.path: document for document in documents}.values())
