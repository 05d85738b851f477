"""Snapshot: the files of a commit, as `Files` are those of the working tree, read by git objects alone."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Mapping
from functools import cached_property

from pytest_productops.facts.files import MAX_BYTES, Files, Unreadable
from pytest_productops.git import Git
from pytest_productops.repository import Unavailable

MOST_LINKS = 40
"""How many links may lead from one to the next, as for Linux (path_resolution(7))."""
_SHA1 = 40
"""Digits of an id, unless the repository uses SHA-256."""
_LINK, _FILES = "120000", frozenset({"100644", "100755", "120000"})
"""Modes of the entries of a tree: https://git-scm.com/docs/git-ls-tree."""


class Snapshot(Files):
    """The paths and texts of a commit. Nothing of the working tree is looked at, neither files nor index."""

    def __init__(self, git: Git, commit: str, objects: Mapping[str, str], links: frozenset[str]) -> None:
        super().__init__(git.root, tuple(sorted(objects)))
        self.commit = commit
        self.git = git
        self._objects = objects
        self._links = links

    @classmethod
    def of(cls, git: Git, commit: str) -> Snapshot:
        """List a commit's files; raise `Unavailable` where git cannot."""
        out = git.run("ls-tree", "-r", "-z", "--full-tree", commit)
        rows = [(head.split(), os.fsdecode(name)) for head, _, name in _rows(out)]
        modes = {name: (head[0].decode(), head[2].decode()) for head, name in rows}
        objects = {name: object_id for name, (mode, object_id) in modes.items() if mode in _FILES}
        return cls(git, commit, objects, frozenset(n for n, (mode, _) in modes.items() if mode == _LINK))

    def same(self, path: str, data: bytes) -> bool:
        """Whether the commit holds a file with exactly these bytes, by the id that git gives them."""
        object_id = self._objects.get(path, "")
        kind = hashlib.sha256 if len(object_id) > _SHA1 else hashlib.sha1
        return kind(b"blob %d\0" % len(data) + data).hexdigest() == object_id

    @cached_property
    def renames(self) -> Mapping[str, str]:
        """Path in the working tree -> what it is called in the commit, of each file that git takes for renamed.

        See https://git-scm.com/docs/git-diff-index#_raw_output_format with -z.
        """
        out = self.git.run("diff-index", "-z", "-M", "--name-status", "--diff-filter=R", self.commit)
        words = os.fsdecode(out).split("\0")
        return {now: before for before, now in zip(words[1::3], words[2::3], strict=False)}

    def there(self, path: str) -> bool:
        """Whether the commit has something at a path, a link that leads nowhere included."""
        try:
            return path in self._objects or self._led(path) in self._objects
        except Unreadable:
            return True

    def link(self, path: str) -> str:
        """Return what a link says, nothing where a path is none."""
        try:
            return os.fsdecode(self._blob(path)) if path in self._links else ""
        except Unreadable:
            return ""

    def read_bytes(self, path: str) -> bytes:
        """Return a file's bytes; raise `Unreadable` where there are none."""
        real = self._led(path)
        if real not in self._objects:
            raise Unreadable(f"{path} is not in commit {self.commit[:10]}")
        return self._blob(real)

    def _led(self, path: str) -> str:
        """Return where links lead; raise `Unreadable` where that is out of the repository, or nowhere."""
        for _ in range(MOST_LINKS):
            path = posixpath.normpath(path)
            if path.startswith(("/", "../")) or path == "..":
                raise Unreadable(f"{path} leads out of the repository")
            ends = [*(at for at, letter in enumerate(path) if letter == "/"), len(path)]
            at = next((at for at in ends if path[:at] in self._links), 0)
            if not at:
                return path
            path = posixpath.join(posixpath.dirname(path[:at]), self.link(path[:at]), path[at + 1 :])
            path = path.rstrip("/")
        raise Unreadable(f"{path} is a link that leads to itself")

    def _blob(self, path: str) -> bytes:
        try:
            if int(self.git.run("cat-file", "-s", self._objects[path])) > MAX_BYTES:
                raise Unreadable(f"{path} is larger than {MAX_BYTES >> 20} MiB")
            return self.git.run("cat-file", "blob", self._objects[path])
        except Unavailable as error:
            raise Unreadable(f"{path} of commit {self.commit[:10]} cannot be read: {error}") from error


def _rows(out: bytes) -> list[tuple[bytes, bytes, bytes]]:
    return [row.partition(b"\t") for row in out.split(b"\0") if row]
