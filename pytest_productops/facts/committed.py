"""Committed: the files as the last commit has them. What only lies in the working tree proves nothing."""

from __future__ import annotations

import fnmatch
import os
from functools import cached_property

from pytest_productops.facts.files import MAX_BYTES, Files, Unreadable
from pytest_productops.git import Git
from pytest_productops.repository import Fact, Repository, Unavailable


class Committed(Fact):
    """The paths and texts of HEAD. A shallow clone is enough."""

    def __init__(self, git: Git, files: Files, paths: frozenset[str]) -> None:
        self.paths = paths
        self._git = git
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Committed:
        """List what HEAD holds; raise `Unavailable` without git or commits."""
        git = repository[Git]
        try:
            out = git.run("ls-tree", "-r", "-z", "--name-only", "HEAD")
        except Unavailable as error:
            raise Unavailable("the repository has no commits yet") from error
        return cls(git, repository[Files], frozenset(os.fsdecode(name) for name in out.split(b"\0") if name))

    @cached_property
    def _changed(self) -> frozenset[str]:
        """Paths that may differ between HEAD and the working tree; false alarms cost only time."""
        out = self._git.run("diff-index", "--name-only", "--no-renames", "-z", "HEAD")
        return frozenset(os.fsdecode(name) for name in out.split(b"\0") if name)

    def matching(self, *patterns: str) -> tuple[str, ...]:
        """Return the paths that a pattern matches."""
        return tuple(sorted(path for path in self.paths if matches(path, patterns)))

    def read(self, path: str) -> str:
        """Return a file's text in HEAD; raise `Unreadable` where there is none."""
        if path not in self.paths:
            raise Unreadable(f"{path} is not committed")
        if path not in self._changed:
            return self._files.read(path)
        if int(self._git.run("cat-file", "-s", f"HEAD:{path}")) > MAX_BYTES:
            raise Unreadable(f"{path} is larger than {MAX_BYTES >> 20} MiB")
        data = self._git.run("cat-file", "blob", f"HEAD:{path}")
        if b"\0" in data:
            raise Unreadable(f"{path} is no text")
        return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def first_commit(self, path: str, written: str = "") -> tuple[str, str] | None:
        """Return (sha, ISO day) of the commit that added a file, or `written` to it, through renames."""
        wanted = f"-S{written}" if written else "--diff-filter=A"
        out = self._git.run(
            "--literal-pathspecs", "log", "--follow", "-M", wanted, "--no-ext-diff", "--no-textconv",
            "--date=format-local:%Y-%m-%d", "--format=%H %cd", "--", path,
        )  # fmt: skip
        lines = out.decode(errors="replace").split("\n")
        sha, _, day = next((line for line in reversed(lines) if line.strip()), "").partition(" ")
        return (sha, day) if day else None

    @cached_property
    def roots(self) -> frozenset[str]:
        """The commits without parents: imports, whose day says nothing of what they hold."""
        return frozenset(self._git.run("rev-list", "--max-parents=0", "HEAD").decode().split())


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns matches a path (`*` crosses `/`, `**/` may stand for no folder)."""
    wanted = [pattern.removeprefix("./").lstrip("/") for pattern in patterns]
    return any(fnmatch.fnmatchcase(path, form) for w in wanted for form in (w, w.replace("**/", "")))
