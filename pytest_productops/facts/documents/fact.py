"""Documents: found by name and place, read when asked for, each at most once."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property, lru_cache

from pytest_productops.facts.documents import places, readers, resolving
from pytest_productops.facts.documents.artifacts import (
    Artifact,
    Found,
    distinct,
    is_changelog,
    is_readme,
    text_of,
)
from pytest_productops.facts.documents.kinds import KINDS
from pytest_productops.facts.documents.model import Document
from pytest_productops.facts.documents.pointers import pointed
from pytest_productops.facts.documents.sites import Site
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

MAX_HOPS = 2
"""Most pointers that are followed one after another."""
MAX_CANDIDATES = 40
"""Most documents of an artifact that are read."""

_parsed = lru_cache(maxsize=512)(readers.read)
"""A fix is tried on a copy of the files, in which most documents say what they said before."""


class Documents(Fact):
    """The documents of a repository; none is read before it is asked for."""

    quick = True

    def __init__(self, files: Files, declared: Mapping[str, str]) -> None:
        self._files = files
        self._declared = declared
        self._known: dict[str, Document | None] = {}
        self._artifacts: dict[str, Artifact] = {}
        self.paths = tuple(path for path in files.paths if places.is_document(path))
        self._resolver = resolving.Resolver(files, self.paths)

    @classmethod
    def gather(cls, repository: Repository) -> Documents:
        """Find the documents; never fails."""
        return cls(repository[Files], repository.artifacts)

    def get(self, path: str) -> Document | None:
        """Return the document at a path, or None where there is none or it cannot be read."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Document | None:
        if path not in self._files:
            return None
        try:
            text = text_of(self._files, path)
        except Unreadable:
            return None
        return _parsed(path, text)

    @cached_property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """The documents that cannot be read, with the reason; asking reads them all and parses none."""
        reasons = ((path, self._reason(path)) for path in self.paths)
        return tuple((path, reason) for path, reason in reasons if reason)

    def _reason(self, path: str) -> str:
        try:
            text_of(self._files, path)
        except Unreadable as reason:
            return str(reason)
        return ""

    @cached_property
    def process(self) -> tuple[Document, ...]:
        """The documents on how the team works: named so in a fit place, declared, or pointed to by such."""
        published = places.is_site(self._files)
        own = [path for path in self.paths if places.is_process(path, published=published)]
        found = [self._follow(path).document for path in sorted(own, key=places.nearness)]
        declared = [document for kind in self._declared for document in self.artifact(kind).documents]
        documents = distinct([document for document in found if document] + declared)
        return tuple(document for document in documents if not is_changelog(document))

    def resolve(self, document: Document, target: str) -> str | None:
        """Return the tracked file or folder that a document's link leads to, or None.

        A link may be a path, a route or an address of the forge, or a page of the project's own site.
        """
        return self._resolver.resolve(document, target)

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites that are generated from documents of the repository."""
        return self._resolver.sites

    def site(self, path: str) -> Site | None:
        """Return the site that is generated from the documents around a path, or None."""
        return self._resolver.site(path)

    def owns(self, url: str) -> bool:
        """Whether an address is on a site of the project's own, as far as names tell."""
        return self._resolver.identity.owns(url)

    def artifact(self, kind: str) -> Artifact:
        """Return what there is of a kind of `kinds.KINDS` or a declared one; raise KeyError for others.

        Raises `Unavailable` where all that is there cannot be read.
        """
        if kind not in self._artifacts:
            place = self._declared.get(kind)
            self._artifacts[kind] = self._discovered(kind) if place is None else self._at(kind, place)
        return self._artifacts[kind]

    def _at(self, kind: str, place: str) -> Artifact:
        """Return what is at a declared place: a URL, a document, or a folder of documents."""
        if resolving.SCHEME.match(place):
            return Artifact(kind, external=place, declared=True)
        path = posixpath.normpath(place.partition("#")[0]).strip("/")
        name = self._files.find(path)
        inside = [inner for inner in self.paths if inner.startswith(f"{path}/")]
        return self._gathered(
            kind, [self._follow(inner) for inner in ([name] if name else inside)], declared=True
        )

    def _discovered(self, kind: str) -> Artifact:
        ranked = []
        for path in self.paths:
            where = places.place(path)
            rank = places.rank(KINDS[kind], where) if where else None
            if rank is not None:
                ranked.append((rank, path))
        found = [(rank[0] == 0, self._follow(path)) for rank, path in sorted(ranked)[:MAX_CANDIDATES]]
        # A pointer that only its folder makes a candidate may lead to any other subject.
        return self._gathered(kind, [one for named, one in found if named or not one.pointer])

    def _gathered(self, kind: str, found: list[Found], *, declared: bool = False) -> Artifact:
        documents = distinct(one.document for one in found if one.document)
        if kind != "changelog":
            documents = [document for document in documents if not is_changelog(document)]
        best = documents[0] if documents else None
        external = "" if best else next((one.external for one in found if one.external), "")
        problem = next((one.problem for one in found if one.problem), "")
        if problem and not best and not external:
            raise Unavailable(problem)
        leading = next((one for one in found if one.document is best and (best or one.external)), None)
        return Artifact(kind, tuple(documents), external, declared, leading.pointer if leading else None)

    def _follow(self, path: str) -> Found:
        """Follow links of the file system and pointers from a path to a document, or to another site."""
        inner = resolving.real(self._files, path)
        document = self.get(inner)
        problem = "" if document else self._reason(inner)
        found = Found(document, pointer=Location(path) if inner != path else None, problem=problem)
        for _ in range(MAX_HOPS):
            document = found.document
            target = pointed(document) if document and not is_readme(document) else ""
            if document is None or not target:
                break
            onward = self.resolve(document, target)
            if onward is None and resolving.SCHEME.match(target):
                return Found(None, target, document.at())
            following = self.get(resolving.real(self._files, onward)) if onward else None
            if following is None or following is document:
                break
            found = Found(following, pointer=document.at())
        return found
