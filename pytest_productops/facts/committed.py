"""Committed: the files as the last commit has them. What only lies in the working tree proves nothing."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property

from pytest_productops.facts.files import MAX_BYTES, Files, Unreadable
from pytest_productops.facts.patterns import literal, matches
from pytest_productops.git import Git
from pytest_productops.repository import Fact, Repository, Unavailable

_SHA1 = 40
"""Digits of an id, unless the repository uses SHA-256."""


class Committed(Fact):
    """The paths and texts of HEAD. A shallow clone is enough."""

    def __init__(self, git: Git, files: Files, objects: Mapping[str, str]) -> None:
        self.paths = frozenset(objects)
        self._objects = objects
        self._git = git
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Committed:
        """List what HEAD holds; raise `Unavailable` without git or commits."""
        git = repository[Git]
        try:
            out = git.run("ls-tree", "-r", "-z", "HEAD")
        except Unavailable as error:
            raise Unavailable("the repository has no commits yet") from error
        rows = (row.partition(b"\t") for row in out.split(b"\0") if row)
        objects = {os.fsdecode(name): head.rpartition(b" ")[2].decode() for head, _, name in rows}
        return cls(git, repository[Files], objects)

    @cached_property
    def _changed(self) -> frozenset[str]:
        """Paths that may differ between HEAD and the working tree."""
        out = self._git.run("diff-index", "--name-only", "--no-renames", "-z", "HEAD")
        return frozenset(os.fsdecode(name) for name in out.split(b"\0") if name)

    def matching(self, *patterns: str) -> tuple[str, ...]:
        """Return the paths that a pattern matches."""
        found = {path for each in patterns for path in self._from(literal(each)) if matches(path, (each,))}
        return tuple(sorted(found))

    @cached_property
    def _sorted(self) -> tuple[str, ...]:
        return tuple(sorted(self.paths))

    def _from(self, start: str) -> Iterator[str]:
        """Yield the paths that begin so."""
        at = bisect_left(self._sorted, start)
        while at < len(self._sorted) and self._sorted[at].startswith(start):
            yield self._sorted[at]
            at += 1

    def read(self, path: str) -> str:
        """Return a file's text in HEAD; raise `Unreadable` where there is none."""
        if path not in self.paths:
            raise Unreadable(f"{path} is not committed")
        if path not in self._changed or self._same(path):
            return self._files.read(path)
        if int(self._git.run("cat-file", "-s", f"HEAD:{path}")) > MAX_BYTES:
            raise Unreadable(f"{path} is larger than {MAX_BYTES >> 20} MiB")
        data = self._git.run("cat-file", "blob", f"HEAD:{path}")
        if b"\0" in data:
            raise Unreadable(f"{path} is no text")
        return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def _same(self, path: str) -> bool:
        """Whether the file holds what HEAD does: after a copy, git takes every file for changed."""
        try:
            data = self._files.read_bytes(path)
        except Unreadable:
            return False
        name = self._objects[path]
        kind = hashlib.sha256 if len(name) > _SHA1 else hashlib.sha1
        return kind(b"blob %d\0" % len(data) + data).hexdigest() == name  # the id that git gives a file

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
