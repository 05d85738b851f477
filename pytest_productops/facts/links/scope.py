"""Which documents are judged by their links, and what is known of paths that are not there."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.documents.resolving import real
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history import History, Removal
from pytest_productops.facts.ignored import Ignored
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository, Unavailable

_TEMPLATE = regex(r"(?i)(?:template|example|sample)")
_INCLUDE = regex(
    r"(?:include(?:-markdown)?\b(?:::|\}|\b)|--8<--|\{!|@include:?)[ \t]{0,9}[\"']?([^\s\"'!}%\[]{1,300})",
    re.IGNORECASE,
)
_BUILT = regex(
    r"(?:^|/)(?:_?build|dist|out|output|target|coverage|node_modules|generated|_autosummary|\.venv|venv)(?:/|\Z)"
)


class Scope(Fact):
    """A repository as the facts on its links see it."""

    def __init__(self, repository: Repository) -> None:
        self.files = repository[Files]
        self.documents = repository[Documents]
        self._repository = repository
        self._specs: dict[str, Ignored] = {}

    @classmethod
    def gather(cls, repository: Repository) -> Scope:
        """Never fails."""
        return cls(repository)

    @cached_property
    def judged(self) -> tuple[Document, ...]:
        """The process documents and the rest of the contributor guide, without templates."""
        guide = self.documents.artifact("contributing").documents
        found = {document.path: document for document in (*self.documents.process, *guide)}
        return tuple(document for path, document in found.items() if not _TEMPLATE.search(path))

    def removal(self, path: str) -> Removal | None:
        """Return what removed a path, None where nothing did or where the history does not tell."""
        try:
            return self._repository[History].removal(path)
        except Unavailable:
            return None

    def shown(self, path: str) -> tuple[str, ...]:
        """Return where else a document is shown: as a link of the file system, or taken in by another one."""
        name = posixpath.basename(path)
        links = (
            p
            for p in self.files.paths
            if p != path and posixpath.basename(p) == name and self._leads(p, path)
        )
        taken = (p for p in self._includers.get(name, ()) if p != path)
        return (*links, *taken)

    def _leads(self, link: str, path: str) -> bool:
        try:
            return (self.files.root / link).is_symlink() and real(self.files, link) == path
        except OSError:
            return False

    @cached_property
    def _includers(self) -> dict[str, list[str]]:
        """Name of a file -> the documents that take in one of this name."""
        found: dict[str, list[str]] = {}
        for path in self.documents.paths:
            for match in _INCLUDE.finditer(self._text(path)):
                found.setdefault(posixpath.basename(match[1]), []).append(path)
        return found

    def _text(self, path: str) -> str:
        try:
            return self.files.read(path)
        except Unreadable:
            return ""

    def made(self, path: str) -> bool:
        """Whether a path is made by a tool, or belongs to another repository: ignored by git, in a submodule."""
        inside = any(path[:at] in self.files for at, letter in enumerate(path) if letter == "/")
        return inside or bool(_BUILT.search(path)) or self._ignored(path)

    def _ignored(self, path: str) -> bool:
        folders = [path[:at] for at, letter in enumerate(path) if letter == "/"]
        forms = (path, f"{path}/")  # a pattern may be for folders alone
        return any(
            self._spec(folder).match_file(form[len(folder) :].lstrip("/"))
            for folder in ["", *folders]
            for form in forms
        )

    def _spec(self, folder: str) -> Ignored:
        if folder not in self._specs:
            name = posixpath.join(folder, ".gitignore")
            try:
                self._specs[folder] = Ignored(
                    self.files.read(name).splitlines() if name in self.files else ()
                )
            except Unreadable:
                self._specs[folder] = Ignored(())
        return self._specs[folder]
