"""PHP: composer.json (https://getcomposer.org/doc/04-schema.md)."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats import json5
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.facts.manifests.tables import at, text
from pytest_productops.model import Location

_GROUPS = {"require": "", "require-dev": "dev"}


def read(files: Files, path: str) -> Manifest:
    """Read composer.json; raise JsonError where it is none."""
    loaded = json5.load(files.read(path))
    version = text(loaded.data, "version")
    asked = text(loaded.data, "require", "php")
    return Manifest(
        "php",
        path,
        name=text(loaded.data, "name"),
        version=version,
        version_at=Location(path, loaded.line("version") if version else 0),
        dynamic=not version,
        private=text(loaded.data, "type") == "project",
        dependencies=tuple(_dependencies(loaded, path)),
        claims=(Claim("php", asked, Location(path, loaded.line("require", "php"))),) if asked else (),
        members=_members(loaded),
    )


def platform(name: str) -> bool:
    """Whether a name is no package but PHP, an extension or Composer itself."""
    return "/" not in name


def _dependencies(loaded: json5.Loaded, path: str) -> Iterator[Dependency]:
    for key, group in _GROUPS.items():
        for name, asked in loaded.table(key).items():
            if not platform(name):
                constraint = asked if isinstance(asked, str) else ""
                yield Dependency(name.lower(), constraint, group, Location(path, loaded.line(key, name)))


def _members(loaded: json5.Loaded) -> tuple[str, ...]:
    """Return the folders of repositories of the type `path`."""
    listed = at(loaded.data, "repositories")
    sources = listed.values() if isinstance(listed, dict) else listed if isinstance(listed, list) else ()
    return tuple(text(each, "url") for each in sources if text(each, "type") == "path" and text(each, "url"))
