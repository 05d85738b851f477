"""What became of a path: the commit that took it away, where it went, and where it is today."""

from __future__ import annotations

from pytest_productops.facts.files import Files
from pytest_productops.facts.history.model import Commit, Removal
from pytest_productops.facts.history.reading import OPTIONS, commits
from pytest_productops.facts.history.removals import Removals
from pytest_productops.facts.history.renames import moved
from pytest_productops.git import Git

MOST_MOVES = 5
"""Most renames that are followed one after another."""


class Fates:
    """Tells it path by path, each at most once."""

    def __init__(self, git: Git, files: Files, ignored: frozenset[str]) -> None:
        self._git = git
        self._files = files
        self._ignored = ignored
        self._removals = Removals(git, files.root)
        self._told: dict[str, Removal | None] = {}

    def known(self, path: str) -> bool:
        """Whether the mainline holds or held a file or folder of this path."""
        return self._here(path) or self._removals.get(path) is not None

    def of(self, path: str, hops: int = MOST_MOVES) -> Removal | None:
        """Return what removed a path, None where nothing did."""
        if path not in self._told:
            sha = self._removals.get(path)
            self._told[path] = self._tell(path, sha, hops) if sha else None
        return self._told[path]

    def _tell(self, path: str, sha: str, hops: int) -> Removal | None:
        commit = self._remover(path, sha)
        if commit is None:
            return None
        place = moved(self._git, commit.sha, path)
        if place is None and commit.sha != sha:  # moved in several steps on the branch
            place = moved(self._git, sha, path)
        if place is None:
            return Removal(commit)
        new, alike = place
        if self._here(new):
            return Removal(commit, new, alike=alike)
        later = self.of(new, hops - 1) if hops else None
        return (
            Removal(commit, new, later, alike)
            if later and later.commit.day >= commit.day
            else Removal(commit)
        )

    def _remover(self, path: str, sha: str) -> Commit | None:
        """Find the very commit: `sha` of the mainline, or one that this merge brought."""
        within = ("--diff-filter=D", f"{sha}^1..{sha}", "--", path)
        for chosen in (within, (sha, "--")):
            out = self._git.run("--literal-pathspecs", "log", *OPTIONS, "--max-count=1", *chosen)
            if found := next(commits([out], self._ignored), None):
                return found
        return None

    def _here(self, path: str) -> bool:
        return path in self._files or path in self._files.folders
