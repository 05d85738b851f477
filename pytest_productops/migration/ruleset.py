"""A ruleset of repolinter with what it extends, laid over each other as its lib/config.js does."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.lazy import dataclass, regex
from pytest_productops.migration.reading import Source, load, parse
from pytest_productops.policy.problems import ConfigurationError, Problem

MOST = 20
"""Most rulesets that extend one another, as in repolinter."""
_DEFAULT = regex(r"https?://[^\s]+/todogroup/repolinter/.+/rulesets/default\.json\Z", re.IGNORECASE)
_URL = regex(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BASE64 = regex(r"(?:[0-9a-zA-Z+/]{4})*(?:[0-9a-zA-Z+/]{2}==|[0-9a-zA-Z+/]{3}=)?\Z")
Found = tuple[Source, tuple[str, ...], str, Any, "str | None"]
"""A rule: its file, the way to it, its name, its value, and the axiom of the version before 2."""


@dataclass(frozen=True)
class Ruleset:
    """The files of a ruleset, the most special first; `default` that the default ruleset lies below them all."""

    sources: tuple[Source, ...]
    default: bool = False
    notes: tuple[str, ...] = ()

    def rules(self) -> Iterator[Found]:
        """Yield the rules, each once, with what the rulesets below say of it merged in."""
        extends = any("extends" in source.data for source in self.sources)
        version = next((s.data["version"] for s in self.sources if "version" in s.data), 2 if extends else 1)
        for path in dict.fromkeys(path for source in self.sources for path in _paths(source, version)):
            holders = [source for source in self.sources if _at(source.data, path) is not _MISSING]
            value = _at(holders[-1].data, path)
            for source in reversed(holders[:-1]):
                value = _merged(value, _at(source.data, path))
            yield holders[0], path, path[-1], value, None if version == 2 else path[1]  # noqa: PLR2004


_MISSING = object()


def gather(files: Files, path: str) -> Ruleset:
    """Read a ruleset and what it extends; raise `ConfigurationError` where one of them cannot be read."""
    sources: list[Source] = []
    chain = _Chain(files)
    source: Source | None = _checked(load(files, path))
    while source:
        sources.append(source)
        source = chain.next(source) if len(sources) <= MOST else None
    return Ruleset(tuple(sources), chain.default, tuple(chain.notes))


@dataclass
class _Chain:
    """Follows `extends`: a path of the repository, or base64; an address is not read, but the default ruleset's."""

    files: Files
    seen: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    default: bool = False

    def next(self, source: Source) -> Source | None:
        """Return the ruleset that another extends, or None where there is none to read."""
        parent = source.data.get("extends")
        if not parent or not isinstance(parent, str) or parent in self.seen:
            return None
        self.seen.add(parent)
        if _DEFAULT.match(parent):
            self.default = True
        elif _URL.match(parent):
            place = source.at("extends")
            self.notes.append(f"{place}: the ruleset {parent} is not read; copy it here to see its rules")
        elif _BASE64.match(parent):
            return _checked(parse(_decoded(parent, source), f"{source.path} (extends)"))
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source.path), parent))
            return _checked(load(self.files, path))
        return None


def _decoded(text: str, source: Source) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ConfigurationError([source.wrong("extends is no ruleset in base64", "extends")]) from error


def _checked(source: Source) -> Source:
    """Return a ruleset that has the form of one; raise `ConfigurationError` for others."""
    problems: list[Problem] = []
    if not isinstance(source.data, dict):
        raise ConfigurationError([source.wrong("the ruleset is no table")])
    rules = source.data.get("rules", {})
    if not isinstance(rules, dict):
        problems.append(source.wrong("rules is no table", "rules"))
    elif source.data.get("version") != 2 and "extends" not in source.data:  # noqa: PLR2004
        problems += [
            source.wrong(
                f"rules.{name} is no table of rules, as version 1 has it; say `version: 2`", "rules", name
            )
            for name, value in rules.items()
            if not isinstance(value, dict)
        ]
    if problems:
        raise ConfigurationError(problems)
    return source


def _paths(source: Source, version: Any) -> Iterator[tuple[str, ...]]:
    """Yield the way to each rule."""
    for name, value in source.data.get("rules", {}).items():
        if version == 2:  # noqa: PLR2004
            yield ("rules", name)
        elif isinstance(value, dict):
            yield from (("rules", name, each) for each in value)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if not isinstance(data, dict) or key not in data:
            return _MISSING
        data = data[key]
    return data


def _merged(below: Any, above: Any) -> Any:
    """Return a value laid over another: tables key by key, lists item by item, as lodash.merge does."""
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: _merged(below[key], one) if key in below else one for key, one in above.items()}
    if isinstance(below, list) and isinstance(above, list):
        both = [_merged(low, high) for low, high in zip(below, above, strict=False)]
        return [*both, *below[len(above) :], *above[len(below) :]]
    return above
