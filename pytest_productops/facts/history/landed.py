"""The mainline, read page by page as far as somebody asks: most rules want its newest few hundred commits."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.history.model import Commit
from pytest_productops.facts.history.reading import OPTIONS, commits
from pytest_productops.git import Git

PAGE = 400
"""How many commits are read at a time."""


class Landed:
    """The commits of the first-parent line, newest first, with their changes; a merge with all that it brought."""

    def __init__(self, git: Git, ignored: frozenset[str]) -> None:
        self._git = git
        self._ignored = ignored
        self._known: list[Commit] = []
        self._next: str | None = "HEAD"

    def __iter__(self) -> Iterator[Commit]:
        at = 0
        while at < len(self._known) or self._more():
            yield self._known[at]
            at += 1

    def _more(self) -> bool:
        """Read the next page; say whether it holds anything."""
        if self._next is None:
            return False
        out = self._git.run(
            "log", *OPTIONS, "--first-parent", "-m", "--name-status", "-n", str(PAGE), self._next, "--"
        )
        page = list(commits([out], self._ignored))
        self._known += page
        self._next = page[-1].parents[0] if page and page[-1].parents else None
        return bool(page)
