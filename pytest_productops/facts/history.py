"""History: the commits of the current branch, read in one streamed pass when a rule first asks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from pytest_productops.git import Git
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository, Unavailable

SHALLOW = (
    "the clone is shallow: set fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab), or run git fetch --unshallow"
)
BOT = regex(r"\[bot\]|\b(?:dependabot|renovate|pre-commit-ci|github-actions|bors|mergify)\b", re.IGNORECASE)
# One record: start, then fields apart by \x1f, then \x1e, then `-z --name-status` output.
_FORMAT = "%x1d%H%x1f%cd%x1f%aN%x1f%aE%x1f%s%x1f%(trailers:only,unfold)%x1e"


@dataclass(frozen=True)
class Change:
    """What a commit did to a path: A added, M modified, D deleted, T changed its type."""

    status: str
    path: str


@dataclass(frozen=True)
class Commit:
    """A commit: its day is the committer's, in UTC; trailers are (key, value) pairs; merges list no changes."""

    sha: str
    day: datetime.date
    author: str
    email: str
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def human(self) -> bool:
        """Whether a person made it, as far as names tell."""
        return not BOT.search(f"{self.author} {self.email}")


@dataclass(frozen=True)
class Removal:
    """When a path went away, and where it moved to, if git sees a rename."""

    commit: Commit
    renamed_to: str | None = None

    def __str__(self) -> str:
        moved = f"renamed to {self.renamed_to}" if self.renamed_to else "deleted"
        return f"{moved} in {self.commit.sha[:9]}, {self.commit.day}"


@dataclass(frozen=True)
class Tag:
    """A tag and the day of what it points to."""

    name: str
    day: datetime.date


class History(Fact):
    """The commits reachable from HEAD, newest first, and the tags."""

    def __init__(
        self, commits: Iterable[Commit] = (), tags: Iterable[Tag] = (), *, git: Git | None = None
    ) -> None:
        self._git = git
        self._given = tuple(commits)
        self._tags = tuple(tags)

    @classmethod
    def gather(cls, repository: Repository) -> History:
        """Look whether there is a history; raise `Unavailable` without git or commits, or where it is cut off."""
        git = repository[Git]
        if git.shallow:
            raise Unavailable(SHALLOW)
        try:
            git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except Unavailable as error:
            raise Unavailable("the repository has no commits yet") from error
        return cls(git=git)

    @cached_property
    def commits(self) -> tuple[Commit, ...]:
        """All commits, read at the first access."""
        if self._git is None:
            return self._given
        out = self._git.run(
            "log", "-z", "--name-status", "--no-renames", "--use-mailmap", "--no-show-signature",
            "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
            "--date=format-local:%Y-%m-%d", f"--format={_FORMAT}",
        )  # fmt: skip
        return tuple(_commit(record) for record in out.decode(errors="replace").split("\x1d")[1:])

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """All tags, oldest first."""
        if self._git is None:
            return self._tags
        out = self._git.run(
            "for-each-ref", "refs/tags", "--sort=creatordate",
            "--format=%(refname:strip=2)%00%(creatordate:format-local:%Y-%m-%d)",
        )  # fmt: skip
        pairs = (line.split("\0") for line in out.decode(errors="replace").splitlines() if "\0" in line)
        return tuple(Tag(name, _day(day)) for name, day in pairs if day)

    @cached_property
    def _removals(self) -> dict[str, Commit]:
        """Path -> the commit that removed it last."""
        found: dict[str, Commit] = {}
        for commit in self.commits:
            for change in commit.changes:
                if change.status == "D":
                    found.setdefault(change.path, commit)
        return found

    @cached_property
    def _ever(self) -> frozenset[str]:
        """Every path and folder that a commit touched."""
        paths = {change.path for commit in self.commits for change in commit.changes}
        folders = {path[:at] for path in paths for at, letter in enumerate(path) if letter == "/"}
        return frozenset(paths | folders)

    def existed(self, path: str) -> bool:
        """Whether a file or folder of this path was ever committed."""
        return path.rstrip("/") in self._ever

    def removal(self, path: str) -> Removal | None:
        """Return what removed a path (for a folder: its last file), or None where nothing did."""
        commit = self._removals.get(path)
        if commit is None:
            inside = path.rstrip("/") + "/"
            commit = next((c for p, c in self._removals.items() if p.startswith(inside)), None)
        return Removal(commit, self._renamed(path, commit)) if commit else None

    def _renamed(self, path: str, commit: Commit) -> str | None:
        if self._git is None:
            return None
        out = self._git.run("show", "-z", "-M", "--name-status", "--diff-filter=R", "--format=", "--no-ext-diff",
                            "--no-textconv", commit.sha)  # fmt: skip
        parts = out.decode(errors="replace").split("\0")
        moves = {old: new for status, old, new in zip(*[iter(parts)] * 3, strict=False) if status[:1] == "R"}
        return moves.get(path)

    def authors_since(self, day: datetime.date) -> frozenset[str]:
        """Return the e-mail addresses of the people who committed on or after a day."""
        return frozenset(c.email.lower() for c in self.commits if c.day >= day and c.human)


def _commit(record: str) -> Commit:
    head, _, tail = record.partition("\x1e")
    sha, day, author, email, subject, trailers = head.split("\x1f", 5)
    parts = tail.strip("\n\0").split("\0")
    changes = tuple(
        Change(status.strip()[:1], path) for status, path in zip(parts[::2], parts[1::2], strict=False)
    )
    pairs = tuple(
        (k.strip(), v.strip()) for k, _, v in (line.partition(":") for line in trailers.splitlines()) if v
    )
    return Commit(sha, _day(day), author, email, subject, pairs, changes)


def _day(text: str) -> datetime.date:
    """Read a day; one that no calendar holds becomes the earliest."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return datetime.date.min
