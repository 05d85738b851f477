"""repolinter: its ruleset in JSON or YAML, of version 2 or the one before, with what it extends.

Format: https://github.com/todogroup/repolinter/blob/v0.12.0/README.md, "Ruleset Configuration"; names and places of the
file, `extends` and both versions as in lib/config.js (`findConfig`, `loadConfig`, `parseConfig`). The folder `.github`
is where its GitHub action is often pointed to. Without a file its default ruleset applies. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.files import Files
from pytest_productops.lazy import dataclass
from pytest_productops.migration import globs
from pytest_productops.migration.model import Asked, Configured, Equivalence, Table
from pytest_productops.migration.reading import Source, first, sound, texts
from pytest_productops.migration.ruleset import Ruleset, gather
from pytest_productops.model import Location
from pytest_productops.policy.problems import Problem
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.text import clean

_STEMS = ("repolint", "repolinter")
PLACES = tuple(
    f"{folder}{stem}.{end}"
    for folder in ("", ".github/")
    for stem in _STEMS
    for end in ("json", "yaml", "yml")
)
_GLOBS = ("globsAny", "globsAll", "files", "directories")
_READ = frozenset({*_GLOBS, "nocase", "dirs"})
_FAILS = "error"
_EXISTS = "file-existence"


@dataclass(frozen=True)
class _Rule:
    """A rule of a ruleset, in the words of version 2."""

    name: str
    level: str
    kind: str
    options: Mapping[str, Any]
    where: tuple[str, ...]
    rest: tuple[str, ...]
    place: Location


def read(repository: Repository, table: Table) -> Configured:
    """Return the rules of the ruleset; raise `ConfigurationError` where it cannot be read."""
    files = repository[Files]
    path = first(files, PLACES)
    if path is None:
        return Configured("", tuple(_default(table)))
    ruleset = gather(files, path)
    rules = sound(_rules(ruleset))
    named = {rule.name for rule in rules}
    inherited = [each for each in _default(table) if ruleset.default and each.name not in named]
    return Configured(path, (*(_asked(rule, table, repository) for rule in rules), *inherited), ruleset.notes)


def _default(table: Table) -> Iterator[Asked]:
    """Yield the rules of the default ruleset."""
    for name in table.traits["default"]:
        yield Asked(name, "off in the default ruleset" if name in table.traits["off"] else "", like=name)


def _rules(ruleset: Ruleset) -> Iterator[_Rule | Problem]:
    """Yield the rules in either version's form."""
    for source, path, name, value, where in ruleset.rules():
        yield _new(source, path, name, value) if where is None else _old(source, path, name, value, where)


def _new(source: Source, path: tuple[str, ...], name: str, value: Any) -> _Rule | Problem:
    """Read `{level, rule: {type, options}, where, fix}`; a ruleset that is merged into another may leave some out."""
    if not isinstance(value, dict):
        return source.wrong(f"rule {name} is no table", *path)
    rule, where = value.get("rule", {}), value.get("where", [])
    options = rule.get("options") if isinstance(rule, dict) else None
    if not isinstance(rule, dict) or not isinstance(options or {}, dict) or texts(where) is None:
        return source.wrong(f"rule {name} is not of the form level, rule (type, options), where", *path)
    level, kind = value.get("level", _FAILS), rule.get("type", "")
    if not isinstance(level, str) or not isinstance(kind, str):
        return source.wrong(f"level or type of rule {name} is no text", *path)
    rest = tuple(key for key in ("fix", "policyInfo", "policyUrl") if key in value)
    return _Rule(name, level, kind, options or {}, tuple(where), rest, source.at(*path))


def _old(source: Source, path: tuple[str, ...], label: str, value: Any, where: str) -> _Rule | Problem:
    """Read `"name:type": ["level", {options}]` below the axiom that it depends on."""
    name, _, kind = label.partition(":")
    level, *more = value if isinstance(value, list) and value else (value,)
    options = more[0] if more else {}
    if not isinstance(level, str) or not isinstance(options, dict):
        return source.wrong(f"rule {label} is not of the form [level, options]", *path)
    return _Rule(name, level, kind or name, options, () if where == "all" else (where,), (), source.at(*path))


def _asked(rule: _Rule, table: Table, repository: Repository) -> Asked:
    like = _like(rule, table)
    entry = table.rules.get(like)
    if rule.level == "off":
        return Asked(rule.name, f"off at {rule.place}, which gives no reason", rule.place, like)
    if entry is None:
        return Asked(rule.name, "", rule.place, like)
    places = _places(rule, entry, repository)
    remarks = [f"Its place is declared: {place}." for place in places.values()]
    if entry.codes:
        remarks += _remarks(rule, entry, places)
    return Asked(rule.name, "", rule.place, like, tuple(remarks), places)


def _like(rule: _Rule, table: Table) -> str:
    """Return the entry that a rule counts as: by its name, by the files that it asks for, or by its type."""
    own = table.rules.get(rule.name)
    if own and rule.kind in {"", own.traits.get("type", rule.kind)}:
        return rule.name
    stems = [each.rpartition("/")[2].lower() for each in globs.expanded(_globs(rule))]
    for name, entry in table.rules.items():
        names = entry.traits.get("names", ())
        if rule.kind == _EXISTS and stems and all(any(fnmatchcase(s, n) for n in names) for s in stems):
            return name
    return rule.kind


def _globs(rule: _Rule) -> tuple[str, ...]:
    return next((found for key in _GLOBS if (found := texts(rule.options.get(key)))), ())


def _places(rule: _Rule, entry: Equivalence, repository: Repository) -> dict[str, str]:
    """Return where the document is, if the rule looks in a place of its own where we would not."""
    kind, asked = entry.traits.get("artifact"), _globs(rule)
    if not kind or not asked or set(asked) <= set(entry.traits["globs"]):
        return {}
    found = globs.first(repository[Files].paths, asked, nocase=rule.options.get("nocase") is True)
    try:
        known = {document.path for document in repository[Documents].artifact(kind).documents}
    except Unavailable:
        known = set()
    return {kind: found} if found and found not in known and clean(found) == found else {}


def _remarks(rule: _Rule, entry: Equivalence, places: Mapping[str, str]) -> Iterator[str]:
    """Yield what of a rule has no counterpart here."""
    asked = _globs(rule)
    if asked and not places and not set(asked) <= set(entry.traits["globs"]):
        yield f"Any usual place counts, not only {', '.join(asked)}."
    if rule.where:
        yield f"Its condition is not taken over: {', '.join(rule.where)}."
    if rule.level != _FAILS:
        yield f"There it is of level {rule.level}, here it fails."
    rest = sorted({*rule.options} - _READ) + list(rule.rest)
    if rest:
        yield f"Without counterpart: {', '.join(rest)}."
