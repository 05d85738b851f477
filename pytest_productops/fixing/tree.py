"""Edits on the files of a repository: which can be made together, and what the files hold then. Nothing is written."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import PurePosixPath

from pytest_productops.edits import Create, Edit, Insert, Remove, Replace
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.ignored import Ignored
from pytest_productops.fixing.model import Unfit
from pytest_productops.fixing.texts import Source, Span

Changes = Mapping[str, tuple[bytes | None, bytes]]
"""Path -> what the file held (None: it was not there), and what it holds then."""


class Tree:
    """Collects edits. What it takes can all be made; what it refuses meets something that it took."""

    def __init__(self, files: Files, sources: dict[str, Source] | None = None) -> None:
        self._files = files
        self._sources = {} if sources is None else sources
        self._spans: dict[str, list[Span]] = {}
        self._created: dict[str, str] = {}
        self._taken: set[Edit] = set()

    def bare(self) -> Tree:
        """Return one of the same files that took nothing yet; what is read for the one is read for the other."""
        return Tree(self._files, self._sources)

    def take(self, edits: Iterable[Edit]) -> bool:
        """Take edits, all or none of them; return whether they go together with those before.

        Raises `Unfit` where they could not be made even alone.
        """
        fresh = [edit for edit in dict.fromkeys(edits) if edit not in self._taken]
        created = {edit.path: edit.text for edit in fresh if isinstance(edit, Create)}
        spans = self._spans_of(edit for edit in fresh if not isinstance(edit, Create))
        for path in created:
            self._refuse(path)
        touched = {path for path, _ in spans}
        if any(path == where and one.meets(other) for (path, one), (where, other) in combinations(spans, 2)):
            raise Unfit("its edits meet each other")
        meets = any(span.meets(other) for path, span in spans for other in self._spans.get(path, ()))
        if meets or self._created.keys() & (created.keys() | touched) or touched & created.keys():
            return False
        self._taken.update(fresh)
        self._created |= created
        for path, span in spans:
            self._spans.setdefault(path, []).append(span)
        return True

    def _spans_of(self, edits: Iterable[Replace | Insert | Remove]) -> list[tuple[str, Span]]:
        """Return what edits change, without what was taken already."""
        found = ((edit.path, span) for edit in edits for span in self._source(edit.path).span(edit))
        return [(path, span) for path, span in dict.fromkeys(found) if span not in self._spans.get(path, ())]

    @property
    def changes(self) -> Changes:
        """What the files hold before and after, of those that change."""
        found: dict[str, tuple[bytes | None, bytes]] = {}
        for path, spans in self._spans.items():
            before = self._files.read_bytes(path)
            after = self._sources[path].edited(spans)
            if after != before:
                found[path] = before, after
        found |= {path: (None, text.encode()) for path, text in self._created.items()}
        return dict(sorted(found.items()))

    def _source(self, path: str) -> Source:
        if path not in self._sources:
            if path not in self._files:
                raise Unfit(f"{path} is no file of the repository")
            _refuse_links(self._files, path)
            try:
                self._sources[path] = Source(self._files.read_bytes(path))
            except Unreadable as error:
                raise Unfit(str(error)) from error
        return self._sources[path]

    def _refuse(self, path: str) -> None:
        """Raise `Unfit` where a new file cannot be, or something of that name is there."""
        parts = PurePosixPath(path).parts
        if posixpath.normpath(path) != path or path.startswith(("/", "..")) or ".git" in parts:
            raise Unfit(f"{path} is no place for a file")
        _refuse_links(self._files, path)
        if self._files.find(path) or os.path.lexists(self._files.root / path):
            raise Unfit(f"{path} is there already")
        if _ignored(self._files, path):
            raise Unfit(f"{path} is ignored by git")


def _ignored(files: Files, path: str) -> bool:
    """Whether the .gitignore of the root leaves a path out, so that nobody would ever see the file."""
    try:
        return Ignored(files.read(".gitignore").splitlines()).match_file(path)
    except Unreadable:
        return False


def _refuse_links(files: Files, path: str) -> None:
    home = os.fspath(files.root)
    place = os.path.join(home, *path.split("/"))  # noqa: PTH118 - pathlib would lose what makes a path odd
    if os.path.realpath(place) != place:
        raise Unfit(f"{path} is a link, or reached through one")
