"""Locks of Python: uv.lock, poetry.lock, pdm.lock, Pipfile.lock, and requirements compiled from others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.locks.model import Drift, Pair, Unsure
from pytest_productops.facts.manifests import Dependency
from pytest_productops.facts.manifests.requirements import canonical, lines, requirement
from pytest_productops.facts.manifests.tables import at, table, text, texts
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_LOCAL = regex(r"^source = \{ (?:editable|virtual|directory) = \"([^\"]*)\" \}$")
_HASH = regex(r"^content[-_]hash = \"(?:sha256:)?([0-9a-f]+)\"", 8)  # re.MULTILINE
_WORD = regex(r"[A-Za-z0-9][\w.-]*")
_NAMES = regex(r"^name = \"([^\"]+)\"", 8)


def uv(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compare the requirements that uv.lock noted with those of pyproject.toml, as `uv lock --check` does."""
    metadata = _noted(files.read(pair.lock), pair)
    dynamic = texts(load(files.read(pair.manifest.path)).data, "project", "dynamic")
    if "dependencies" in dynamic or "optional-dependencies" in dynamic:
        raise Unsure(f"dependencies of {pair.manifest.path} are dynamic")
    noted = at(metadata, "requires-dist")
    grouped = [each for group in table(metadata, "requires-dev").values() for each in _listed(group)]
    asked = [each for each in pair.manifest.dependencies if not each.group.startswith(("group:", "build"))]
    asked = [each for each in asked if each.name != pair.manifest.name]
    in_groups = [each for each in pair.manifest.dependencies if each.group.startswith("group:")]
    yield from _compared(asked, _listed(noted))
    yield from _compared(in_groups, grouped)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _noted(content: str, pair: Pair) -> Mapping[str, Any]:
    """Return `[package.metadata]` of the package whose source is this folder."""
    for block in content.split("\n[[package]]\n"):
        source = next((match[1] for line in block.splitlines() if (match := _LOCAL.match(line))), None)
        if source == pair.inside:
            try:
                return table(load(f"[[package]]\n{block}").data["package"][0], "metadata")
            except (TomlError, KeyError, IndexError) as error:
                raise Unsure(f"{pair.lock} cannot be read: {error}") from error
    raise Unsure(f"{pair.lock} knows no package in {pair.inside}")


def _compared(asked: Iterable[Dependency], noted: Iterable[Any]) -> Iterator[Drift]:
    """Yield what is asked for and not noted, or noted with another constraint."""
    known: dict[str, set[str]] = {}
    plain: set[str] = set()
    for each in noted:
        name = canonical(text(each, "name"))
        known.setdefault(name, set()).add(_same(text(each, "specifier")))
        if set(table(each)) & {"git", "url", "path", "directory", "editable", "virtual", "workspace"}:
            plain.add(name)
    for each in asked:
        if each.name not in known:
            yield Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)
        elif (
            each.name not in plain
            and not each.constraint.startswith("@")
            and _same(each.constraint) not in known[each.name]
        ):
            locked = ", ".join(sorted(filter(None, known[each.name]))) or "any version"
            wanted = each.constraint or "any version"
            yield Drift(
                each.name, f"asks for `{each.name}` {wanted}, the lock was made for {locked}", each.location
            )


def _same(constraint: str) -> str:
    """Return a constraint in one spelling, order and blanks apart."""
    return ",".join(sorted("".join(constraint.split()).split(",")))


