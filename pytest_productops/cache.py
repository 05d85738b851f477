"""What is remembered between runs: in the user's cache folder, never in the repository, and only to save time.

A cache that is missing, corrupt or cannot be written is no error: what it held is worked out again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

FORMAT = 1
"""Raised when what is stored changes its meaning."""


def folder(root: Path) -> Path:
    """Return the folder for one repository: below the user's caches if these lie outside it, else a temporary one.

    See https://specifications.freedesktop.org/basedir-spec/latest/.
    """
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    home = Path(os.path.expanduser(given))  # noqa: PTH111 - Path.expanduser raises where there is no home
    if not home.is_absolute() or home.resolve().is_relative_to(root):
        home = Path(tempfile.gettempdir())
    return home / "pytest-productops" / hashlib.sha256(os.fsencode(root)).hexdigest()[:16]


def load(root: Path, name: str) -> dict[str, Any]:
    """Return what was saved under a name, or nothing."""
    try:
        data = json.loads(_path(root, name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def save(root: Path, name: str, data: dict[str, Any]) -> None:
    """Replace what is saved under a name, whole or not at all."""
    target = _path(root, name)
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=f"{name}-", suffix=".new")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(data, stream)
            os.replace(scratch, target)  # noqa: PTH105 - the same call
        except OSError:
            os.unlink(scratch)  # noqa: PTH108 - the same call
            raise


def _path(root: Path, name: str) -> Path:
    """Name the file: results of one Python may differ from those of another."""
    return folder(root) / f"{name}-{FORMAT}-{sys.version_info.major}.{sys.version_info.minor}.json"
