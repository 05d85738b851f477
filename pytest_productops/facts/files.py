"""Files: what git tracks and does not ignore, read safely and at most once."""

from __future__ import annotations

import errno
import fnmatch
import os
import posixpath
import re
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pytest_productops.git import Git
from pytest_productops.repository import Fact, Repository, Unavailable

MAX_BYTES = 4 * 2**20
"""Largest text that is read, in bytes."""
MAX_PATH = 500
"""How far into a path links are followed, in characters."""
NOT_SOURCE = frozenset(
    [
        "node_modules",
        "vendor",
        "third_party",
        "testdata",
        "fixtures",
        "__snapshots__",
        "i18n",
        "locales",
        "archive",
    ]
)
"""Folders whose files are not a repository's own words: others' code and tests' material."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEVER = frozenset({".git", "node_modules", ".tox", ".nox", ".venv", "__pycache__"})


class Unreadable(Exception):
    """A file cannot be read as text; the message names the file and the reason."""


class Files(Fact):
    """The paths of a repository, relative with `/` and sorted, and their texts.

    With git: what is tracked or neither tracked nor ignored. Without: what is on disk and not in .gitignore.
    """

    def __init__(self, root: Path, paths: tuple[str, ...]) -> None:
        self.root = root
        self.paths = paths
        self._texts: dict[str, str] = {}
        self._real: dict[str, str] = {}

    @classmethod
    def gather(cls, repository: Repository) -> Files:
        """List the files; never fails."""
        try:
            out = repository[Git].run("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        except Unavailable:
            return cls(repository.root, tuple(sorted(_walk(repository.root))))
        names = {os.fsdecode(name) for name in out.split(b"\0") if name and not name.endswith(b"/")}
        home = os.fspath(repository.root)
        return cls(
            repository.root, tuple(sorted(name for name in names if os.path.lexists(f"{home}/{name}")))
        )

    def __contains__(self, path: object) -> bool:
        """Whether a file has exactly this path."""
        return path in self._set

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    @cached_property
    def _set(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file, directly or below; the root is the empty string."""
        found: set[str] = {""}
        for path in self.paths:
            parent = path.rpartition("/")[0]
            while parent and parent not in found:
                found.add(parent)
                parent = parent.rpartition("/")[0]
        return frozenset(found)

    @cached_property
    def _lower(self) -> dict[str, str]:
        return {path.lower(): path for path in reversed(self.paths)}

    def find(self, path: str) -> str | None:
        """Return the file with this path whatever its case (the first of several), or None."""
        return path if path in self else self._lower.get(path.lower())

    def followed(self, path: str) -> str:
        """Return a path with a link to a folder of the repository in it followed (once)."""
        for at in (place for place, letter in enumerate(path[:MAX_PATH]) if letter == "/"):
            if target := _target(self.root / path[:at]):
                return posixpath.normpath(posixpath.join(path[:at], "..", target, path[at + 1 :]))
        return path

    def matching(self, *patterns: str) -> tuple[str, ...]:
        """Return the paths that one of the patterns (case-insensitive, `*` crosses `/`) matches."""
        wanted = re.compile("|".join(fnmatch.translate(pattern.lower()) for pattern in patterns)).match
        return tuple(path for path in self.paths if wanted(path.lower()))

    def read(self, path: str) -> str:
        """Return a file's text (UTF-8, line ends as line feeds); raise `Unreadable` where there is none.

        A link is followed while it stays in the repository. Folders, devices and pipes are never opened.
        """
        if path not in self._texts:
            self._texts[path] = _decode(self.read_bytes(path), path)
        return self._texts[path]

    def read_bytes(self, path: str) -> bytes:
        """Return a file's bytes; raise `Unreadable` as `read` does."""
        try:
            with os.fdopen(self._open(path), "rb") as stream:
                status = os.fstat(stream.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise Unreadable(f"{path} is no regular file")
                if status.st_size > MAX_BYTES:
                    raise Unreadable(f"{path} is larger than {MAX_BYTES >> 20} MiB")
                return stream.read(MAX_BYTES)
        except ValueError as error:
            raise Unreadable(f"{path!r} is no path") from error
        except OSError as error:
            raise Unreadable(f"{path} cannot be read: {error.strerror}") from error

    def _open(self, path: str) -> int:
        """Open a file below its folder, whose real place is looked up once; a link by its own real place."""
        folder, _, name = path.rpartition("/")
        if folder not in self._real:
            self._real[folder] = _inside(self.root, folder)
        if name in {"..", ".git"}:
            raise Unreadable(f"{path} leads out of the repository")
        if not _NO_LINK:
            return os.open(_inside(self.root, path), _FLAGS)
        try:
            return os.open(f"{self._real[folder]}/{name}", _FLAGS | _NO_LINK)
        except OSError as error:
            if error.errno not in {errno.ELOOP, errno.EMLINK}:
                raise
            return os.open(_inside(self.root, path), _FLAGS)


def _target(link: Path) -> str:
    """Return what a link says, nothing where it is none."""
    try:
        return link.readlink().as_posix()
    except OSError:
        return ""


def own_words(path: str) -> bool:
    """Whether a path is the repository's own: not vendored, no test material, no template of a generator."""
    return "{{" not in path and not NOT_SOURCE.intersection(path.lower().split("/")[:-1])


def _decode(data: bytes, path: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if "\0" in text:
        raise Unreadable(f"{path} is no text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _inside(root: Path, path: str) -> str:
    """Return the real place of a path; raise `Unreadable` where a link leads out of the repository."""
    home = os.fspath(root)
    target = os.path.realpath(os.path.join(home, path))  # noqa: PTH118 - pathlib takes five times as long
    if os.path.commonpath([home, target]) != home or ".git" in Path(target[len(home) :]).parts:
        raise Unreadable(f"{path} leads out of the repository")
    return target


def _walk(root: Path) -> Iterator[str]:
    import pathspec  # noqa: PLC0415 - only a folder without git needs it

    try:
        patterns = Files(root, ()).read(".gitignore")
    except Unreadable:
        patterns = ""
    ignored = pathspec.GitIgnoreSpec.from_lines(patterns.splitlines())
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _NEVER)
        for name in files:
            path = Path(folder, name).relative_to(root).as_posix()
            if not ignored.match_file(path):
                yield path