def poetry(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compute the hash of what poetry.lock depends on (poetry's `Locker._get_content_hash`, 1.0 to 2.x)."""
    found = _HASH.search(files.read(pair.lock))
    data = load(files.read(pair.manifest.path)).data
    if not found or not (table(data, "tool", "poetry") or table(data, "project")):
        raise Unsure(f"{pair.lock} has no content-hash")
    if found[1] not in set(_poetry_hashes(data)):
        yield Drift("content-hash", "changed since the lock was made", Location(pair.manifest.path))


def _poetry_hashes(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the hash as each version of Poetry computes it: without groups, without `[project]`, in full."""
    legacy = ("dependencies", "source", "extras", "dev-dependencies")
    tool, project = table(data, "tool", "poetry"), table(data, "project")
    groups = table(data, "dependency-groups")
    kept = {
        key: project[key]
        for key in ("requires-python", "dependencies", "optional-dependencies")
        if key in project
    }
    for orders in (legacy, (*legacy, "group")):
        yield _sha256({key: tool.get(key) for key in orders if key in legacy or tool.get(key) is not None})
    for with_groups in (groups, {}):
        if kept or with_groups:
            own = {key: tool[key] for key in (*legacy, "group") if key in tool}
            whole: dict[str, Any] = {"project": kept} if kept else {}
            whole |= {"dependency-groups": with_groups} if with_groups else {}
            yield _sha256(whole | {"tool": {"poetry": own}})


def _sha256(value: Any, **form: Any) -> str:
    try:
        return hashlib.sha256(json.dumps(value, sort_keys=True, **form).encode()).hexdigest()
    except (TypeError, RecursionError) as error:
        raise Unsure(f"what the lock depends on has no hash: {error}") from error


def pdm(files: Files, pair: Pair) -> Iterator[Drift]:
    """Look for each requirement in pdm.lock; its hash alone has changed its meaning too often to be certain."""
    held = {canonical(name) for name in _NAMES.findall(files.read(pair.lock))}
    for each in pair.manifest.dependencies:
        if each.group == "" and not each.local and each.name not in held:
            yield Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)


def pipfile(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compute the hash of the Pipfile as `pipenv verify` does (plette's `Pipfile.get_hash`)."""
    data = load(files.read(pair.manifest.path)).data
    try:
        lock = json.loads(files.read(pair.lock))
    except (ValueError, RecursionError) as error:
        raise Unsure(f"{pair.lock} is no JSON") from error
    noted = text(lock, "_meta", "hash", "sha256")
    default = [{"name": "pypi", "url": "https://pypi.org/simple", "verify_ssl": True}]
    main = {
        "_meta": {"sources": data.get("source", default), "requires": data.get("requires", {})},
        "default": data.get("packages", {}),
        "develop": data.get("dev-packages", {}),
    }
    known = {
        "source",
        "requires",
        "packages",
        "dev-packages",
        "scripts",
        "pipfile",
        "pipenv",
        "default",
        "develop",
    }
    more = {key: value for key, value in data.items() if key not in known}
    hashes = {_sha256(each, separators=(",", ":")) for each in (main, main | more)}
    if noted and noted not in hashes:
        yield Drift("hash", "changed since the lock was made", Location(pair.manifest.path))


def compiled(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compare requirements with what was compiled from them: every name is there, in a version that is allowed."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415

    held = dict(_pins(files, pair.lock))
    comments = _comments(files.read(pair.lock))
    for each in pair.manifest.dependencies:
        if each.local or each.conditional or each.constraint.startswith("@"):
            continue
        if each.name not in held:
            if each.name not in comments:
                said = f"asks for `{each.name}`, which the compiled file does not hold"
                yield Drift(each.name, said, each.location)
            continue
        try:
            fits = SpecifierSet(each.constraint).contains(Version(held[each.name]), prereleases=True)
        except (InvalidSpecifier, InvalidVersion):
            continue
        if not fits:
            said = f"asks for `{each.name}` {each.constraint}, the compiled file holds {held[each.name]}"
            yield Drift(each.name, said, each.location)


def _comments(content: str) -> frozenset[str]:
    """Return what the comments name: packages that the compiler was told to leave out, or holds to be unsafe."""
    said = (line for line in content.splitlines() if line.lstrip().startswith("#"))
    return frozenset(canonical(word) for line in said for word in _WORD.findall(line))


def _pins(files: Files, path: str) -> Iterator[tuple[str, str]]:
    """Yield (name, version) of each entry of a compiled file; the version is empty where it is not pinned."""
    for number, line in lines(files.read(path)):
        found = requirement(line, "", Location(path, number)) if not line.startswith("-") else None
        if found:
            yield found.name, found.constraint.removeprefix("==").strip() if "==" in found.constraint else ""
