"""Locks: which exact versions a repository holds to, by lock files, checksums or pinned requirements."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.manifests import LOCKS, Dependency, Manifest, Manifests, product
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_MORE = """
packages.lock.json Package.resolved Podfile.lock Cartfile.resolved flake.lock stack.yaml.lock paket.lock
cabal.project.freeze pubspec.lock cpanfile.snapshot renv.lock conan.lock MODULE.bazel.lock conda-lock.yml
shard.lock maven_install.json buildscript-gradle.lockfile rebar.lock .terraform.lock.hcl Chart.lock
verification-metadata.xml dub.selections.json opam.locked guix.lock npins.lock spago.lock
"""
NAMES = frozenset(name for names in LOCKS.values() for name in names) | frozenset(_MORE.split())
"""The names of lock files of all ecosystems."""
_MORE_NAMES = regex(
    r"^(?:pylock\.[\w-]+\.toml|conda-(?:[\w-]+-)?lock\.ya?ml|conda-(?:linux|osx|win)-[\w-]+\.lock"
    r"|[\w.-]+\.opam\.locked)$"
)
_ASIDE = "doc documentation website site fuzz fuzzing tools tooling utils scripts hack ci contrib misc"
ASIDE = frozenset(_ASIDE.split())
"""Folders whose locks hold for documentation or tooling only, not for the product; also all that begin with `docs`."""
_EXACT = regex(r"^={2,3}\s*[^\s,*]+(?:\s*;.*)?$|@\s*git\+\S+@[0-9a-f]{7,40}\b|^@ https?://\S+")
_ASIDE_PURPOSE = frozenset({"doc", "docs", "lint", "style"})
SHARE = 0.75
"""The part of a file's requirements that must be exact for it to count as pinned."""


@dataclass(frozen=True)
class Pinned:
    """A list of requirements that are nearly all exact."""

    location: Location
    exact: int
    all: int

    @property
    def mostly(self) -> bool:
        """Whether nearly all are exact."""
        return bool(self.exact) and self.exact >= SHARE * self.all


class Locks(Fact):
    """What is locked in the product itself, not in its documentation, examples or tests."""

    def __init__(self, files: Files, manifests: Manifests) -> None:
        self._files = files
        self._manifests = manifests

    @classmethod
    def gather(cls, repository: Repository) -> Locks:
        """Find them; never fails."""
        return cls(repository[Files], repository[Manifests])

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The lock files, nearest to the root first; an empty one locks nothing."""
        found = (
            path for path in self._files if locks(posixpath.basename(path)) and own(path) and self._says(path)
        )
        return tuple(sorted(found, key=lambda path: (path.count("/"), path)))

    def _says(self, path: str) -> bool:
        try:
            return bool(self._files.read_bytes(path).strip())
        except Unreadable as error:
            return "larger" in str(error)

    @cached_property
    def pinned(self) -> tuple[Pinned, ...]:
        """The requirements whose versions are nearly all exact: pyproject tables, and files if most of all are so."""
        listed = [each for each in self._lists(".txt") if each.all]
        tables = [each for each in self._lists("pyproject.toml") if each.mostly and each.all > 1]
        whole = Pinned(Location(""), sum(each.exact for each in listed), sum(each.all for each in listed))
        return (*tables, *(each for each in listed if each.mostly and whole.mostly))

    def _lists(self, end: str) -> Iterator[Pinned]:
        for path in self._manifests.paths:
            manifest = self._manifests.get(path) if own(path) and path.endswith(end) else None
            asked = _asked(manifest) if manifest and not manifest.problem else ()
            if asked:
                yield Pinned(asked[0].location, sum(exact(each.constraint) for each in asked), len(asked))

    @cached_property
    def catalogues(self) -> tuple[Location, ...]:
        """Gradle's version catalogues, whose direct versions are exact."""
        return tuple(
            Location(path)
            for path in self._files
            if path.endswith("gradle/libs.versions.toml") and own(path) and path.count("/") == 1
        )


def _asked(manifest: Manifest) -> tuple[Dependency, ...]:
    """Return what counts of a manifest: a requirements file that is not for documents, or what it needs to run."""
    asked = tuple(each for each in manifest.dependencies if not each.local)
    if manifest.path.endswith(".txt"):
        return () if any(each.group in _ASIDE_PURPOSE for each in asked) else asked
    return tuple(each for each in asked if not each.group)


def locks(name: str) -> bool:
    """Whether a file of this name is a lock file."""
    return name in NAMES or name.endswith(".lockfile") or _MORE_NAMES.match(name) is not None


def own(path: str) -> bool:
    """Whether a path may hold what the product is locked to."""
    folders = path.lower().split("/")[:-1]
    aside = any(folder.startswith((".", "docs")) for folder in folders)
    return product(path) and not ASIDE.intersection(folders) and not aside


def exact(constraint: str) -> bool:
    """Whether a constraint of Python's names one version."""
    return _EXACT.search(constraint) is not None
