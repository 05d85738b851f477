"""Locks of Rust, Go, Ruby, PHP and Elixir: Cargo.lock, go.sum, Gemfile.lock, composer.lock, mix.lock."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.ranges import allows
from pytest_productops.facts.locks.model import Drift, Pair, Unsure
from pytest_productops.facts.manifests import go
from pytest_productops.facts.manifests.tables import at, rows, table, text
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_FIELD = regex(r"^(name|version|source) = \"([^\"]*)\"", re.MULTILINE)
_LIST = regex(r"^dependencies = \[([^\]]*)\]", re.MULTILINE)
_TEXT = regex(r"\"([^\"]*)\"")
_PATCHED = regex(r"^\[(?:patch|replace)\b", re.MULTILINE)
MAX_DEPTH = 50
_MIX = regex(r"^[^\S\n]*\"([^\"\n]+)\":\s*\{", re.MULTILINE)
_SECTION = regex(r"^DEPENDENCIES\n((?:  [^\n]*\n?)*)", re.MULTILINE)
_ASKED = regex(r"^  ([^\s(!]+)(?: \(([^)]*)\))?(!)?\s*$", re.MULTILINE)


def cargo(files: Files, pair: Pair) -> Iterator[Drift]:
    """Find what `cargo --locked` refuses: the package's own version, or a dependency that its entry lacks."""
    manifest = pair.manifest
    if not manifest.name:
        return
    entries = [_entry(block) for block in files.read(pair.lock).split("[[package]]")[1:]]
    own = next((each for each in entries if each[0] == manifest.name and not each[2]), None)
    if own is None:
        raise Unsure(f"{pair.lock} knows no package {manifest.name}")
    if manifest.version and own[1] != manifest.version:
        said = f"says version {manifest.version}, the lock holds {manifest.name} {own[1]}"
        yield Drift(manifest.name, said, manifest.version_at)
    root = files.read(posixpath.join(posixpath.dirname(pair.lock), "Cargo.toml"))
    patched = _PATCHED.search(root) is not None
    versions: dict[str, list[str]] = {}
    for name, version, *_ in entries:
        versions.setdefault(name, []).append(version)
    held = {words[0]: words[1:2] for each in own[3] if (words := each.split())}
    for each in manifest.dependencies:
        if each.name not in held:
            yield Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)
        elif each.constraint and not patched and not each.local:
            version = (held[each.name] or versions.get(each.name) or [""])[0]
            several = len([d for d in manifest.dependencies if d.name == each.name]) > 1
            if not several and allows(each.constraint, version, "cargo") is False:
                said = f"asks for `{each.name}` {each.constraint}, the lock holds {version}"
                yield Drift(each.name, said, each.location)


def _entry(block: str) -> tuple[str, str, str, list[str]]:
    fields = dict(_FIELD.findall(block))
    listed = _LIST.search(block)
    found = _TEXT.findall(listed[1]) if listed else []
    return fields.get("name", ""), fields.get("version", ""), fields.get("source", ""), found


def go_sum(files: Files, pair: Pair) -> Iterator[Drift]:
    """Look for the checksum of each requirement, without which `go build` ends; vendored modules need none."""
    found = list(_unsummed(files, pair))
    if found and posixpath.join(pair.manifest.folder, "vendor/modules.txt") in files:
        raise Unsure(f"{pair.manifest.path} is vendored, and {found[0].said}")
    yield from found


def _unsummed(files: Files, pair: Pair) -> Iterator[Drift]:
    held = {
        tuple(line.split()[:2])
        for path in _sums(files, pair.manifest.folder)
        for line in _read(files, path).splitlines()
    }
    own = set(_used(files))
    moved = _replaced(_read(files, "go.work")) | _replaced(files.read(pair.manifest.path))
    for each in pair.manifest.dependencies:
        name, version = moved.get(each.name, (each.name, each.constraint))
        known = not name or each.name in own
        if not known and (name, version) not in held and (name, f"{version}/go.mod") not in held:
            said = f"asks for `{name}` {version}, whose checksum the lock does not hold"
            yield Drift(each.name, said, each.location)


def _sums(files: Files, folder: str) -> Iterator[str]:
    for path in (posixpath.join(folder, "go.sum"), "go.work.sum", "go.sum" if "go.work" in files else ""):
        if path and path in files:
            yield path


def _used(files: Files) -> Iterator[str]:
    """Yield the modules that go.work uses, which need no checksum."""
    for folder in go.used(_read(files, "go.work")):
        content = _read(files, posixpath.normpath(posixpath.join(folder, "go.mod")))
        yield from (words[0] for verb, words, *_ in go.directives(content) if verb == "module" and words)


