"""The shadow: a git directory of our own with the target's refs and index, its objects as alternates.

Everything of the target's git directory is read here as bytes: regular files of a bounded size, without waiting.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from pytest_productops.repository import Unavailable

MAX_COPY = 256 * 2**20
"""Largest file of a git directory that is copied, in bytes."""
MAX_SMALL = 2**20
"""Largest file that holds a name or settings, in bytes."""
MOST_REFS = 50_000
"""Most refs in files of their own."""
MOST_OBJECTS = 1_000_000
"""Most loose objects that are looked at."""
_LOOSE = 500
"""From how many on refs are written into one file."""
_DEEP = 5
"""How many object stores may lead from one to the next, as for git."""
_LEAST, _PACE = 3.0, 2**20
"""Seconds that git may be silent in any repository, and bytes of packs for each second more."""
_STORES = "stores"
_CONFIG = """[core]
\trepositoryformatversion = {version}
\tbare = false
\tfsmonitor =
\thooksPath = {devnull}
\tcommitGraph = false
\tquotePath = false
[mailmap]
\tblob = HEAD:.mailmap
[extensions]
{extensions}"""
_EXTENSION = re.compile(
    r"^[ \t]*(objectformat|refstorage)[ \t]*=[ \t]*(\w+)[^\S\n]*$", re.IGNORECASE | re.MULTILINE
)
_ID = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_NAME = re.compile(
    r"refs(?:/(?!\.)(?:(?!\.\.|@\{)[^\x00-\x20\x7f-\x9f~^:?*\[\\/\ud800-\udfff])+(?<!\.)(?<!\.lock))+\Z"
)
"""https://git-scm.com/docs/git-check-ref-format"""
BARE = "this is a bare repository, which has no files"


def directories(root: Path) -> tuple[Path, Path]:
    """Return the git directory of a working tree, and the one it shares with its main working tree."""
    own = root / ".git"
    if own.is_file():
        own = _named(root, own)
    if is_bare(root):
        raise Unavailable(f"{BARE}; clone it and check the clone")
    if not os.path.lexists(own / "HEAD") or not own.is_dir():
        raise Unavailable(
            "not a git repository; history needs one (git init, or a clone instead of an archive)"
        )
    if not (own / "HEAD").is_file():
        raise Unavailable(".git/HEAD is no regular file; mend it, or clone the repository anew")
    common = own / "commondir"
    if not os.path.lexists(common):
        return own, own
    return own, _resolved(own, os.fsdecode(read(common, MAX_SMALL)).strip())


def is_bare(root: Path) -> bool:
    """Whether a folder is a git directory, not a working tree."""
    parts = (root / "HEAD").is_file() and (root / "objects").is_dir() and (root / "refs").is_dir()
    return parts and not os.path.lexists(root / ".git")


def _named(root: Path, file: Path) -> Path:
    """Return the folder that a `.git` file names (https://git-scm.com/docs/gitrepository-layout)."""
    text = os.fsdecode(read(file, MAX_SMALL))
    if not text.startswith("gitdir: "):
        raise Unavailable(".git is a file that names no git directory; clone the repository anew")
    return _resolved(root, text.removeprefix("gitdir: ").strip())


def _resolved(base: Path, name: str) -> Path:
    try:
        return (base / name).resolve()
    except (
        ValueError,
        OSError,
        RuntimeError,
    ) as error:  # Python before 3.13 raises the last for a ring of links
        raise Unavailable(".git names a folder that cannot be; clone the repository anew") from error


def fill(shadow: Path, own: Path, common: Path) -> None:
    """Copy refs and index, and refer to the objects; raise OSError where the target's cannot be read."""
    _copy(own / "HEAD", shadow / "HEAD", MAX_SMALL)
    _copy(_index(own, common), shadow / "index")
    for name in ("packed-refs", "shallow", "info/exclude"):
        _copy(common / name, shadow / name)
    for shared in own.glob("sharedindex.*"):
        _copy(shared, shadow / shared.name)
    _refs(common, shadow)
    for path in _below(common / "reftable"):
        _copy(path, shadow / path.relative_to(common))
    found = list(dict.fromkeys(_stores(common / "objects")))
    (shadow / "objects" / "info").mkdir(parents=True)
    (shadow / "objects" / "info" / "alternates").write_text(
        "".join(f"{_quoted(each)}\n" for each in found[:1])
    )
    (shadow / _STORES).write_bytes(b"\0".join(map(os.fsencode, found)))
    (shadow / "config").write_text(_config(read(common / "config", MAX_COPY)))


def stores(shadow: Path) -> list[Path]:
    """Return the folders in which the target's objects are."""
    return [Path(os.fsdecode(each)) for each in (shadow / _STORES).read_bytes().split(b"\0") if each]


def packed(shadow: Path) -> int:
    """Return how large the packs of objects are, in bytes."""
    total = 0
    for store in stores(shadow):
        with contextlib.suppress(OSError), os.scandir(store / "pack") as entries:
            total += sum(entry.stat().st_size for entry in entries)
    return total


