"""Mentions: paths of the repository that the process documents name in code, and that are gone."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Code, Document
from pytest_productops.facts.history import Removal
from pytest_productops.facts.links.scope import Scope
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_PATH = regex(r"(?:\./)?(?:[\w.@+-]+/)+[\w.@+-]*\Z")
_INVENTED = regex(
    r"(?i)(?:.*[/._-])?(?:x{2,}|y{3,}|my|your|foo|bar|baz|example|sample|some|new|name|path|to|file|dir|placeholder|todo|n+|\d*x"
    r"|feature|fix|bugfix|branch|issue|origin|upstream)(?:[/._-]|\Z)"
)
_LINE = regex(r":\d+(?:[:-]\d+)?\Z|#L\d+.*\Z")


@dataclass(frozen=True)
class Gone:
    """A path in code that is not there; `removal` is what took it away, None where it never was."""

    document: Document
    code: Code
    path: str
    removal: Removal | None = None


class Mentions(Fact):
    """Paths in the inline code of process documents whose first folder is one of the repository's."""

    quick = True

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @classmethod
    def gather(cls, repository: Repository) -> Mentions:
        """Never fails; the history is asked only about what is missing."""
        return cls(repository[Scope])

    @cached_property
    def paths(self) -> tuple[tuple[Document, Code, str], ...]:
        """The paths that are named: document, code, path from the root."""
        return tuple(each for document in self._scope.judged for each in self._in(document))

    def _in(self, document: Document) -> Iterator[tuple[Document, Code, str]]:
        seen = set()
        for code in document.codes:
            text = _LINE.sub("", code.text.strip())
            path = posixpath.normpath(text).removeprefix("./")
            own = (
                _PATH.match(text)
                and not _INVENTED.match(text)
                and (path.split("/")[0] in self._scope.files.folders or self._scope.removal(path))
            )
            if own and path not in seen and not path.startswith(".."):
                seen.add(path)
                yield document, code, path

    @cached_property
    def gone(self) -> tuple[Gone, ...]:
        """The paths that are neither in the tree, nor beside the document, nor made by a tool."""
        return tuple(Gone(document, code, path, self._scope.removal(path))
                     for document, code, path in self.paths if self._missing(document, path))  # fmt: skip

    def _missing(self, document: Document, path: str) -> bool:
        files = self._scope.files
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), path))
        there = any(p in files or p in files.folders for p in (path, beside, files.followed(path)))
        return not there and not self._scope.made(path) and path not in self._ends

    @cached_property
    def _ends(self) -> frozenset[str]:
        """Every path of the tree without its first folders: a package's own paths, and modules without suffix."""
        found = set()
        for path in self._scope.files.paths:
            stem = posixpath.splitext(path)[0]
            for at, letter in enumerate(path):
                if letter == "/":
                    found |= {path[at + 1 :], stem[at + 1 :], path[at + 1 :].rpartition("/")[0]}
            found.add(stem)
        return frozenset(found)
