"""Layers: each place that says something about the policy, brought into one form.

From low to high: the rules' defaults, profiles, the policies of `extends`, the repository's file, PRODUCTOPS_*
variables, the command line. Of a key the highest layer wins, but for locks. A key is written with dots, its rule by
code: `rules.DEV003.minimum`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.lazy import dataclass
from pytest_productops.policy import profiles
from pytest_productops.policy.document import Document

DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "profile": ("default",),
        "level": "gold",
        "unknown": "allow",
        "baseline": ".productops/baseline.toml",
        "max-waiver-days": 180,
        "timeout": "auto",
    }
)
"""Keys with one value, and that value where nobody says another."""
LISTS = ("select", "extend-select", "ignore")
TABLES = ("rules", "artifacts")
OF_A_RULE = ("enforce-from", "waivable")
"""Keys of a rule's table that are no options of the rule."""


@dataclass(frozen=True)
class Options:
    """Options given outside a file: `prefix` and name make the words that an error quotes."""

    prefix: str
    values: Mapping[str, str]

    def label(self, name: str) -> str:
        """Return the option as its user writes it."""
        return self.prefix + (name.upper().replace("-", "_") if self.prefix.endswith("_") else name)

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a list option, which stand apart by commas; none where it is not given."""
        return tuple(word.strip() for word in self.values.get(name, "").split(",") if word.strip())


@dataclass(frozen=True)
class Setting:
    """What one layer says of a key: the value and where; `line` 0 where there is no line."""

    key: str
    value: Any
    source: str
    line: int = 0

    @property
    def place(self) -> str:
        """Where it stands, for a message."""
        return f"{self.source}:{self.line}" if self.line else self.source


@dataclass(frozen=True)
class Layer:
    """All that one place says; `locked` are the keys that no other layer may loosen, but those it `rests_on`."""

    name: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    locked: Mapping[str, Setting] = field(default_factory=dict)
    rests_on: frozenset[str] = frozenset()


def normal(key: str, catalogue: Catalogue) -> str:
    """Return a key with its rule by code: `rules.coverage-gate-enforced.minimum` is `rules.DEV003.minimum`."""
    head, _, rest = key.partition(".")
    label, _, name = rest.partition(".")
    rule = catalogue.get(label) if head in {"rules", "ignore"} else None
    return ".".join(part for part in (head, rule.code if rule else label, name) if part)


def of_document(document: Document, catalogue: Catalogue, rests_on: frozenset[str] = frozenset()) -> Layer:
    """Return what a file says, above the files that it extends; its mistakes have been told already."""
    found = {}
    for key, value, line in _flat(document):
        found[normal(key, catalogue)] = Setting(normal(key, catalogue), value, document.source, line)
    written = document.data.get("locked", ())
    locked = {
        normal(key, catalogue): Setting(key, None, document.source, document.line("locked", index))
        for index, key in enumerate(written)
    }
    return Layer(document.source, found, locked, rests_on)


def _flat(document: Document) -> Iterator[tuple[str, Any, int]]:
    for key, value in document.data.items():
        if key == "profile":
            yield key, (value,) if isinstance(value, str) else tuple(value), document.line(key)
        elif key in DEFAULTS or key in {"select", "extend-select"}:
            yield key, tuple(value) if isinstance(value, list) else value, document.line(key)
        elif key in {"ignore", "artifacts"}:
            yield from ((f"{key}.{name}", inner, document.line(key, name)) for name, inner in value.items())
    for label, table in document.data.get("rules", {}).items():
        for name, value in table.items():
            plain = tuple(value) if isinstance(value, list) else value
            yield f"rules.{label}.{name}", plain, document.line("rules", label, name)


def of_options(options: Options) -> Layer:
    """Return what a command line or the environment says; words to ignore have no reason there."""
    found: dict[str, Setting] = {}
    for name in options.values:
        label = options.label(name)
        if name == "ignore":
            found |= {f"ignore.{word}": Setting(f"ignore.{word}", "", label) for word in options.words(name)}
        elif name in DEFAULTS or name in LISTS:
            many = name == "profile" or name in LISTS
            value = options.words(name) if many else options.values[name]
            found[name] = Setting(name, value, label)
    return Layer(options.prefix, found)


def of_profiles(names: tuple[str, ...], catalogue: Catalogue) -> Layer:
    """Return what profiles demand."""
    source = f"profile {' + '.join(names)}"
    found = {
        key: Setting(key, value, source)
        for rule in catalogue
        for name, value in profiles.demands(names, rule).items()
        for key in (f"rules.{rule.code}.{name}",)
    }
    if profiles.UNKNOWN_FAILS.intersection(names):
        found["unknown"] = Setting("unknown", "fail", source)
    return Layer(source, found)


def of_defaults(catalogue: Catalogue) -> Layer:
    """Return what holds where nobody says another thing."""
    found = {key: Setting(key, value, "the default") for key, value in DEFAULTS.items()}
    for rule in catalogue:
        for option in rule.options.values():
            key = f"rules.{rule.code}.{option.name}"
            found[key] = Setting(key, option.default, "the rule's default")
    return Layer("defaults", found)
