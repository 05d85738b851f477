"""Freshness: documents about the process or the architecture, and what changed since in the source they speak of."""

from __future__ import annotations

import datetime
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property

from pytest_productops.facts.changes.tests_of import is_source
from pytest_productops.facts.committed import Committed
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.freshness.stamps import Stamps
from pytest_productops.facts.globs import LONGEST
from pytest_productops.facts.history import Commit, History
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_KINDS = ("architecture",)
_LISTS = regex(
    r"(?:^|/)(?:index|__init__|__main__|mod|lib|main|constants?|config|settings|defaults|options|registry|routes|urls|version"
    r"|enums?|descriptions?|messages?|errors?"
    r"|types|contributors|authors)\.\w+\Z"
)
"""Files that grow with every feature: a document names them as the place to add something."""
_SCRIPT = regex(r"\.(?:sh|bash|ps1|tf|sql|proto|graphql)\Z")
_MOST_REFERENCES = 60


@dataclass
class Page:
    """A document, the source it names (path -> line), and what became of that since the document was touched.

    `touched` is the day of the last commit that touched it (or of the review it is stamped with), None where
    history does not tell; `since` counts commits by path, `commits` all of them, `newest` is the last one's day.
    """

    path: str
    references: dict[str, int]
    reviewed: datetime.date | None = None
    touched: datetime.date | None = None
    commits: int = 0
    newest: datetime.date | None = None
    since: Counter[str] = field(default_factory=Counter)

    @property
    def lag(self) -> int:
        """The days from its last touch to the newest change of what it names."""
        return (self.newest - self.touched).days if self.newest and self.touched else 0

    @property
    def location(self) -> Location:
        """Where it names the file that changed most."""
        return Location(self.path, self.references[self.since.most_common(1)[0][0]] if self.since else 0)

    def see(self, commit: Commit) -> bool:
        """Take in a commit older than those before; say whether nothing more is asked."""
        statuses = {change.path: change.status for change in commit.changes}
        own = statuses.get(self.path)
        if own == "A" or (own and not commit.bulk):
            self.touched = commit.day
        elif self.reviewed and commit.day <= self.reviewed:
            self.touched = self.reviewed
        elif not commit.bulk and commit.human:
            named = statuses.keys() & self.references.keys()
            if named:
                self.newest = self.newest or commit.day
                self.commits += 1
                self.since.update(named)
        return self.touched is not None


class Freshness(Fact):
    """The documents that name source, with what changed since."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._files = repository[Files]
        self._documents = repository[Documents]

    @classmethod
    def gather(cls, repository: Repository) -> Freshness:
        """Never fails: the history is asked for where a document names source."""
        return cls(repository)

    @cached_property
    def _sources(self) -> dict[str, dict[str, int]]:
        """Document -> the source that it names."""
        found = {document.path: self._named(document) for document in self._read()}
        return {path: names for path, names in found.items() if names}

    def pages(self, exclude: tuple[str, ...] = ()) -> tuple[Page, ...]:
        """Return the documents, read against the history in one pass. `exclude` are globs of files not looked at.

        Raises `Unavailable` where there is no history to read them against.
        """
        left = set(self._files.matching(*exclude)) if exclude else set[str]()
        pages = [
            Page(path, {name: line for name, line in names.items() if name not in left})
            for path, names in self._sources.items()
        ]
        pages = [page for page in pages if page.references]
        if pages:
            _ = self._repository[History]
            pages = [page for page in pages if not self._being_written(page.path)]
        for page in pages:
            page.reviewed = next((stamp.reviewed for stamp in self._repository[Stamps].of(page.path)), None)
        open_ = list(pages)
        wanted = {path for page in pages for path in (page.path, *page.references)}
        for commit in self._commits(wanted):
            open_ = [page for page in open_ if not page.see(commit)]
            if not open_:
                break
        return tuple(pages)

    def _commits(self, paths: set[str]) -> Iterator[Commit]:
        if paths:
            yield from self._repository[History].log(
                names=True, whole=True, first_parent=True, paths=sorted(paths)
            )

    def _being_written(self, path: str) -> bool:
        """Whether somebody is writing a document just now."""
        try:
            return self._repository[Committed].read(path) != self._files.read(path)
        except Unreadable:
            return True

    def _read(self) -> Iterator[Document]:
        seen = set[str]()
        artifacts = (d for kind in _KINDS for d in self._documents.artifact(kind).documents)
        for document in (*self._documents.process, *artifacts):
            if document.path not in seen:
                seen.add(document.path)
                yield document

    def _named(self, document: Document) -> dict[str, int]:
        """Return the source files that a document names, by links, code or `describes` in its front matter."""
        found: dict[str, int] = {}
        for link in document.links:
            path = None if link.image else self._documents.resolve(document, link.target)
            if path:
                found.setdefault(path, link.line)
        folder = posixpath.dirname(document.path)
        for code in document.codes:
            text = code.text.strip().removeprefix("./").lstrip("/").partition(":")[0]
            for path in (text, posixpath.join(folder, text)):
                if "/" in text and path in self._files:
                    found.setdefault(path, code.line)
        sources = {path: line for path, line in found.items() if _telling(path)}
        described = document.front_matter.get("describes")
        globs = [glob for glob in described if isinstance(glob, str)] if isinstance(described, list) else []
        globs = [glob for glob in globs if len(glob) <= LONGEST][:_MOST_REFERENCES]
        sources |= {
            path: 1 for path in (self._files.matching(*globs) if globs else ()) if path != document.path
        }
        return dict(list(sources.items())[:_MOST_REFERENCES])


def _telling(path: str) -> bool:
    """Whether changes of a file may make wrong what a document says of it."""
    return bool(is_source(path) or _SCRIPT.search(path)) and not _LISTS.search(path)
