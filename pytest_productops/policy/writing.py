"""Write a file of ours into a repository: whole or not at all, and never out of it."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from pathlib import Path

from pytest_productops.policy.problems import ConfigurationError, Problem

PREFIX = ".productops-"
"""How a file is called while it is written."""
_SUFFIX = ".new"
_OLD = 3600.0
"""Age from which what a killed run left half written is swept, in seconds."""


def write(root: Path, path: str, text: str | bytes) -> None:
    """Write `path`, relative to the root, a text in UTF-8; raise `ConfigurationError` where that cannot be.

    The text goes to a file beside it that then takes its place, so that a kill or a full disk leaves the old one.
    """
    target = root / path
    try:
        if target.is_symlink() or not target.parent.resolve().is_relative_to(root.resolve()):
            raise ConfigurationError(
                [Problem(path, 0, "it leads out of the repository, so it is not written")]
            )
        if target.exists() and not target.is_file():
            raise ConfigurationError([Problem(path, 0, "it is no regular file, so it is not written")])
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        replace(target, text if isinstance(text, bytes) else text.encode(), durable=True)
    except OSError as error:
        raise ConfigurationError([Problem(path, 0, f"it cannot be written: {error.strerror}")]) from error


def replace(target: Path, data: bytes, *, durable: bool = False) -> None:
    """Put a file in the place of another, in its mode; a new one gets the mode that the umask leaves.

    `durable`: else a power cut may leave an empty file under the right name. Raises OSError, and then nothing changed.
    """
    scratch = target.with_name(f"{PREFIX}{os.urandom(8).hex()}{_SUFFIX}")
    try:
        with scratch.open("xb") as stream:  # a name that nobody knows before, and no link is followed
            stream.write(data)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        if target.exists():
            scratch.chmod(stat.S_IMODE(target.stat().st_mode))
        scratch.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed runs left half written."""
    for path in folder.glob(f"{PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - path.lstat().st_mtime > _OLD:
                path.unlink()
