"""State: which state of a repository is looked at, so that two reports can tell whether it is the same."""

from __future__ import annotations

import hashlib
import os
from typing import Literal

from pytest_productops.git import Git
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository, Unavailable

_CHANGED = ("diff-index", "--numstat", "--no-renames", "-z", "HEAD")
"""With --numstat git compares the texts of what was touched."""
_UNTRACKED = ("ls-files", "-z", "--others", "--exclude-standard")


@dataclass(frozen=True)
class State(Fact):
    """The paths that differ from the commit, a digest of the tags, and how much of the history is there.

    `strange` are those of the changed paths that are not tracked.
    """

    changed: frozenset[str] = frozenset()
    tags: str = ""
    history: Literal["whole", "shallow", "partial", "none"] = "none"
    strange: frozenset[str] = frozenset()

    @classmethod
    def gather(cls, repository: Repository) -> State:
        """Ask git; never fails."""
        try:
            git = repository[Git]
            rows = [row.rpartition(b"\t")[2] for row in git.run(*_CHANGED).split(b"\0")]
            strange = [path for path in git.run(*_UNTRACKED).split(b"\0") if not path.endswith(b"/")]
            tags = git.run("for-each-ref", "--format=%(refname)%00%(objectname)", "refs/tags")
        except Unavailable:
            return cls()
        history: Literal["whole", "shallow", "partial"] = (
            "shallow" if git.shallow else "partial" if git.partial else "whole"
        )
        digest = f"sha256:{hashlib.sha256(tags).hexdigest()}" if tags else ""
        untracked = frozenset(os.fsdecode(path) for path in strange if path)
        return cls(untracked.union(os.fsdecode(row) for row in rows if row), digest, history, untracked)
