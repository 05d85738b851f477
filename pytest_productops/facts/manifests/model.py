"""The words of the manifest model, one for all ecosystems: manifest, dependency, claim."""

from __future__ import annotations

from typing import Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

_NOWHERE = Location("")

Ecosystem = Literal["python", "npm", "go", "rust", "maven", "gradle", "ruby", "php", "elixir"]


@dataclass(frozen=True)
class Dependency:
    """Something that a manifest asks for.

    `name` is as its ecosystem compares names, `constraint` as written (`""`: any version). `group` is `""` for
    what the product needs to run, else what it is for: `dev`, `build`, `optional:NAME`, `group:NAME`.
    `local`: it comes from this repository, by a path or a workspace. `conditional`: it is asked for only on some
    platforms, by a marker or inside a condition.
    """

    name: str
    constraint: str = ""
    group: str = ""
    location: Location = _NOWHERE
    local: bool = False
    conditional: bool = False


@dataclass(frozen=True)
class Claim:
    """What a manifest says of the toolchain: `python` `>=3.10`, `node` `>=20`, `go` `1.24`, as written."""

    tool: str
    constraint: str
    location: Location


@dataclass(frozen=True)
class Manifest:
    """A file that declares a package or what a project needs.

    `folder` is where it stands (`""`: the root). `version` is empty where none is declared; `dynamic`: the
    version is made elsewhere (by a build plugin, an expression, a parent). `private`: it says that it is never
    published. `locks` are the lock files beside it; `members` the patterns of its workspace's folders,
    `excluded` those that are none. `problem` says why it could not be read.
    """

    ecosystem: Ecosystem
    path: str
    folder: str = ""
    name: str = ""
    version: str = ""
    version_at: Location = _NOWHERE
    dynamic: bool = False
    private: bool = False
    dependencies: tuple[Dependency, ...] = ()
    claims: tuple[Claim, ...] = ()
    locks: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    workspace: bool = False
    problem: str = ""

    @property
    def location(self) -> Location:
        """The file."""
        return Location(self.path)

    def asks(self, *groups: str) -> tuple[Dependency, ...]:
        """Return the dependencies of these groups (`""`: what it needs to run)."""
        return tuple(each for each in self.dependencies if each.group in groups)
