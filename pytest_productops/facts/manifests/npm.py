"""JavaScript: package.json (https://docs.npmjs.com/cli/configuring-npm/package-json)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import json5, yaml
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.facts.manifests.tables import at, text, texts
from pytest_productops.model import Location

GROUPS = {
    "dependencies": "",
    "devDependencies": "dev",
    "optionalDependencies": "optional",
    "peerDependencies": "peer",
}
_LOCAL = ("workspace:", "file:", "link:", "portal:")


def read(files: Files, path: str) -> Manifest:
    """Read package.json; raise JsonError where it is none."""
    loaded = json5.load(files.read(path))
    data = loaded.data
    version = text(data, "version")
    members, excluded, said = _members(files, path, data)
    return Manifest(
        "npm",
        path,
        name=text(data, "name"),
        version=version,
        version_at=Location(path, loaded.line("version") if version else 0),
        private=at(data, "private") is True,
        dependencies=tuple(_dependencies(loaded, path)),
        claims=tuple(_claims(loaded, path)),
        members=members,
        excluded=excluded,
        workspace=said,
    )


def _dependencies(loaded: json5.Loaded, path: str) -> Iterator[Dependency]:
    for key, group in GROUPS.items():
        for name, asked in loaded.table(key).items():
            constraint = asked if isinstance(asked, str) else ""
            local = constraint.startswith(_LOCAL)
            yield Dependency(name, constraint, group, Location(path, loaded.line(key, name)), local=local)


def _claims(loaded: json5.Loaded, path: str) -> Iterator[Claim]:
    for keys in (("engines", "node"), ("volta", "node"), ("devEngines", "runtime", "version")):
        asked = text(loaded.data, *keys)
        if asked:
            yield Claim("node", asked, Location(path, loaded.line(*keys)))


def _members(files: Files, path: str, data: object) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Return the patterns of the workspace: of package.json, pnpm-workspace.yaml, else lerna.json."""
    folder = posixpath.dirname(path)
    declared = at(data, "workspaces")
    found = texts(data, "workspaces") or texts(data, "workspaces", "packages")
    pnpm = posixpath.join(folder, "pnpm-workspace.yaml")
    if pnpm in files:
        found, declared = _pnpm(files, pnpm), True
    lerna = posixpath.join(folder, "lerna.json")
    if declared is None and lerna in files:
        found, declared = _lerna(files, lerna), True
    positive = tuple(each for each in found if not each.startswith("!"))
    return positive, tuple(each[1:] for each in found if each.startswith("!")), declared is not None


def _pnpm(files: Files, path: str) -> tuple[str, ...]:
    try:
        return texts(yaml.read(files.read(path), path).value, "packages")
    except (Unreadable, yaml.YamlError):
        return ()


def _lerna(files: Files, path: str) -> tuple[str, ...]:
    try:
        return texts(json5.load(files.read(path)).data, "packages") or ("packages/*",)
    except (Unreadable, json5.JsonError):
        return ()
