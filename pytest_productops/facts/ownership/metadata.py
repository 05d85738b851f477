"""Who package manifests and catalogues name as author, maintainer or owner."""

from __future__ import annotations

import configparser
import fnmatch
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from pytest_productops.facts.formats import yaml
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.ownership import formats
from pytest_productops.lazy import regex

Named = Iterator[tuple[int, str]]
MOST = 1000
"""How many people a manifest may name."""
_FLAT = regex(r"^\s*(?:maintainer|author|authors@r|maintainers)\s*:\s*(\S.*)$", re.IGNORECASE)
_QUOTED = regex(r"[\"']([^\"']+)[\"']")
_POM = regex(r"<developer>(?:(?!<developer>).){,2000}?<(?:name|id|email)>([^<]{1,500})</", re.DOTALL)
_ORGANIZATION = regex(r"<organization>\s*<name>([^<]{1,500})</")
_GRADLE = regex(r"\bdeveloper\s*\{[^{}]{0,2000}?\bname\b(?:\.set\(|\s*=|\s)\s*([\"'][^\"']{1,500}[\"'])")
_GRADLE_LIST = regex(
    r"\bdevelopers\s*\{\s*(?:listOf|setOf|arrayOf|mapOf)?[(\[]\s*([\"'][^)\]{}]{1,2000})[)\]]"
)
_PROPERTIES = regex(r"^[^\S\n]*POM_DEVELOPER_(?:ID|NAME)\s*=[ \t]*(\S.*)$", re.MULTILINE)
_ELIXIR = regex(r"maintainers:\s*\[([^\]]{0,2000})\]")
_AUTHORS = regex(r"<(Authors|Owners)>([^<$]{1,2000})</\1>", re.IGNORECASE)
_APART = regex(r"(?<!\s)\s*[,;](?!\s*(?:Inc|Ltd|LLC|GmbH|Corp|AG|BV|SA)\b)\s*")


def _people(value: Any) -> Iterator[str]:
    """Yield who a value of `author`, `authors` or `maintainers` names: texts, tables, or lists of those."""
    if isinstance(value, str):
        yield from (part.strip() for part in _APART.split(value) if part.strip())
    elif isinstance(value, Mapping):
        parts = [str(value.get(key) or "").strip(" <>") for key in ("name", "email")]
        yield " ".join(filter(None, [parts[0], f"<{parts[1]}>" if parts[1] else ""])).strip()
    elif isinstance(value, list):
        for item in value:
            yield from _people(item)


def _toml(text: str, _: str) -> Named:
    try:
        loaded = load(text)
    except TomlError:
        return
    tables = (
        ("project",),
        ("package",),
        ("workspace", "package"),
        ("tool", "poetry"),
        ("tool", "flit", "metadata"),
    )
    for table in tables:
        for key in ("maintainers", "authors", "author", "maintainer"):
            value: Any = loaded.data
            for part in (*table, key):
                value = value.get(part) if isinstance(value, Mapping) else None
            yield from ((loaded.line((*table, key)), name) for name in _people(value))


def _release(text: str, _: str) -> Named:
    """Read the owners that cargo-release gives a crate (https://github.com/crate-ci/cargo-release)."""
    try:
        loaded = load(text)
    except TomlError:
        return
    yield from ((loaded.line(("owners",)), name) for name in _people(loaded.data.get("owners")))


def _json(text: str, _: str) -> Named:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for key in ("author", "authors", "maintainers", "contributors"):
        line = next((n for n, words in enumerate(text.splitlines(), 1) if f'"{key}"' in words), 0)
        yield from ((line, name) for name in _people(data.get(key) if isinstance(data, Mapping) else None))


