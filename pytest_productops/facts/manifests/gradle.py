"""Gradle: build.gradle(.kts), settings.gradle(.kts) and gradle/libs.versions.toml, by a tolerant reader of lines.

A build script is a program; only literal texts are read, all else is dynamic
(https://docs.gradle.org/current/userguide/declaring_dependencies_basics.html).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.manifests.model import Claim, Dependency, Manifest
from pytest_productops.facts.manifests.tables import Toml, table, text
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_ASKED = regex(
    r"^\s*([a-zA-Z]*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[kK]apt|[kK]sp|[aA]nnotationProcessor))"
    r"[\s(]+[\"']([^\"':$]+:[^\"':$]+)(?::([^\"']*))?[\"']"
)
_VERSION = regex(r"^version(?:\s*=|\s)\s*[\"']([^\"'$]+)[\"']\s*$")
_JAVA = (
    regex(r"^\s*(?:options\.)?release(?:\.set\(|\s*=)\s*(\d+)\)?\s*$"),
    regex(r"^\s*sourceCompatibility\s*=\s*[\"']?(?:JavaVersion\.VERSION_)?([\d._]+)[\"']?\s*$"),
    regex(r"languageVersion(?:\.set\(|\s*=)\s*JavaLanguageVersion\.of\((\d+)\)"),
)
_ONE_TOOL = regex(r"\b\w+For\s*(?:\(|\{)")
"""`javadocToolFor { languageVersion... }`: the version of a single tool, not of the product."""
_INCLUDE = regex(r"\binclude\b\s{0,9}\(?\s{0,99}((?:[\"'][^\"'\n]*[\"']\s*,?\s*)+)")
_TEXT = regex(r"[\"']([^\"'\n]*)[\"']")
_MOVED = regex(
    r"project\(\s*[\"']([^\"']+)[\"']\s*\)\.projectDir\s*=\s*(?:new\s+)?[fF]ile\(\s*(?:\w+\s*,\s*)?[\"']([^\"'$]+)[\"']"
)
_BLOCK = regex(r"/\*(?:.*?\*/|.*)", re.DOTALL)


def read(files: Files, path: str) -> Manifest:
    """Read a build script, and beside the root's the settings and the version catalogue."""
    folder = posixpath.dirname(path)
    content = _commentless(files.read(path))
    lines = content.splitlines()
    versions = ((n, match[1]) for n, line in enumerate(lines, 1) if (match := _VERSION.match(line[:500])))
    line, version = next(versions, (0, ""))
    members = projects(files, folder)
    return Manifest(
        "gradle",
        path,
        version=version,
        version_at=Location(path, line),
        dynamic=not version,
        dependencies=(*_dependencies(lines, path), *_catalogue(files, folder)),
        claims=tuple(_claims(lines, path)),
        members=members,
        workspace=bool(members),
    )


def _commentless(content: str) -> str:
    """Return a script without its comments, every line at its place."""
    kept = _BLOCK.sub(lambda match: "\n" * match[0].count("\n"), content)
    return "\n".join(
        line.partition(" //")[0] if not line.lstrip().startswith("//") else "" for line in kept.splitlines()
    )


def _dependencies(lines: list[str], path: str) -> Iterator[Dependency]:
    for number, line in enumerate(lines, 1):
        match = _ASKED.match(line[:1000])
        if match:
            group = "dev" if match[1].lower().startswith(("test", "androidtest")) else ""
            yield Dependency(match[2], match[3] or "", group, Location(path, number))


def _catalogue(files: Files, folder: str) -> Iterator[Dependency]:
    """Yield the libraries of the version catalogue (https://docs.gradle.org/current/userguide/version_catalogs.html)."""
    path = posixpath.join(folder, "gradle/libs.versions.toml")
    if path not in files:
        return
    try:
        toml = Toml(load(files.read(path)), path)
    except (Unreadable, TomlError):
        return
    versions = table(toml.data, "versions")
    for key, asked in table(toml.data, "libraries").items():
        written = asked if isinstance(asked, str) else ""
        module = text(asked, "module") or f"{text(asked, 'group')}:{text(asked, 'name')}".strip(":")
        module = module or written.rpartition(":")[0]
        reference = text(versions, text(asked, "version", "ref"))
        version = text(asked, "version") or reference or written.rpartition(":")[2]
        yield Dependency(module, version, "", toml.place("libraries", key))


def _claims(lines: list[str], path: str) -> Iterator[Claim]:
    for pattern in _JAVA:
        for number, line in enumerate(lines, 1):
            match = pattern.search(line[:1000])
            if match and not any(
                _ONE_TOOL.search(near[:1000]) for near in lines[max(0, number - 4) : number]
            ):
                yield Claim("java", match[1].replace("_", "."), Location(path, number))
                return


def projects(files: Files, folder: str) -> tuple[str, ...]:
    """Return the folders that settings.gradle(.kts) of a folder includes, relative to it."""
    names = ("settings.gradle", "settings.gradle.kts")
    path = next((place for name in names if (place := posixpath.join(folder, name)) in files), "")
    try:
        content = _commentless(files.read(path)) if path else ""
    except Unreadable:
        return ()
    moved = {match[1].strip(":"): match[2] for match in _MOVED.finditer(content)}
    included = (name.strip(":") for match in _INCLUDE.finditer(content) for name in _TEXT.findall(match[1]))
    return tuple(moved.get(name, name.replace(":", "/")) for name in included if name and "$" not in name)
