"""What is remembered between runs: in the user's cache folder, never in the repository, and only to save time.

A cache that is missing, corrupt, somebody else's or cannot be written is no error: what it held is worked out again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

FORMAT = 2
"""Raised when what is stored changes its meaning."""
MAX_BYTES = 64 * 2**20
"""Largest cache that is read, in bytes."""
_NEW = ".new"
_OLD = 3600.0
"""Age from which a half-written cache is swept, in seconds."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


def folder(root: Path) -> Path:
    """Return the folder for one repository: below the user's caches if these lie outside it, else a temporary one.

    See https://specifications.freedesktop.org/basedir-spec/latest/.
    """
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    home = Path(os.path.expanduser(given))  # noqa: PTH111 - Path.expanduser raises where there is no home
    name = "pytest-productops"
    if not home.is_absolute() or home.resolve().is_relative_to(root):
        home, name = Path(tempfile.gettempdir()), f"pytest-productops-{_user()}"
    return home / name / hashlib.sha256(os.fsencode(root)).hexdigest()[:16]


def load(root: Path, name: str) -> dict[str, Any]:
    """Return what was saved under a name, or nothing where that is not as this user saved it."""
    try:
        head, _, body = _read(_path(root, name)).partition(b"\n")
        data = json.loads(body) if head == _sum(body) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def save(root: Path, name: str, data: dict[str, Any]) -> None:
    """Replace what is saved under a name, whole or not at all."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        target = _path(root, name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _owned(target.parent) or not _owned(target.parent.parent):
            return
        _sweep(target.parent)
        body = json.dumps(data).encode()
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f"{name}-", suffix=_NEW)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_sum(body) + b"\n" + body)
            os.replace(scratch, target)  # noqa: PTH105 - the same call
        except BaseException:
            os.unlink(scratch)  # noqa: PTH108 - the same call
            raise


def _path(root: Path, name: str) -> Path:
    """Name the file: results of one Python may differ from those of another."""
    return folder(root) / f"{name}-{FORMAT}-{sys.version_info.major}.{sys.version_info.minor}.json"


def _read(path: Path) -> bytes:
    """Read a file of this user; raise OSError where it is none."""
    descriptor = os.open(path, _FLAGS)
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != _user() or status.st_size > MAX_BYTES:
            raise OSError("no cache of ours")
        return stream.read(MAX_BYTES)


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _owned(path: Path) -> bool:
    """Whether a folder is this user's own, and no link: in a shared place others may have made it."""
    status = path.lstat()
    return stat.S_ISDIR(status.st_mode) and (status.st_uid == _user() or not hasattr(os, "geteuid"))


def _sweep(place: Path) -> None:
    """Remove what killed runs left half written."""
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name.endswith(_NEW) and time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD:
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108 - the same call