def patience(shadow: Path) -> float:
    """Return how long git may be silent over so many packed objects, in seconds: work grows with them."""
    return _LEAST + packed(shadow) / _PACE


def _config(text: bytes) -> str:
    """Return our configuration, with what the target's says of the format."""
    found = _EXTENSION.findall(text.decode(errors="replace"))
    extensions = "".join(f"\t{name} = {value}\n" for name, value in found)
    return _CONFIG.format(version=int(bool(found)), devnull=os.devnull, extensions=extensions)


def _index(own: Path, common: Path) -> Path:
    """Return the index: that which a commit hook was given, where it lies in this git directory, else the usual one.

    It is what will be committed: https://git-scm.com/docs/githooks.
    """
    given = os.environ.get("GIT_INDEX_FILE", "")
    if given and "\0" not in given:
        path = Path(given)
        folder = path.parent.resolve()
        if folder in {own.resolve(), common.resolve()} and path.is_file() and not path.is_symlink():
            return folder / path.name
    return own / "index"


def _refs(common: Path, shadow: Path) -> None:
    """Copy the refs that have files of their own; very many of them into one file, which git reads at once."""
    (shadow / "refs").mkdir(exist_ok=True)
    paths = list(_below(common / "refs"))
    if len(paths) <= _LOOSE:
        for path in paths:
            _copy(path, shadow / path.relative_to(common), MAX_SMALL)
        return
    loose = {}
    for path in paths:
        name, value = path.relative_to(common).as_posix(), read(path, MAX_SMALL).strip()
        if _NAME.match(name) and _ID.match(value):
            loose[name.encode()] = value
        elif value.startswith(b"ref: "):
            _copy(path, shadow / name, MAX_SMALL)
    known = dict(_packed(read(common / "packed-refs", MAX_COPY)))
    rows = sorted((known | loose).items())
    text = b"# pack-refs with: sorted \n" + b"".join(b"%s %s\n" % (value, name) for name, value in rows)
    (shadow / "packed-refs").write_bytes(text)


def _packed(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    for line in text.splitlines():
        value, _, name = line.partition(b" ")
        if name and not line.startswith((b"#", b"^")):
            yield name, value


def _below(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder, no link followed; raise OSError where there are too many."""
    count, stack = 0, [folder]
    while stack:
        try:
            entries = list(os.scandir(stack.pop()))
        except (FileNotFoundError, NotADirectoryError):
            continue
        count += len(entries)
        if count > MOST_REFS:
            raise OSError(f"{folder.name} holds more than {MOST_REFS:,} files; run git pack-refs --all")
        stack += [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False)]
        yield from (Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=False))


def _stores(objects: Path, depth: int = 0) -> Iterator[Path]:
    """Yield an object store and those that it leads to; raise OSError where git would wait on a pipe in one."""
    if depth > _DEEP or not objects.is_dir():
        return
    yield objects
    _without_pipes(objects)
    for line in read(objects / "info" / "alternates", MAX_SMALL).splitlines():
        if line and not line.startswith((b"#", b'"')) and b"\0" not in line:
            yield from _stores(Path(os.path.realpath(objects / os.fsdecode(line))), depth + 1)


def _without_pipes(objects: Path) -> None:
    """Raise OSError where an object is neither file nor folder: git would wait for it."""
    count = 0
    with os.scandir(objects) as folders:
        within = [each for each in folders if len(each.name) == 2 or each.name in {"pack", "info"}]  # noqa: PLR2004
    for folder in within:
        if not folder.is_dir():
            continue
        with os.scandir(folder.path) as entries:
            for entry in entries:
                count += 1
                kind_known = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
                if not kind_known and not stat.S_ISREG(_mode(entry)):
                    raise OSError(f"objects/{folder.name}/{entry.name} is no regular file; run git fsck")
        if count > MOST_OBJECTS:
            raise OSError(f"there are more than {MOST_OBJECTS:,} loose objects; run git gc")


def _mode(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_mode
    except OSError:  # a link to nowhere, which git reports
        return stat.S_IFREG


def _quoted(path: Path) -> str:
    """Return a path as a line of `alternates` (https://git-scm.com/docs/gitrepository-layout)."""
    text = os.fspath(path)
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    escaped = "".join(f"\\{byte:03o}" for byte in os.fsencode(text))
    return f'"{escaped}"'


def _copy(source: Path, target: Path, limit: int = MAX_COPY) -> None:
    if os.path.lexists(source):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(read(source, limit))


def read(path: Path, limit: int) -> bytes:
    """Read a regular file of the git directory, and only such a one; nothing where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except (FileNotFoundError, NotADirectoryError):
        return b""
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            raise OSError(f"{path.name} is no regular file of a sane size")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise OSError(f"{path.name} grows while it is read")
    return data
