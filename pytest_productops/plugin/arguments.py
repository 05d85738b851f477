"""What the command line says: our node ids, the repository meant, and where the cache lives."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

NAMESPACE = "productops"
DRILL = "drill/"
"""How the names of the drill's items begin, which are no rules."""


def is_ours(argument: str) -> bool:
    """Whether it is `productops`, `productops::ONB003`, or these as pytest prints them from a sub-folder."""
    head, separator, _ = str(argument).partition("::")
    return os.path.basename(head.rstrip("/\\")) == NAMESPACE and (bool(separator) or not os.path.exists(head))  # noqa: PTH110, PTH119


def only_rules(arguments: Iterable[object]) -> bool:
    """Whether the words on the command line name rules and no test."""
    words = [str(argument) for argument in arguments if not str(argument).startswith("-")]
    ours = any("::" in word and is_ours(word) for word in words)
    return ours and not any(Path(word.partition("::")[0]).exists() for word in words)


def root_of(config: pytest.Config) -> Path:
    """Return the repository: `--productops-root`, else `--rootdir`, else the nearest `.git` upwards.

    pytest's own rootdir may lie above the repository: it takes the pyproject.toml of any ancestor.
    """
    from pytest_productops.repository import find_root

    given = config.option.productops_root or os.environ.get("PRODUCTOPS_ROOT")
    if given:
        root = Path(config.invocation_params.dir, given)
        if not root.is_dir():
            raise pytest.UsageError(f"--productops-root: no such folder: {given}")
        return root.resolve()
    return find_root(config.rootpath if config.option.rootdir else Path(config.invocation_params.dir))


def anchor(root: Path) -> Path:
    """Return a file that stands for the repository: editors that list tests loop on a folder.

    `--nf` asks for its age, so it must exist; an empty folder without git stands for itself.
    """
    names = ("productops.toml", "pyproject.toml", "README.md", "README.rst", "README")
    candidates = (*(root / name for name in names), *sorted(root.iterdir()), root / ".git" / "HEAD")
    return next((path for path in candidates if path.is_file()), root)


def move_cache(config: pytest.Config) -> None:
    """Keep pytest's cache (--lf, --ff, --sw) out of the repository, unless a place for it was given.

    pytest has no hook for this, so the value is put where `getini` remembers what it computed.
    """
    given = " ".join(map(str, config.invocation_params.args))
    if "cache_dir" in given or not hasattr(config, "_inicache"):
        return
    from pytest_productops import cache

    config._inicache["cache_dir"] = str(cache.folder(root_of(config)) / "pytest")  # noqa: SLF001
