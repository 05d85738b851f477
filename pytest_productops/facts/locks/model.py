"""The words of drift: what a manifest asks for, and its lock file does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.manifests import Manifest
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location


@dataclass(frozen=True)
class Drift:
    """A difference between a manifest and its lock that is certain: `name` is what differs, `said` how."""

    name: str
    said: str
    location: Location


@dataclass(frozen=True)
class Pair:
    """A manifest and the lock file that holds it; the lock may stand above, at the root of a workspace."""

    manifest: Manifest
    lock: str

    @property
    def inside(self) -> str:
        """The manifest's folder as seen from the lock's (`.`: beside it)."""
        above = self.lock.rpartition("/")[0]
        folder = self.manifest.folder
        return (folder[len(above) :].lstrip("/") if folder != above else "") or "."


Check = Callable[[Files, Pair], Iterator[Drift]]
"""Yields the drift of a pair; raises `Unsure` where it cannot tell."""


class Unsure(Exception):
    """A lock cannot be compared with its manifest; the text is the reason."""
