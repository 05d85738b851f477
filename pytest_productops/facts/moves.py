"""Moves: where a file or folder is now that once had another path, by git's account of renames."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.history import History
from pytest_productops.git import Git
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository, Unavailable

_PART = regex(r"[^\s#:]+")


class Moves(Fact):
    """Renames, those that are not committed yet included."""

    def __init__(
        self, files: Files, history: History | None = None, pending: dict[str, str] | None = None
    ) -> None:
        self._files = files
        self._history = history
        self._pending = pending or {}

    @classmethod
    def gather(cls, repository: Repository) -> Moves:
        """Ask git; without it, or in a shallow clone, nothing is known to have moved."""
        try:
            history = repository[History]
            return cls(repository[Files], history, dict(_pending(repository[Git])))
        except Unavailable:
            return cls(repository[Files])

    def now(self, path: str) -> str | None:
        """Return where a path is today that is not in the tree; None where it was not moved."""
        if path in self._files or path in self._files.folders:
            return None
        pending = self._pending.get(path) or self._moved_folder(path)
        if pending:
            return pending
        removal = self._history.removal(path) if self._history else None
        now = removal.now if removal else None
        return self._pending.get(now, now) if now else None

    def _moved_folder(self, path: str) -> str | None:
        """Return where a folder's files went, by the first that kept its path below the folder."""
        for before, now in self._pending.items():
            rest = before.removeprefix(path)
            if rest != before and rest.startswith("/") and now.endswith(rest):
                return now[: -len(rest)]
        return None

    def rewritten(self, key: str) -> Iterator[str]:
        """Yield a finding's key as it reads after the move of a path that it names: `old.md#make docs`."""
        for match in _PART.finditer(key):
            now = self.now(match[0])
            if now:
                yield key[: match.start()] + now + key[match.end() :]


def _pending(git: Git) -> Iterator[tuple[str, str]]:
    """Yield (before, now) of each rename in the index or working tree.

    See https://git-scm.com/docs/git-diff-index#_raw_output_format with -z.
    """
    words = os.fsdecode(git.run("diff-index", "-z", "-M", "--name-status", "HEAD")).split("\0")
    fields = iter(words)
    for status in fields:
        if status.startswith(("R", "C")):
            before, now = next(fields), next(fields)
            if status.startswith("R"):
                yield before, now
        elif status:
            next(fields)
