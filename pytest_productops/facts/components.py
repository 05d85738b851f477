"""The components of a repository: the root, and in a monorepo each part with a manifest of its own."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Component(Fact):
    """What a rule is asked about that takes one: it is called for each component.

    `folder` is relative to the root, `""` for the root itself; `manifest` is the path of what declares it.
    """

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
    def gather(cls, repository: Repository) -> Components:  # noqa: ARG003
        """Read the workspaces."""
        return cls((Component(),))
