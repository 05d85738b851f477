"""The texts that other files take from us: one source, which the documentation shows too."""

from __future__ import annotations

import importlib.metadata
import re
from importlib import resources

DEFAULT_BRANCH = "main"
"""The branch that the snippets name."""


def text(name: str) -> str:
    """Return a snippet."""
    return resources.files("pytest_productops").joinpath("snippets", name).read_text(encoding="utf-8")


def workflow(branch: str) -> str:
    """Return the workflow for GitHub, with the repository's own default branch."""
    return text("github.yml").replace(f"[{DEFAULT_BRANCH}]", f"[{branch}]")


def hook() -> list[str]:
    """Return the lines of our entry in `repos` of `.pre-commit-config.yaml`, at this version where it is released."""
    from packaging.version import Version  # noqa: PLC0415 - slow, and few runs need it

    version = Version(importlib.metadata.version("pytest-productops"))
    lines = text("pre-commit.yml").splitlines()
    entry = [line[2:] for line in lines[lines.index("repos:") + 1 :] if line.strip()]
    if version.is_devrelease or version.local:
        return entry
    return [re.sub(r"^(\s*rev: ).*", rf"\g<1>v{version}", line) for line in entry]
