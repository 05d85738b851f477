"""Locks of JavaScript: package-lock.json, npm-shrinkwrap.json, pnpm-lock.yaml, yarn.lock (1 and berry), bun.lock."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import json5, yaml
from pytest_productops.facts.formats.ranges import allows
from pytest_productops.facts.locks.model import Drift, Pair, Unsure
from pytest_productops.facts.manifests import Dependency
from pytest_productops.facts.manifests.tables import at, table, text
from pytest_productops.lazy import regex

_IMPORTERS = regex(r"^importers:[ \t]*\n((?:[ \t]+[^\n]*\n|[ \t]*\n)*)", re.MULTILINE)
_HOOKED = regex(r"^pnpmfileChecksum:", re.MULTILINE)
_TOP = regex(r"^(overrides|ignoredOptionalDependencies):[ \t]*\n((?:[ \t]+[^\n]*\n)*)", re.MULTILINE)
_KEY = regex(r"^\"?([^\s#\"][^\n]*?)\"?:[ \t]*$", re.MULTILINE)
_BERRY_ENTRY = regex(
    r"^\"?([^\n\"]{1,500}@workspace:[^\n\"]{1,500})\"?:[ \t]*\n((?:[ \t]+[^\n]*\n|\n(?=[ \t]))*)",
    re.MULTILINE,
)
_BERRY_LIST = regex(r"^  dependencies:[ \t]*\n((?:    [^\n]*\n)*)", re.MULTILINE)
_BERRY_PAIR = regex(r"^    \"?([^\s\":]+)\"?: \"?([^\"\n]*)\"?$", re.MULTILINE)
_ASKED = ("", "dev", "optional")


def asked(pair: Pair) -> list[Dependency]:
    """Return what a package.json asks for, once, that a lock must hold; of a name in two groups either may win."""
    found = [each for each in pair.manifest.asks(*_ASKED) if not each.local and each.constraint]
    times = Counter(each.name for each in found)
    return [each for each in found if times[each.name] == 1]


def package_lock(files: Files, pair: Pair) -> Iterator[Drift]:
    """Find what `npm ci` refuses: a dependency that the lock lacks, or holds in a version that is not allowed."""
    lock = _json(files, pair.lock)
    packages = table(lock, "packages")
    where = "" if pair.inside == "." else pair.inside
    if packages and where not in packages:
        raise Unsure(f"{pair.lock} knows no package in {pair.inside}")
    overridden = _overridden(files, pair)
    for each in asked(pair):
        held = _installed(packages, where, each.name) if packages else table(lock, "dependencies", each.name)
        if not held:
            if each.group != "optional":
                yield _missing(each)
        elif each.name not in overridden and not held.get("link"):
            version = text(held, "version")
            noted = text(table(packages, where, "dependencies"), each.name) or text(
                table(packages, where, "devDependencies"), each.name
            )
            if noted != each.constraint and allows(each.constraint, version, "npm") is False:
                yield _other(each, version)


def _installed(packages: Mapping[str, Any], where: str, name: str) -> Mapping[str, Any]:
    """Return the installed package that a folder sees: its own, else the next one above."""
    while True:
        place = f"{where}/node_modules/{name}".lstrip("/")
        if place in packages:
            return table(packages, place) or {"link": True}
        if not where:
            return {}
        where = where.rpartition("/")[0]


def _overridden(files: Files, pair: Pair) -> frozenset[str]:
    """Return the names whose versions package.json of the lock's folder decides itself."""
    above = pair.lock.rpartition("/")[0]
    try:
        data = json5.load(files.read(f"{above}/package.json".lstrip("/"))).data
    except ValueError:
        return frozenset()
    tables = (("overrides",), ("resolutions",), ("pnpm", "overrides"))
    names = (name for keys in tables for name in table(data, *keys))
    return frozenset(part for name in names for part in _named(name))


def _named(key: str) -> Iterator[str]:
    """Yield the packages that a key of overrides names: `a>b@1`, `**/b`, `@s/a/b`."""
    for part in re.split(r">|\*\*/", key[:300]):
        yield re.sub(r"(?<=.)@.*", "", part.strip())
    scoped = re.findall(r"@[^/@]+/[^/@]+|[^/@]+", key[:300])
    yield from scoped[-1:]


