"""The components of a repository: the root, and in a monorepo each part with a manifest of its own.

Only what says that it is a workspace makes components: uv, Hatch, Poetry (path dependencies to develop in), npm,
yarn, pnpm, bun, lerna (so nx and turbo, which build on those), Cargo, go.work, Gradle's `include`, Maven's
modules, Composer's path repositories, Elixir's umbrella. Examples and material of tests are none.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.manifests import Manifest, Manifests, go, product
from pytest_productops.facts.manifests.members import folders
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository

MOST = 500
"""Most components of one repository."""


@dataclass(frozen=True)
class Component(Fact):
    """What a rule is asked about that takes one: it is called for each component.

    `folder` is relative to the root, `""` for the root itself; `manifest` is the path of what declares it.
    """

    quick = True

    folder: str = ""
    name: str = ""
    manifest: str = ""

    @classmethod
    def gather(cls, repository: Repository) -> Component:
        """Return the root."""
        return repository[Components].all[0]

    def path(self, name: str) -> str:
        """Return the path of a file of this component, relative to the repository's root."""
        return f"{self.folder}/{name}" if self.folder else name


@dataclass(frozen=True)
class Components(Fact):
    """All components, the root first, the others by folder."""

    all: tuple[Component, ...]

    @classmethod
    def gather(cls, repository: Repository) -> Components:
        """Read the workspaces; never fails."""
        files, manifests = repository[Files], repository[Manifests]
        found = {folder: manifest for folder, manifest in _members(files, manifests) if folder}
        others = (
            Component(folder, found[folder].name, found[folder].path) for folder in sorted(found)[:MOST]
        )
        return cls((_root(manifests), *others))

    def of(self, path: str) -> Component:
        """Return the component that a path belongs to: the one with the deepest folder around it."""
        around = (each for each in self.all if each.folder and path.startswith(f"{each.folder}/"))
        return max(around, key=lambda each: len(each.folder), default=self.all[0])


def _root(manifests: Manifests) -> Component:
    named = [each for each in manifests.within("") if each.name] or list(manifests.within(""))
    return Component("", named[0].name, named[0].path) if named else Component()


def _members(files: Files, manifests: Manifests) -> Iterator[tuple[str, Manifest]]:
    """Yield (folder, manifest) of every member; a member may hold a workspace of its own (Maven, Gradle)."""
    waiting = [(each, 0) for each in manifests.within("")]
    seen: set[str] = set()
    while waiting:
        holder, depth = waiting.pop()
        if holder.path in seen or depth > 8:  # noqa: PLR2004 - modules of modules end somewhere
            continue
        seen.add(holder.path)
        for member in folders(files, manifests, holder):
            if product(member.path):
                yield member.folder, member
            waiting.append((member, depth + 1))
    yield from _go_work(files, manifests)


def _go_work(files: Files, manifests: Manifests) -> Iterator[tuple[str, Manifest]]:
    """Yield the modules that go.work uses."""
    try:
        used = go.used(files.read("go.work")) if "go.work" in files else ()
    except Unreadable:
        used = ()
    for folder in used:
        path = posixpath.normpath(posixpath.join(folder, "go.mod"))
        member = manifests.get(path)
        if member and product(path):
            yield member.folder, member
