"""Files: what git tracks and does not ignore, read safely and at most once."""

from __future__ import annotations

import errno
import fnmatch
import os
import posixpath
import re
import stat
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pytest_productops.facts.ignored import Ignored
from pytest_productops.git import BARE, Git, is_bare
from pytest_productops.repository import Fact, Repository, Unavailable

MAX_BYTES = 4 * 2**20
"""Largest text that is read, in bytes."""
MAX_LINES = 20_000
"""Most lines of a file that people write; of 20,000 documents in 200 repositories none had more."""
MAX_LINE = 8_000
"""Longest line of such a file, in characters."""
MAX_FILES = 1_000_000
"""Most files that a repository may have."""
TOO_MANY = f"there are more than {MAX_FILES:,} files; judge a part of them with --root"
MAX_DEPTH = 100
"""How many folders deep files are looked for without git."""
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
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PATIENCE = 5.0
"""How long git may look for files that it does not track, in seconds of silence."""
_OPEN_FILES = "/proc/self/fd"
"""Where Linux tells what has been opened: https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How texts in UTF-16 begin."""
_NEVER = frozenset({".git", "node_modules", ".tox", ".nox", ".venv", "__pycache__"})


class Unreadable(Exception):
    """A file cannot be read as text; the message names the file and the reason."""


class Files(Fact):
    """The paths of a repository, relative with `/` and sorted, and their texts.

    With git: what is tracked or neither tracked nor ignored. Without: what is on disk and not in .gitignore.
    `commit` is the one that they are of; nothing for those of the working tree.
    """

    quick = True
    commit = ""

    def __init__(self, root: Path, paths: tuple[str, ...]) -> None:
        self.root = root
        self.paths = paths
        self._texts: dict[str, str] = {}
        self._written: dict[str, bytes] = {}
        self._real: dict[str, str] = {}

    @classmethod
    def gather(cls, repository: Repository) -> Files:
        """List the files; raise `Unavailable` where there is no working tree, or more in it than can be judged."""
        out = _listed(repository)
        if out is None:
            return cls(repository.root, tuple(sorted(_walk(repository.root))))
        names = {os.fsdecode(name) for name in out.split(b"\0") if name and not name.endswith(b"/")}
        if len(names) > MAX_FILES:
            raise Unavailable(TOO_MANY)
        home = os.fspath(repository.root)
        return cls(
            repository.root, tuple(sorted(name for name in names if os.path.lexists(f"{home}/{name}")))
        )

    def with_texts(self, texts: Mapping[str, str | bytes]) -> Files:
        """Return the files as they are once these texts have been written."""
        files = Files(self.root, tuple(sorted({*self.paths, *texts})))
        files._texts.update((path, text) for path, text in self._texts.items() if path not in texts)
        files._written.update(self._written)
        files._written.update((p, t.encode() if isinstance(t, str) else t) for p, t in texts.items())
        return files

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
            if target := self.link(path[:at]):
                return posixpath.normpath(posixpath.join(path[:at], "..", target, path[at + 1 :]))
        return path

    def link(self, path: str) -> str:
        """Return what a link of the file system says, nothing where a path is none."""
        return _target(self.root / path)

    def there(self, path: str) -> bool:
        """Whether something is at a path, listed or not."""
        try:
            return path in self._written or os.path.lexists(self.root / path)
        except ValueError:  # a zero byte
            return False

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
        if path in self._written:
            return self._written[path]
        try:
            with os.fdopen(self._open(path), "rb") as stream:
                status = os.fstat(stream.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise Unreadable(f"{path} is no regular file")
                _check_place(stream.fileno(), self.root, path)
                data = stream.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else b""
        except ValueError as error:
            raise Unreadable(f"{path!r} is no path") from error
        except OSError as error:
            raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
        if len(data) > MAX_BYTES or status.st_size > MAX_BYTES:
            raise Unreadable(f"{path} is larger than {MAX_BYTES >> 20} MiB")
        return data

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


def beyond(text: str) -> str:
    """Say why no person can have written a text line by line; nothing where one can."""
    if text.count("\n") > MAX_LINES:
        return f"has more than {MAX_LINES:,} lines"
    long = len(text) > MAX_LINE and any(len(line) > MAX_LINE for line in text.split("\n"))
    return f"has a line of more than {MAX_LINE:,} characters" if long else ""


def own_words(path: str) -> bool:
    """Whether a path is the repository's own: not vendored, no test material, no template of a generator."""
    return "{{" not in path and not NOT_SOURCE.intersection(path.lower().split("/")[:-1])


def _decode(data: bytes, path: str) -> str:
    if data.startswith(_WIDE):
        raise Unreadable(f"{path} is no text in UTF-8, but in UTF-16")
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


def _check_place(descriptor: int, root: Path, path: str) -> None:
    """Raise `Unreadable` where what has been opened lies outside: a folder may have become a link meanwhile."""
    home = os.fspath(root)
    try:
        place = os.readlink(f"{_OPEN_FILES}/{descriptor}")  # noqa: PTH115 - a path of a path would be resolved
        inside = place.startswith(home if home.endswith(os.sep) else home + os.sep)
    except OSError:  # no Linux: the best that can be known
        inside = os.path.samestat(os.fstat(descriptor), os.lstat(_inside(root, path)))
    if not inside:
        raise Unreadable(f"{path} leads out of the repository")


def _listed(repository: Repository) -> bytes | None:
    """Return what git lists; only what it tracks where it cannot look for more, None where it cannot list at all."""
    if is_bare(repository.root):
        raise Unavailable(f"{BARE}; clone it and check the clone")
    try:
        git = repository[Git]
        try:
            return git.run("ls-files", "-z", "--cached", "--others", "--exclude-standard", seconds=_PATIENCE)
        except Unavailable:
            return git.tracked()
    except Unavailable:
        return None


def _walk(root: Path) -> Iterator[str]:
    """Yield what is on disk and not ignored; links are listed and never followed."""
    try:
        patterns = Files(root, ()).read(".gitignore")
    except Unreadable:
        patterns = ""
    ignored = Ignored(patterns.splitlines())
    count, folders = 0, [("", 0)]
    while folders:
        folder, depth = folders.pop()
        entries = _entries(root, folder)
        count += len(entries)
        if count > MAX_FILES:
            raise Unavailable(TOO_MANY)
        for entry in entries:
            path = f"{folder}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                if not ignored.match_file(path):
                    yield path
            elif entry.name not in _NEVER and depth < MAX_DEPTH:
                folders.append((f"{path}/", depth + 1))


def _entries(root: Path, folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:  # it is gone, or not for us to see
        return []
