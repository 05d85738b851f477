"""Every path that the mainline ever lost: found in one pass, remembered by the commit that HEAD is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from pytest_productops import cache
from pytest_productops.facts.history.reading import tokens
from pytest_productops.git import Git
from pytest_productops.repository import Unavailable

MOST = 300_000
"""Most paths that are remembered, newest first."""
_CACHE = "removals"
_LOG = (
    "log", "-z", "--first-parent", "-m", "--no-renames", "--diff-filter=D", "--name-only",
    "--no-show-signature", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--format=%x00%H",
)  # fmt: skip


class Removals:
    """Path -> the commit of the mainline that removed it last, newest first.

    A merge counts as one change, compared with its first parent: what only lived on a branch was never here.
    """

    def __init__(self, git: Git, root: Path) -> None:
        self._git = git
        self._root = root

    def get(self, path: str) -> str | None:
        """Return the commit that removed a file, or the last file of a folder."""
        return self.files.get(path) or self.folders.get(path)

    @cached_property
    def files(self) -> dict[str, str]:
        """The removed files."""
        head = self._git.run("rev-parse", "HEAD").decode().strip()
        known = cache.load(self._root, _CACHE)
        old, before = known.get("head"), known.get("removed")
        if not isinstance(old, str) or not isinstance(before, dict):
            old, before = "", {}
        if old == head:
            return before
        onward = bool(old) and self._leads_to(old)
        found = self._read(f"{old}..HEAD" if onward else "HEAD")
        if onward:
            found |= {path: sha for path, sha in before.items() if path not in found}
        cache.save(self._root, _CACHE, {"head": head, "removed": found})
        return found

    @cached_property
    def folders(self) -> dict[str, str]:
        """The folders that held a removed file, with the newest such commit."""
        found: dict[str, str] = {}
        for path, sha in self.files.items():
            parent = path.rpartition("/")[0]
            while parent and parent not in found:
                found[parent] = sha
                parent = parent.rpartition("/")[0]
        return found

    def _leads_to(self, old: str) -> bool:
        """Whether the mainline that ended at `old` has only grown since."""
        try:
            lines = self._git.run("rev-list", "--first-parent", "--parents", f"{old}..HEAD", "--").split(
                b"\n"
            )
        except Unavailable:
            return False
        return len(lines) > 1 and lines[-2].split()[1:2] == [old.encode()]

    def _read(self, revisions: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for path, sha in _pairs(self._git.stream(*_LOG, revisions, "--")):
            found.setdefault(path, sha)
            if len(found) >= MOST:
                break
        return found


def _pairs(chunks: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Yield (path, commit): an empty token starts a commit, its id follows, then its paths."""
    sha, starts = "", False
    for token in tokens(chunks):
        if not token:
            starts = True
        elif starts:
            sha, starts = token.decode("ascii", "replace"), False
        else:
            yield os.fsdecode(token.removeprefix(b"\n")), sha