def _ini(text: str, _: str) -> Named:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except (configparser.Error, ValueError):
        return
    for key in (
        "maintainer",
        "author",
        "maintainer_email",
        "author_email",
        "maintainer-email",
        "author-email",
    ):
        line = next((n for n, words in enumerate(text.splitlines(), 1) if words.strip().startswith(key)), 0)
        yield from ((line, name) for name in _people(parser.get("metadata", key, fallback="")))


def _lines(pattern: re.Pattern[str]) -> Callable[[str, str], Named]:
    def read(text: str, _: str) -> Named:
        for number, line in enumerate(text.splitlines(), 1):
            match = pattern.search(line)
            for value in [match[1]] if match else []:
                yield from ((number, name) for name in _QUOTED.findall(value) or _people(value))

    return read


def _whole(*patterns: re.Pattern[str]) -> Callable[[str, str], Named]:
    def read(text: str, _: str) -> Named:
        for pattern in patterns:
            for match in islice(pattern.finditer(text), MOST):
                names = _QUOTED.findall(match[1]) or [match[1]]
                yield from ((text.count("\n", 0, match.start(1)) + 1, name.strip()) for name in names)

    return read


def _msbuild(text: str, _: str) -> Named:
    """Read the authors of a .NET project (https://learn.microsoft.com/nuget/reference/nuspec)."""
    for match in _AUTHORS.finditer(text):
        line = text.count("\n", 0, match.start(2)) + 1
        yield from ((line, name) for name in _people(match[2]))


READERS: Mapping[str, Callable[[str, str], Named]] = MappingProxyType(
    {
        **formats.READERS,
        "pyproject.toml": _toml,
        "Cargo.toml": _toml,
        "release.toml": _release,
        "setup.cfg": _ini,
        "package.json": _json,
        "composer.json": _json,
        "*.cabal": _lines(_FLAT),
        "*.opam": _lines(_FLAT),
        "DESCRIPTION": _lines(_FLAT),
        "control": _lines(_FLAT),
        "pom.xml": _whole(_POM, _ORGANIZATION),
        "mix.exs": _whole(_ELIXIR),
        "gradle.properties": _whole(_PROPERTIES),
        "*.gradle": _whole(_GRADLE, _GRADLE_LIST),
        "*.gradle.kts": _whole(_GRADLE, _GRADLE_LIST),
        **dict.fromkeys(("*.props", "*.targets", "*.??proj", "*.nuspec"), _msbuild),
    }
)
"""File name (or pattern) -> its reader, which yields (line, name)."""
_BY_PATTERN = tuple((pattern, read) for pattern, read in READERS.items() if "*" in pattern)


def reader(name: str) -> Callable[[str, str], Named] | None:
    """Return the reader of a manifest's name, or None."""
    return READERS.get(name) or next((r for p, r in _BY_PATTERN if fnmatch.fnmatchcase(name, p)), None)


def catalogue(text: str, path: str) -> Named:
    """Yield (line, owner) of each entity of a Backstage, OpsLevel or Cortex file. Raise `YamlError`."""
    for document in yaml.read_all(text, path):
        data = document.value
        if not isinstance(data, Mapping):
            continue
        for table in (data.get("spec"), data.get("service"), data.get("repository"), data):
            owner = table.get("owner") if isinstance(table, Mapping) else None
            if isinstance(owner, str) and owner.strip():
                yield getattr(table, "lines", {}).get("owner", 0), owner.strip()
        info = data.get("info")
        owners = info.get("x-cortex-owners") if isinstance(info, Mapping) else None
        yield from ((0, name) for name in _people(owners) if name)


def insights(text: str, path: str) -> Named:
    """Yield who a SECURITY-INSIGHTS file names (github.com/ossf/security-insights). Raise `YamlError`."""
    for value in yaml.walk(yaml.read(text, path).value):
        if isinstance(value, Mapping):
            for key in ("core-maintainers", "administrators", "core-team", "champions"):
                people = value.get(key)
                yield from (
                    (getattr(value, "lines", {}).get(key, 0), name) for name in _people(people) if name
                )
