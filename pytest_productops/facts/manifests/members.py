"""Which folders the patterns of a workspace mean: globs as npm, pnpm, uv and Cargo read them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pytest_productops.facts.files import Files
from pytest_productops.facts.globs import path as glob
from pytest_productops.facts.manifests.model import Ecosystem, Manifest

if TYPE_CHECKING:
    from pytest_productops.facts.manifests import Manifests

_NAMES: dict[Ecosystem, tuple[str, ...]] = {
    "python": ("pyproject.toml", "setup.cfg", "setup.py"),
    "npm": ("package.json",),
    "rust": ("Cargo.toml",),
    "maven": ("pom.xml",),
    "gradle": ("build.gradle.kts", "build.gradle"),
    "php": ("composer.json",),
    "elixir": ("mix.exs",),
}


def folders(files: Files, manifests: Manifests, holder: Manifest) -> Iterator[Manifest]:
    """Yield the manifests that the patterns of a workspace mean."""
    if not holder.members or holder.ecosystem not in _NAMES or holder.path.endswith((".txt", ".in")):
        return
    excluded = [glob(_placed(holder.folder, pattern)) for pattern in holder.excluded]
    for folder in sorted(_meant(files, holder)):
        if folder != holder.folder and not any(each(folder) for each in excluded):
            paths = (posixpath.join(folder, name) for name in _NAMES[holder.ecosystem])
            member = next(filter(None, map(manifests.get, paths)), None)
            if member:
                yield member


def _meant(files: Files, holder: Manifest) -> set[str]:
    found: set[str] = set()
    for pattern in holder.members[:500]:
        placed = _placed(holder.folder, pattern)
        if not any(letter in placed for letter in "*?{["):
            found.add(placed)
        else:
            found.update(filter(glob(placed), files.folders))
    return found


def _placed(folder: str, pattern: str) -> str:
    """Return a pattern relative to the repository's root."""
    placed = posixpath.normpath(posixpath.join(folder, pattern.rstrip("/") or "."))
    return "" if placed == "." else placed
