"""Manifests: what each package of a repository says of itself, whatever its ecosystem. Nothing is executed."""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.manifests import (
    elixir,
    go,
    gradle,
    maven,
    npm,
    php,
    python,
    requirements,
    ruby,
    rust,
)
from pytest_productops.facts.manifests.model import Claim, Dependency, Ecosystem, Manifest
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = ["Claim", "Dependency", "Ecosystem", "Manifest", "Manifests", "product"]

Reader = Callable[[Files, str], Manifest]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "pyproject.toml": python.pyproject,
        "setup.cfg": python.setup_cfg,
        "setup.py": python.setup_py,
        "Pipfile": python.pipfile,
        "requirements*.txt": requirements.read,
        "requirements*.in": requirements.read,
        "package.json": npm.read,
        "go.mod": go.read,
        "Cargo.toml": rust.read,
        "pom.xml": maven.read,
        "build.gradle": gradle.read,
        "build.gradle.kts": gradle.read,
        "Gemfile": ruby.gemfile,
        "*.gemspec": ruby.gemspec,
        "composer.json": php.read,
        "mix.exs": elixir.read,
    }
)
"""File name (or pattern) -> its reader."""
LOCKS: Mapping[Ecosystem, tuple[str, ...]] = MappingProxyType(
    {
        "python": ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "pixi.lock"),
        "npm": (
            *(
                "package-lock.json",
                "npm-shrinkwrap.json",
                "yarn.lock",
                "pnpm-lock.yaml",
                "bun.lock",
                "bun.lockb",
            ),
            "deno.lock",
        ),
        "go": ("go.sum",),
        "rust": ("Cargo.lock",),
        "gradle": ("gradle.lockfile",),
        "ruby": ("Gemfile.lock", "gems.locked"),
        "php": ("composer.lock",),
        "elixir": ("mix.lock",),
    }
)
"""Ecosystem -> the names of its lock files."""
_NOT_PRODUCT_WORDS = """
example examples sample samples demo demos fixture fixtures test tests testing spec specs testdata __tests__
e2e benchmark benchmarks bench benches playground playgrounds template templates cookbook tutorials snippets
integration-tests integration_tests integration_test test-suite test_suite stress-test
"""
NOT_PRODUCT = frozenset(_NOT_PRODUCT_WORDS.split())
"""Folders whose packages are no part of the product: examples, and material of tests."""
_NOT_PRODUCT_ENDS = ("-tests", "-examples", "-samples", "-fixtures", "-benchmarks", "-demo", "-example")


class Manifests(Fact):
    """The manifests of a repository, without vendored ones; each is read when first asked for."""

    quick = True

    def __init__(self, files: Files, paths: tuple[str, ...]) -> None:
        self._files = files
        self.paths = paths
        self._read: dict[str, Manifest] = {}

    @classmethod
    def gather(cls, repository: Repository) -> Manifests:
        """Find them; never fails."""
        files = repository[Files]
        return cls(files, tuple(path for path in files if reader(path) and own_words(path)))

    def __iter__(self) -> Iterator[Manifest]:
        """All manifests, by path."""
        return (manifest for path in self.paths if (manifest := self.get(path)))

    def get(self, path: str) -> Manifest | None:
        """Return the manifest of a path, or None where there is none; a malformed one has a `problem`."""
        read = reader(path)
        if read is None or path not in self._files:
            return None
        if path not in self._read:
            self._read[path] = _guarded(read, self._files, path)
        return self._read[path]

    def within(self, folder: str) -> tuple[Manifest, ...]:
        """Return the manifests that stand directly in a folder."""
        return tuple(filter(None, map(self.get, self._by_folder.get(folder, ()))))

    @cached_property
    def _by_folder(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            found.setdefault(posixpath.dirname(path), []).append(path)
        return found

    @property
    def product(self) -> tuple[Manifest, ...]:
        """Those of the product: no examples, no tests."""
        return tuple(manifest for manifest in self if product(manifest.path))

    def demand(self, folder: str | None = None) -> None:
        """Raise `Unavailable` where one of the product, or of a folder, cannot be read: what is missed may be in it."""
        wanted = self.product if folder is None else self.within(folder)
        problem = next((manifest.problem for manifest in wanted if manifest.problem), "")
        if problem:
            raise Unavailable(f"{problem}; mend it, for what is missing here may be in it")


def reader(path: str) -> Reader | None:
    """Return the reader of a manifest's path, or None."""
    name = posixpath.basename(path)
    if name in READERS:
        return READERS[name]
    if path.endswith((".txt", ".in")) and posixpath.basename(posixpath.dirname(path)) == "requirements":
        return requirements.read
    patterns = (pattern for pattern in READERS if "*" in pattern)
    return next((READERS[pattern] for pattern in patterns if fnmatch.fnmatchcase(name, pattern)), None)


def product(path: str) -> bool:
    """Whether a path may be the product's own: not vendored, no example, no material of tests."""
    folders = path.lower().split("/")[:-1]
    return own_words(path) and not any(
        folder in NOT_PRODUCT or folder.endswith(_NOT_PRODUCT_ENDS) or folder.startswith("tests-")
        for folder in folders
    )


def _guarded(read: Reader, files: Files, path: str) -> Manifest:
    """Read a manifest; what is wrong with it becomes its `problem`."""
    folder = posixpath.dirname(path)
    try:
        manifest = read(files, path)
    except (Unreadable, ValueError, RecursionError) as error:
        manifest = Manifest(ecosystem_of(path), path, problem=f"{path}: {error}")
    names = LOCKS.get(manifest.ecosystem, ())
    beside = tuple(place for name in names if (place := posixpath.join(folder, name)) in files)
    return replace(manifest, folder=folder, locks=beside)


def ecosystem_of(path: str) -> Ecosystem:
    """Return the ecosystem of a manifest by its name; Python has the most names."""
    name = posixpath.basename(path)
    known: dict[str, Ecosystem] = {
        "package.json": "npm", "go.mod": "go", "Cargo.toml": "rust", "pom.xml": "maven", "composer.json": "php",
        "mix.exs": "elixir", "Gemfile": "ruby", "build.gradle": "gradle", "build.gradle.kts": "gradle",
    }  # fmt: skip
    return known.get(name, "ruby" if name.endswith(".gemspec") else "python")
