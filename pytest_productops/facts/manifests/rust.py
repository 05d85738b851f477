"""Rust: Cargo.toml with what it inherits from its workspace (https://doc.rust-lang.org/cargo/reference/manifest.html)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.facts.manifests.tables import Toml, at, table, text, texts
from pytest_productops.model import Location

_GROUPS = {
    "dependencies": "",
    "dev-dependencies": "dev",
    "dev_dependencies": "dev",
    "build-dependencies": "build",
    "build_dependencies": "build",
}


def read(files: Files, path: str) -> Manifest:
    """Read Cargo.toml; raise TomlError where it is none."""
    toml = Toml(load(files.read(path)), path)
    home = toml if table(toml.data, "workspace") else _workspace(files, path, toml)
    version, version_at = _inherited(toml, home, "version")
    minimum, minimum_at = _inherited(toml, home, "rust-version")
    publish = at(toml.data, "package", "publish")
    workspace = at(toml.data, "workspace") is not None
    return Manifest(
        "rust",
        path,
        name=text(toml.data, "package", "name"),
        version=version,
        version_at=version_at,
        dynamic=bool(table(toml.data, "package", "version")) and not version,
        private=publish is False or publish == [],
        dependencies=tuple(_dependencies(toml, home)),
        claims=(Claim("rust", minimum, minimum_at),) if minimum else (),
        members=texts(toml.data, "workspace", "members") + _paths(toml.data, workspace=workspace),
        excluded=texts(toml.data, "workspace", "exclude"),
        workspace=workspace,
    )


def _workspace(files: Files, path: str, toml: Toml) -> Toml | None:
    """Return the manifest of the workspace around a package: the one that it names, else the nearest above."""
    folder = posixpath.dirname(path)
    named = text(toml.data, "package", "workspace")
    above = [posixpath.normpath(posixpath.join(folder, named))] if named else list(_above(folder))
    for each in above:
        place = posixpath.normpath(posixpath.join(each, "Cargo.toml"))
        if place in files:
            try:
                found = Toml(load(files.read(place)), place)
            except (Unreadable, TomlError):
                return None
            if table(found.data, "workspace"):
                return found
    return None


def _above(folder: str) -> Iterator[str]:
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def _inherited(toml: Toml, home: Toml | None, key: str) -> tuple[str, Location]:
    """Return a value of `[package]` with its place, or the workspace's where it says `workspace = true`."""
    own = at(toml.data, "package", key)
    if isinstance(own, str):
        return own, toml.place("package", key)
    if home and (at(own, "workspace") is True or "package" not in toml.data):
        return text(home.data, "workspace", "package", key), home.place("workspace", "package", key)
    return "", toml.place("package", key)


def _dependencies(toml: Toml, home: Toml | None) -> Iterator[Dependency]:
    trees: list[tuple[str, ...]] = [()]
    trees += [("target", name) for name in table(toml.data, "target")]
    for tree in trees:
        for key, group in _GROUPS.items():
            for name, asked in table(toml.data, *tree, key).items():
                yield _dependency(name, asked, group, toml.place(*tree, key, name), home)


def _dependency(name: str, asked: Any, group: str, place: Location, home: Toml | None) -> Dependency:
    if home and at(asked, "workspace") is True:
        asked = at(home.data, "workspace", "dependencies", name)
    constraint = asked if isinstance(asked, str) else text(asked, "version")
    return Dependency(
        text(asked, "package") or name, constraint, group, place, local=bool(text(asked, "path"))
    )


def _paths(data: Mapping[str, Any], *, workspace: bool) -> tuple[str, ...]:
    """Return the folders of the path dependencies of a workspace's root package, which are members too."""
    if not workspace:
        return ()
    asked = (each for key in _GROUPS for each in table(data, key).values())
    return tuple(path for each in asked if (path := text(each, "path")))
