"""History: the commits of the current branch, its tags, and what became of paths that are gone.

**The one way to ask what became of a path** that is not in the tree:

    removal = repository[History].removal("docs/old.md")     # a file or a folder, relative to the root
    if removal:                                              # None: the mainline never held it
        message = f"docs/old.md does not exist ({removal})"  # "(renamed to docs/new.md in 0123abcde, 2023-06-21)"
        fix = f"write {removal.now}" if removal.now else ""  # where it is today, renames followed to their end

`repository[History]` raises `Unavailable` where there is no full history; a rule that can judge without it
catches that. `existed(path)` only asks whether it ever was there, and costs less.

What it costs to read commits (CPU of 62,658 commits, measured): `landed`, the mainline with its changes page by
page, 0.05 s for 400 commits; `authors_since` and `log(since=...)` of a year 0.1 s; `removal` 0.8 s once, then
remembered by the id of HEAD and continued from there; `log()` without names 1.9 s, `log(names=True)` 4.7 s.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cached_property

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history.fates import Fates
from pytest_productops.facts.history.landed import Landed
from pytest_productops.facts.history.model import (
    BOT,
    MOST_CHANGES,
    Change,
    Commit,
    Removal,
    Tag,
    day,
    ignored_revisions,
    is_bot,
)
from pytest_productops.facts.history.reading import OPTIONS, commits
from pytest_productops.git import Git
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = ["BOT", "MOST_CHANGES", "SHALLOW", "Change", "Commit", "History", "Removal", "Tag", "is_bot"]
SHALLOW = (
    "the clone is shallow: set fetch-depth: 0 (GitHub), GIT_DEPTH: 0 (GitLab), or run git fetch --unshallow"
)
_REVISIONS = ".git-blame-ignore-revs"


class History(Fact):
    """The commits reachable from HEAD, newest first, and the tags. Nothing is read before it is asked for."""

    def __init__(
        self,
        commits: Iterable[Commit] = (),
        tags: Iterable[Tag] = (),
        *,
        git: Git | None = None,
        files: Files | None = None,
    ) -> None:
        self._git = git
        self._files = files
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
        return cls(git=git, files=repository[Files])

    @property
    def commits(self) -> tuple[Commit, ...]:
        """All commits with their changes, merges without: a lot. Prefer `landed`, or `log` with a limit."""
        return tuple(self.log(names=True))

    @cached_property
    def landed(self) -> Iterable[Commit]:
        """The mainline (first parents), newest first, with changes; read page by page while one iterates.

        A merge has all changes that it brought, so that this is the list of what landed, and when.
        """
        return Landed(self._git, self._ignored) if self._git else self._given

    def log(
        self,
        *,
        names: bool = False,
        whole: bool = False,
        first_parent: bool = False,
        merges: bool = True,
        since: datetime.date | None = None,
        paths: Iterable[str] = (),
        most: int = 0,
    ) -> Iterator[Commit]:
        """Yield commits newest first, from one process, as they come.

        `names` fills `changes` (with `first_parent` those of merges too); `paths` keeps commits that touch one
        of these files or folders, and their changes to them (`whole`: all their changes); `since` goes by the
        committer's day; `most` 0 is all.
        """
        if self._git is None:
            yield from (c for c in self._given if since is None or c.day >= since)
            return
        chosen = [
            *(["--name-status"] if names else []),
            *(["--full-diff"] if whole else []),
            *(["--first-parent", "-m"] if first_parent else []),
            *([] if merges else ["--no-merges"]),
            *([f"--since={since}T00:00:00Z"] if since else []),
            *([f"--max-count={most}"] if most else []),
        ]
        chunks = self._git.stream("--literal-pathspecs", "log", *OPTIONS, *chosen, "HEAD", "--", *paths)
        yield from commits(chunks, self._ignored)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """All tags, oldest first."""
        return self._refs() if self._git else self._tags

    def existed(self, path: str) -> bool:
        """Whether the mainline ever held a file or folder of this path; it may be there still."""
        return bool(self._fates and self._fates.known(path.rstrip("/")))

    def removal(self, path: str) -> Removal | None:
        """Return what became of a path that is gone (of a folder: of its last file), None where nothing removed it.

        See the module for how to use it in a message.
        """
        return self._fates.of(path.rstrip("/")) if self._fates else None

    def authors_since(self, day: datetime.date) -> frozenset[str]:
        """Return the people who committed on or after a day: by address, or by name where they have several."""
        found = [c for c in self.log(since=day) if c.day >= day and c.human]
        addresses, names = ({c.email.lower() for c in found}, {c.author.lower() for c in found})
        return frozenset(addresses if len(addresses) <= len(names) else names)

    @cached_property
    def _fates(self) -> Fates | None:
        return Fates(self._git, self._files, self._ignored) if self._git and self._files else None

    @cached_property
    def _ignored(self) -> frozenset[str]:
        try:
            return ignored_revisions(self._files.read(_REVISIONS)) if self._files else frozenset()
        except Unreadable:
            return frozenset()

    def _refs(self, *options: str) -> tuple[Tag, ...]:
        if self._git is None:
            return ()
        out = self._git.run(
            "for-each-ref", "refs/tags", "--sort=creatordate", *options,
            "--format=%(refname:strip=2)%00%(creatordate:format-local:%Y-%m-%d)%00%(objectname)%00%(*objectname)",
        )  # fmt: skip
        rows = (line.split("\0") for line in out.decode(errors="replace").splitlines() if "\0" in line)
        return tuple(Tag(name, day(date), peeled or sha) for name, date, sha, peeled in rows if date)
