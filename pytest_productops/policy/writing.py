"""Write a file of ours into a repository: whole or not at all, and never out of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from pytest_productops.policy.problems import ConfigurationError, Problem


def write(root: Path, path: str, text: str) -> None:
    """Write `path`, relative to the root, in UTF-8; raise `ConfigurationError` where that cannot be.

    The text goes to a file beside it that then takes its place, so that a kill leaves the old one.
    """
    target = root / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_symlink() or not target.parent.resolve().is_relative_to(root.resolve()):
            raise ConfigurationError(
                [Problem(path, 0, "it leads out of the repository, so it is not written")]
            )
        _replace(target, text)
    except OSError as error:
        raise ConfigurationError([Problem(path, 0, f"it cannot be written: {error.strerror}")]) from error


def _replace(target: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        Path(name).chmod(target.stat().st_mode if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
