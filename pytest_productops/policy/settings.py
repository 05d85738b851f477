"""The settings of one repository: its file, the environment and the options, one above the other.

A scalar of a higher layer wins. The highest layer with `select` is the base; `extend-select` and `ignore` of
every layer are then applied (as in Ruff: https://docs.astral.sh/ruff/settings/#lint_extend-select).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.waivers import Waivers
from pytest_productops.lazy import dataclass
from pytest_productops.model import Rule
from pytest_productops.policy import profiles, schema, selection, waivers
from pytest_productops.policy.document import Document, load
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.suggest import did_you_mean

_LISTS = ("select", "extend-select", "ignore")


@dataclass(frozen=True)
class Layer:
    """Options given outside the file: `prefix` and name make the words that an error quotes."""

    prefix: str
    values: Mapping[str, str]

    def label(self, name: str) -> str:
        """Return the option as its user writes it."""
        return self.prefix + (name.upper().replace("-", "_") if self.prefix.endswith("_") else name)

    def words(self, name: str) -> list[str]:
        """Return the words of a list option, which stand apart by commas; none where it is not given."""
        return [word.strip() for word in self.values.get(name, "").split(",") if word.strip()]


@dataclass(frozen=True)
class Settings:
    """What is judged: the selected rules with their options, and the declared places."""

    profile: str
    rules: tuple[Rule, ...]
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    waivers: Waivers = field(default_factory=Waivers)
    rulebook: Rulebook = field(default_factory=Rulebook)
    artifacts: Mapping[str, str] = field(default_factory=dict)
    now: datetime.date | None = None
    source: str = ""

    def options_of(self, rule: Rule) -> dict[str, Any]:
        """Return a rule's options: its defaults below what the file says."""
        return rule.with_defaults(self.options.get(rule.code, {}))


def read(
    root: Path, catalogue: Catalogue, layers: Iterable[Layer] = (), named: Iterable[str] = ()
) -> Settings:
    """Read and check everything; raise `ConfigurationError` with every mistake at once.

    `layers` go from low to high. `named` are rules asked for by themselves: they run whatever is selected.
    """
    layers = tuple(layers)
    config = next((layer.values["config"] for layer in reversed(layers) if layer.values.get("config")), "")
    document = load(root, config)
    reader = _Reader(catalogue, document, layers)
    problems = [*document.problems, *schema.problems(document, catalogue)]
    problems += [*waivers.problems(document, catalogue), *reader.problems()]
    if problems:
        raise ConfigurationError(problems)
    settings = reader.settings(frozenset(named))
    if not settings.rules:
        raise ConfigurationError(
            [Problem(reader.decider, 0, "no rule is selected", "see `productops rules`")]
        )
    return settings


class _Reader:
    """Lays the layers over each other."""

    def __init__(self, catalogue: Catalogue, document: Document, layers: tuple[Layer, ...]) -> None:
        self.catalogue = catalogue
        self.document = document
        self.layers = layers

    @property
    def decider(self) -> str:
        """Name what decides the selection, for a message."""
        labels = [layer.label(name) for layer in self.layers for name in _LISTS if name in layer.values]
        return labels[-1] if labels else self.document.source or "settings"

    def scalar(self, name: str, default: Any) -> Any:
        """Return a key's value in the highest layer that has it."""
        given = [layer.values[name] for layer in self.layers if name in layer.values]
        return given[-1] if given else self.document.data.get(name, default)

    def lists(self, name: str) -> list[list[str]]:
        """Return a list option in every layer that has it, from low to high."""
        own = self.document.data.get(name)
        given = [layer.words(name) for layer in self.layers if name in layer.values]
        return [*([list(own)] if own is not None else []), *given]

    def problems(self) -> Iterator[Problem]:
        """Yield what no schema knows: unknown selectors, and wrong values of options."""
        known = selection.known_selectors(self.catalogue)
        for source, line, word in self._selectors():
            if not selection.matches(word, self.catalogue):
                yield Problem(source, line, f"unknown rule `{word}`", did_you_mean(word, known))
        for layer in self.layers:
            yield from _value_problems(layer)

    def _selectors(self) -> Iterator[tuple[str, int, str]]:
        for name in _LISTS:
            own = self.document.data.get(name)
            for index, word in enumerate(own if isinstance(own, (list, dict)) else ()):
                if isinstance(word, str):
                    key = word if isinstance(own, dict) else index
                    yield self.document.source, self.document.line(name, key), word
            for layer in self.layers:
                yield from ((layer.label(name), 0, word) for word in layer.words(name))

    def settings(self, named: frozenset[str]) -> Settings:
        profile = self.scalar("profile", "default")
        data = self.document.data
        now = self.scalar("now", None)
        return Settings(
            profile=profile,
            rules=self._selected(profile, named),
            options=MappingProxyType(dict(self._options())),
            waivers=waivers.read(self.document),
            rulebook=self._rulebook(profile),
            artifacts=MappingProxyType(dict(data.get("artifacts", {}))),
            now=datetime.date.fromisoformat(now) if now else None,
            source=self.document.source,
        )

    def _selected(self, profile: str, named: frozenset[str]) -> tuple[Rule, ...]:
        bases = self.lists("select")
        codes = self._codes(bases[-1]) if bases else profiles.rules_of(profile, self.catalogue)
        for words in self.lists("extend-select"):
            codes |= self._codes(words)
        for words in self.lists("ignore"):
            codes -= self._codes(words)
        return tuple(rule for rule in self.catalogue if rule.code in codes | named)

    def _rulebook(self, profile: str) -> Rulebook:
        """Say what is installed and what the repository's own settings apply, whatever this run was asked for."""
        own = _Reader(self.catalogue, self.document, ())
        codes = {label: rule.code for rule in self.catalogue for label in (rule.code, rule.name)}
        return Rulebook(codes, frozenset(rule.code for rule in own._selected(profile, frozenset())))

    def _codes(self, words: Iterable[str]) -> set[str]:
        return set().union(*(selection.matches(word, self.catalogue) for word in words))

    def _options(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield a rule's code and its options as written."""
        for label, table in self.document.data.get("rules", {}).items():
            rule = self.catalogue.get(label)
            if rule:
                yield rule.code, table


def _value_problems(layer: Layer) -> Iterator[Problem]:
    profile = layer.values.get("profile")
    if profile is not None and profile not in profiles.PROFILES:
        hint = did_you_mean(profile, profiles.PROFILES)
        yield Problem(layer.label("profile"), 0, f"no such profile `{profile}`", hint)
    now = layer.values.get("now")
    if now is not None:
        try:
            datetime.date.fromisoformat(now)
        except ValueError:
            yield Problem(layer.label("now"), 0, f"`{now}` is no day", "write it as 2026-11-22")
