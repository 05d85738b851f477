"""Reach: which process documents a reader who starts at the README can get to, link by link."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.documents import Document, Documents, Link, Site
from pytest_productops.facts.documents.pointers import pointed
from pytest_productops.facts.links.scope import Scope
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

MAX_READ = 150
"""Most documents that are read; when that is not enough, nothing is said to be hidden."""
_NAMED = regex(r"[\w./-]{4,200}")
_DOCS = regex(r"(?i)\b(?:docs?|documentation|handbook|manual|guides?|website|read-?the-?docs)\b|readthedocs")
_AREAS = frozenset({"", ".github", ".gitlab", "docs"})
_DOC_FOLDERS = ("doc/", "docs/", "documentation/", "website/")
_MACHINE = frozenset({"owners", "owners_aliases", "security_contacts", "codeowners"})
"""Lists of people that tools read."""
_FRONT = ("readme", "index", "_index", "summary", "_sidebar")


@dataclass(frozen=True)
class Hidden:
    """A process document that no path of links leads to, and a document that might link to it."""

    document: Document
    parent: str


class Reach(Fact):
    """The links among the documents of a repository, its sites' navigation and folders included."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @classmethod
    def gather(cls, repository: Repository) -> Reach:
        """Never fails."""
        return cls(repository[Scope])

    @property
    def _documents(self) -> Documents:
        return self._scope.documents

    @cached_property
    def process(self) -> tuple[Document, ...]:
        """The process documents that are to be found."""
        found = (d for d in self._documents.process if _stem(d.path) not in {*_FRONT, *_MACHINE})
        return tuple(document for document in found if not pointed(document))

    def start(self, root: str) -> Document | None:
        """Return the document that readers start at: the one of this name in the root or the forge's folder."""
        named = (path for path in self._in_areas() if _stem(path) == root.lower())
        ranked = sorted(named, key=lambda path: (path.count("/"), not path.lower().endswith(".md"), path))
        return self._documents.get(ranked[0]) if ranked else None

    def _in_areas(self) -> Iterator[str]:
        """Yield the documents in the folders where the forge looks for those that it shows."""
        yield from (path for path in self._documents.paths if posixpath.dirname(path) in _AREAS)

    def hidden(self, root: str, hops: int, surfaced: tuple[str, ...]) -> Iterator[Hidden]:
        """Yield the process documents that take more hops. What the forge shows by itself is a start too."""
        start = self.start(root)
        names = {name.lower() for name in surfaced}
        shown = [path for path in self._in_areas() if _stem(path) in names]
        wanted = {d.path: d for d in self.process if d.path not in shown}
        if start is None or not wanted:
            return
        reached, complete = self._reached([start.path, *shown], hops, frozenset(wanted))
        for path, document in wanted.items():
            if complete and path not in reached:
                yield Hidden(document, self._parent(document, reached) or start.path)

    def _reached(self, starts: list[str], hops: int, wanted: frozenset[str]) -> tuple[frozenset[str], bool]:
        """Return what is reached, and whether all that may lead on was read; done when all wanted is reached."""
        reached, front, read = set(starts), starts, 0
        for _ in range(hops):
            found: set[str] = set()
            for path in front:
                document = self._documents.get(path)
                read += document is not None
                if not wanted - reached - found or read > MAX_READ:
                    return frozenset(reached | found), read <= MAX_READ
                found.update(self._onward(document) if document else ())
            front = sorted(found - reached, key=lambda path: (path not in wanted, path.count("/"), path))
            reached |= found
        return frozenset(reached), True

    def _onward(self, document: Document) -> Iterator[str]:
        shown: set[Site] = set()
        published = False
        for link in document.links:
            path = self._documents.resolve(document, link.target)
            if path in self._scope.files.folders and path:
                yield from self._within.get(path, ())
            elif path:
                yield path
            elif link.target.startswith("http"):
                published = published or self._is_site(link)
                yield from self._by_stem.get(_stem(link.target.rstrip("/")), ())  # the page of the same name
            site = self._documents.site(path) if path else None
            shown |= {site} if site and all(site.roots) else set()
        shown |= {site for site in self._documents.sites if published and all(site.roots)}
        for path in self._documents.paths if shown else ():  # navigation leads to all pages of a site
            if (published and path.startswith(_DOC_FOLDERS)) or any(site.holds(path) for site in shown):
                yield path
        yield from self._named(document)

    def _is_site(self, link: Link) -> bool:
        """Whether an address leads to a site that may show the documents of the tree, as far as names tell."""
        told = self._documents.owns(link.target) or _DOCS.search(f"{link.target} {link.text}")
        return bool(told)

    def _named(self, document: Document) -> Iterator[str]:
        """Yield the documents that are named in running text or in code."""
        folder = posixpath.dirname(document.path)
        said = " ".join([*(each.text for each in document.prose), *(each.text for each in document.codes)])
        for name in {word.strip(".") for word in _NAMED.findall(said) if word.isupper() or "." in word}:
            for base in {folder, ""}:
                path = self._by_name.get(posixpath.normpath(posixpath.join(base, name)).lower())
                if path:
                    yield path

    @cached_property
    def _within(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._documents.paths:
            found.setdefault(posixpath.dirname(path), []).append(path)
        return found

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found = {}
        for path in self._documents.paths:
            found[path.lower()] = path
            if posixpath.dirname(path) in {"", ".github", "docs"} and PurePosixPath(path).stem.isupper():
                found.setdefault(PurePosixPath(path).stem.lower(), path)
        return found

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._documents.paths:
            found.setdefault(_stem(path), []).append(path)
        return found

    def _parent(self, document: Document, reached: frozenset[str]) -> str:
        """Return a document that can be reached, in the same folder or the nearest one above."""
        folder = posixpath.dirname(document.path)
        while folder:
            near = [path for path in self._within.get(folder, ()) if path in reached]
            if near:
                return min(near, key=lambda path: (_stem(path) not in _FRONT, path))
            folder = posixpath.dirname(folder)
        return ""


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.lower()