def pnpm(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compare the specifiers of an importer with package.json, as `pnpm install --frozen-lockfile` does."""
    content = files.read(pair.lock)
    specifiers = _importer(content, pair)
    skipped = _overridden(files, pair) | {
        part
        for match in _TOP.finditer(content)
        for key in re.findall(r"^[^\S\n]+'?([^':\s]+)", match[2], re.MULTILINE)
        for part in _named(key)
    }
    if _HOOKED.search(content):
        raise Unsure(f"{pair.lock} was made with hooks that change what is asked for")
    skipped |= {each.name for each in pair.manifest.asks("peer")}  # pnpm may install those by itself
    for each in asked(pair):
        if each.name in skipped or each.constraint.startswith(("link:", "catalog:")):
            continue
        if each.name not in specifiers:
            yield _missing(each)
        elif not specifiers[each.name] & {"", each.constraint}:
            yield _made_for(each, " and ".join(sorted(specifiers[each.name])))


def _importer(content: str, pair: Pair) -> dict[str, set[str]]:
    """Return name -> specifiers of this package in the lock."""
    section = _IMPORTERS.search(f"{content}\n")
    try:
        if section:
            data: Any = at(yaml.read(f"importers:\n{section[1]}", pair.lock).value, "importers", pair.inside)
        else:
            data = (
                yaml.read(content.partition("\npackages:")[0], pair.lock).value
                if pair.inside == "."
                else None
            )
    except yaml.YamlError as error:
        raise Unsure(str(error)) from error
    if not isinstance(data, dict):
        raise Unsure(f"{pair.lock} knows no package in {pair.inside}")
    found = {name: {str(value)} for name, value in table(data, "specifiers").items()}
    for key in ("dependencies", "devDependencies", "optionalDependencies"):
        for name, value in table(data, key).items():
            found.setdefault(name, set()).add(text(value, "specifier"))
    return found


def yarn(files: Files, pair: Pair) -> Iterator[Drift]:
    """Look for what `yarn install --frozen-lockfile` (or `--immutable`) would have to add."""
    content = files.read(pair.lock)
    skipped = _overridden(files, pair)
    wanted = [each for each in asked(pair) if each.name not in skipped]
    if "__metadata:" in content[:2000]:
        yield from _berry(content, pair, wanted)
    elif "yarn lockfile v1" in content[:500]:
        held = {part.strip().strip('"') for match in _KEY.finditer(content) for part in match[1].split(",")}
        names = {entry[0] + entry[1:].partition("@")[0] for entry in held if entry}
        for each in wanted:
            wanted_entry = f"{each.name}@{each.constraint}"
            if wanted_entry not in held and _registry(each.constraint) and not _sibling(files, each.name):
                known = each.name in names
                said = f"asks for `{each.name}` {each.constraint}, which the lock does not hold"
                yield Drift(each.name, said, each.location) if known else _missing(each)
    else:
        raise Unsure(f"{pair.lock} is of no known version")


def _sibling(files: Files, name: str) -> bool:
    """Whether a package of this repository has a name; version 1 of yarn links those and locks nothing."""
    said = re.compile(rf'"name":\s*"{re.escape(name)}"')
    paths = (path for path in files if path.endswith("/package.json"))
    return any(said.search(_text(files, path)) for path in paths)


def _text(files: Files, path: str) -> str:
    try:
        return files.read(path)
    except Unreadable:
        return ""


def _berry(content: str, pair: Pair, wanted: list[Dependency]) -> Iterator[Drift]:
    """Compare the entry of this workspace with package.json."""
    for match in _BERRY_ENTRY.finditer(f"{content}\n"):
        places = {part.strip().rpartition("@workspace:")[2] for part in match[1].split(",")}
        if pair.inside in places:
            break
    else:
        raise Unsure(f"{pair.lock} knows no package in {pair.inside}")
    listed = _BERRY_LIST.search(match[2])
    held = {
        name: asked.removeprefix("npm:") for name, asked in _BERRY_PAIR.findall(listed[1] if listed else "")
    }
    for each in wanted:
        if not _registry(each.constraint):
            continue
        if each.name not in held:
            yield _missing(each)
        elif _registry(held[each.name]) and held[each.name] != each.constraint:
            yield _made_for(each, held[each.name])


def _registry(constraint: str) -> bool:
    """Whether a constraint is a plain range of a registry's versions."""
    return ":" not in constraint and "/" not in constraint


def bun(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compare the workspace's entry of bun.lock with package.json."""
    try:
        data = json5.load(files.read(pair.lock)).data
    except json5.JsonError as error:
        raise Unsure(f"{pair.lock}: {error}") from error
    entry = table(data, "workspaces", "" if pair.inside == "." else pair.inside)
    if not entry:
        raise Unsure(f"{pair.lock} knows no package in {pair.inside}")
    held = {
        **table(entry, "dependencies"),
        **table(entry, "devDependencies"),
        **table(entry, "optionalDependencies"),
    }
    for each in asked(pair):
        if each.name not in held:
            yield _missing(each)
        elif held[each.name] != each.constraint and not each.constraint.startswith("catalog:"):
            yield _made_for(each, str(held[each.name]))


def _json(files: Files, path: str) -> Any:
    try:
        return json.loads(files.read(path))
    except (ValueError, RecursionError) as error:
        raise Unsure(f"{path} is no JSON") from error


def _missing(each: Dependency) -> Drift:
    return Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)


def _made_for(each: Dependency, noted: str) -> Drift:
    said = f"asks for `{each.name}` {each.constraint}, the lock was made for {noted}"
    return Drift(each.name, said, each.location)


def _other(each: Dependency, version: str) -> Drift:
    return Drift(
        each.name, f"asks for `{each.name}` {each.constraint}, the lock holds {version}", each.location
    )
