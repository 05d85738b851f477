"""Which lock holds which manifest, and where the two differ for certain."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.locks import npm, others, python
from pytest_productops.facts.locks.found import SHARE, exact
from pytest_productops.facts.locks.model import Check, Drift, Pair, Unsure
from pytest_productops.facts.manifests import Manifest, Manifests, product
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Kind:
    """A lock file: the manifest that it is made from, how the two are compared, and what makes it anew."""

    manifest: str
    check: Check
    remake: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "uv.lock": Kind("pyproject.toml", python.uv, "uv lock"),
        "poetry.lock": Kind("pyproject.toml", python.poetry, "poetry lock"),
        "pdm.lock": Kind("pyproject.toml", python.pdm, "pdm lock"),
        "Pipfile.lock": Kind("Pipfile", python.pipfile, "pipenv lock"),
        "package-lock.json": Kind("package.json", npm.package_lock, "npm install --package-lock-only"),
        "npm-shrinkwrap.json": Kind("package.json", npm.package_lock, "npm shrinkwrap"),
        "pnpm-lock.yaml": Kind("package.json", npm.pnpm, "pnpm install --lockfile-only"),
        "yarn.lock": Kind("package.json", npm.yarn, "yarn install"),
        "bun.lock": Kind("package.json", npm.bun, "bun install --lockfile-only"),
        "Cargo.lock": Kind("Cargo.toml", others.cargo, "cargo update --workspace"),
        "go.sum": Kind("go.mod", others.go_sum, "go mod tidy"),
        "Gemfile.lock": Kind("Gemfile", others.gemfile, "bundle lock"),
        "composer.lock": Kind("composer.json", others.composer, "composer update --lock"),
        "mix.lock": Kind("mix.exs", others.mix, "mix deps.get"),
    }
)
"""Name of a lock file -> what is known of it."""
COMPILED = Kind("requirements.in", python.compiled, "pip-compile")


@dataclass(frozen=True)
class Compared:
    """A manifest with its lock: where they differ, or why that cannot be told; `above`: the lock is a workspace's."""

    manifest: Manifest
    lock: str
    drifts: tuple[Drift, ...] = ()
    unsure: str = ""
    remake: str = ""

    @property
    def above(self) -> bool:
        """Whether the lock stands in a folder above, at the root of a workspace."""
        return posixpath.dirname(self.lock) != self.manifest.folder


class LockDrifts(Fact):
    """Compares manifests with their locks, when asked for a component."""

    quick = True

    def __init__(self, files: Files, manifests: Manifests, components: Components) -> None:
        self._files = files
        self._manifests = manifests
        self._components = components

    @classmethod
    def gather(cls, repository: Repository) -> LockDrifts:
        """Prepare it; never fails."""
        return cls(repository[Files], repository[Manifests], repository[Components])

    def of(self, component: Component) -> tuple[Compared, ...]:
        """Return the manifests of a component that are held by a lock, compared with it."""
        return tuple(
            self._compared(manifest, lock, kind)
            for manifest in self._manifests_of(component)
            for lock, kind in self._locks(manifest)
        )

    def unlocked(self, component: Component) -> tuple[Manifest, ...]:
        """Return the manifests directly in a component that ask for something and have no lock."""
        return tuple(
            each
            for each in self._manifests.within(component.folder)
            if each.dependencies and not self._lockable(each) and each.ecosystem not in {"maven", "gradle"}
        )

    def _lockable(self, manifest: Manifest) -> bool:
        return any(True for _ in self._locks(manifest)) or any(
            each.locks
            for each in self._manifests.within(manifest.folder)
            if each.ecosystem == manifest.ecosystem
        )

    def _manifests_of(self, component: Component) -> Iterator[Manifest]:
        for path in self._manifests.paths:
            if product(path) and self._components.of(path) == component:
                manifest = self._manifests.get(path)
                if manifest and not manifest.problem:
                    yield manifest

    def _locks(self, manifest: Manifest) -> Iterator[tuple[str, Kind]]:
        """Yield the locks that hold a manifest: those beside it, else those of the workspace above."""
        name = posixpath.basename(manifest.path)
        if name.endswith(".in"):
            yield from self._compiled(manifest.path)
        folder = manifest.folder
        known = [(lock, kind) for lock, kind in KINDS.items() if kind.manifest == name]
        while True:
            found = [
                (place, kind)
                for lock, kind in known
                if (place := posixpath.join(folder, lock)) in self._files
            ]
            if found or not folder or not self._is_member(manifest):
                yield from found
                return
            folder = posixpath.dirname(folder)

    def _is_member(self, manifest: Manifest) -> bool:
        """Whether a manifest is a component's own; only those are held by a lock above."""
        return any(each.manifest == manifest.path for each in self._components.all)

    def _compiled(self, path: str) -> Iterator[tuple[str, Kind]]:
        """Yield the file that was compiled from a `.in`: of the same stem, and nearly all pinned."""
        target = self._manifests.get(path.removesuffix(".in") + ".txt")
        pinned = sum(exact(each.constraint) for each in target.dependencies) if target else 0
        if target and pinned and pinned >= SHARE * len(target.dependencies):
            yield target.path, COMPILED

    def _compared(self, manifest: Manifest, lock: str, kind: Kind) -> Compared:
        try:
            drifts = tuple(kind.check(self._files, Pair(manifest, lock)))
        except (Unsure, Unreadable, ValueError, RecursionError) as reason:
            return Compared(manifest, lock, unsure=str(reason))
        return Compared(manifest, lock, drifts, remake=kind.remake)