def _replaced(content: str) -> dict[str, tuple[str, str]]:
    """Return module -> (module, version) in its place; a folder is ("", "")."""
    found: dict[str, tuple[str, str]] = {}
    for verb, words, *_ in go.directives(content):
        if verb == "replace" and "=>" in words:
            after = words[words.index("=>") + 1 :]
            remote = len(after) == 2 and not after[0].startswith((".", "/"))  # noqa: PLR2004 - a module and its version
            found[words[0]] = (after[0], after[1]) if remote else ("", "")
    return found


def _read(files: Files, path: str) -> str:
    try:
        return files.read(path) if path in files else ""
    except Unreadable:
        return ""


def gemfile(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compare the gems of a Gemfile with DEPENDENCIES of the lock, as `bundle install --frozen` does."""
    section = _SECTION.search(files.read(pair.lock))
    if section is None or not pair.manifest.path.endswith("Gemfile"):
        raise Unsure(f"{pair.lock} has no DEPENDENCIES")
    held = {name: (_parts(wanted), bang) for name, wanted, bang in _ASKED.findall(section[1])}
    for each in pair.manifest.dependencies:
        if each.conditional or "#{" in f"{each.name}{each.constraint}":
            continue
        if each.name not in held:
            yield Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)
        elif each.constraint and not held[each.name][1] and _parts(each.constraint) != held[each.name][0]:
            locked = ", ".join(sorted(held[each.name][0])) or "any version"
            yield Drift(
                each.name,
                f"asks for `{each.name}` {each.constraint}, the lock was made for {locked}",
                each.location,
            )


def _parts(constraint: str) -> frozenset[str]:
    parts = (part.strip() for part in constraint.split(",") if part.strip())
    signed = (part if part[0] in "<>=~!" else f"= {part}" for part in parts)
    return frozenset(re.sub(r"^([<>=~!]+)\s*", r"\1 ", part) for part in signed) - {">= 0"}


_RELEVANT_WORDS = """
name version require require-dev conflict replace provide minimum-stability prefer-stable repositories extra
"""
_RELEVANT = frozenset(_RELEVANT_WORDS.split())


def composer(files: Files, pair: Pair) -> Iterator[Drift]:
    """Compute the hash of what composer.lock depends on, as `composer validate` does."""
    try:
        lock = json.loads(files.read(pair.lock))
        data = json.loads(files.read(pair.manifest.path))
    except (ValueError, RecursionError) as error:
        raise Unsure(f"{pair.lock} or its manifest is no JSON") from error
    locked = [each for key in ("packages", "packages-dev") for each in rows(lock, key)]
    held = {text(each, "name").lower() for each in locked}
    held |= {name.lower() for each in locked for key in ("provide", "replace") for name in table(each, key)}
    for each in pair.manifest.dependencies:
        if each.name not in held:
            yield Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)
    noted = text(lock, "content-hash")
    kept = _relevant(data)
    if noted and not _odd(kept) and noted != _md5(kept):
        yield Drift("content-hash", "changed since the lock was made", Location(pair.manifest.path))


def _relevant(data: Any) -> dict[str, Any]:
    """Return what the hash is made of, in its order."""
    kept = {key: at(data, key) for key in _RELEVANT & set(table(data))}
    platform = at(data, "config", "platform")
    return dict(sorted((kept | ({} if platform is None else {"config": {"platform": platform}})).items()))


def _md5(kept: Mapping[str, Any]) -> str:
    """Return the hash of a value as PHP writes it in JSON."""
    said = json.dumps(kept, separators=(",", ":")).replace("/", "\\/")
    return hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()


def _odd(value: Any, depth: int = 0) -> bool:
    """Whether PHP may write a value in another way than Python: empty or numbered objects, fractions."""
    if isinstance(value, dict):
        return (
            depth > MAX_DEPTH
            or not value
            or any(key.isdigit() or key == "" for key in value)
            or any(_odd(v, depth + 1) for v in value.values())
        )
    if isinstance(value, list):
        return depth > MAX_DEPTH or any(_odd(each, depth + 1) for each in value)
    return isinstance(value, float) or (isinstance(value, str) and "\x7f" in value)


def mix(files: Files, pair: Pair) -> Iterator[Drift]:
    """Look for each dependency of mix.exs in mix.lock."""
    held = set(_MIX.findall(files.read(pair.lock)))
    for each in pair.manifest.dependencies:
        if not each.local and not each.conditional and each.name not in held:
            yield Drift(each.name, f"asks for `{each.name}`, which the lock does not know of", each.location)
