"""Folders of our own for a run; those that a killed run left behind go when the next one comes."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

PREFIX = "productops-git-"
_OLD = 3600.0
"""Age from which a folder of a process that is gone is swept, in seconds."""
_MOST = 50
"""Most folders that one run sweeps."""


def make() -> Path:
    """Make a folder that only this user reads, named after this process; sweep old ones."""
    _sweep(Path(tempfile.gettempdir()))
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def _sweep(folder: Path) -> None:
    """Remove what killed runs of this user left; whatever cannot be removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        left = [Path(entry.path) for entry in entries if entry.name.startswith(PREFIX)]
        for path in [path for path in left if _stale(path)][:_MOST]:
            shutil.rmtree(path, ignore_errors=True)


def _stale(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    own = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    return own and time.time() - status.st_mtime > _OLD and not _runs(path.name.removeprefix(PREFIX))


def _runs(rest: str) -> bool:
    """Whether the process runs after which a folder is named."""
    number = rest.partition("-")[0]
    if not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
