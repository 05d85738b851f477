"""Installed rule packs -> ordered, validated rules."""

from __future__ import annotations

import importlib.metadata
import inspect
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pluggy

from pytest_productops.hookspecs import PROJECT, Specifications
from pytest_productops.model import InvalidRule, Rule


class Pack(NamedTuple):
    """A rule pack: its name, the distribution that it comes in with its version, and the codes of its rules."""

    name: str
    distribution: str
    version: str
    codes: tuple[str, ...]


class Catalogue:
    """The rules of all packs, by code. Raises `InvalidRule` where two packs claim one code or name."""

    def __init__(self, rules: Iterable[Rule], packs: Iterable[Pack] = ()) -> None:
        self.packs = tuple(packs)
        self.rules = tuple(sorted(rules, key=lambda rule: rule.code))
        self._index: dict[str, Rule] = {}
        for rule in self.rules:
            for label in (rule.code, rule.name):
                other = self._index.setdefault(label, rule)
                if other is not rule:
                    raise InvalidRule(f"{label} is declared twice: in {other.module} and {rule.module}")

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def get(self, label: str) -> Rule | None:
        """Return the rule of a code or a name, whatever its case."""
        return self._index.get(label.upper()) or self._index.get(label.lower())

    @property
    def labels(self) -> tuple[str, ...]:
        """All codes and names."""
        return tuple(self._index)


def installed(target: Path | None = None) -> Catalogue:
    """Return the catalogue of all installed packs; none is looked for in the `target` repository itself.

    Raises `InvalidRule` with the pack's name where one cannot be loaded.
    """
    rules: list[Rule] = []
    packs: list[Pack] = []
    for point in entry_points(PROJECT, target).values():
        manager = pluggy.PluginManager(PROJECT)
        manager.add_hookspecs(Specifications)
        try:
            manager.register(point.load(), point.name)
            manager.check_pending()
            own = [rule for found in manager.hook.productops_rules() for rule in found]
        except Exception as error:
            raise InvalidRule(
                f"rule pack {point.name} ({point.value}): {type(error).__name__}: {error}"
            ) from error
        distribution, version = (point.dist.name, point.dist.version) if point.dist else ("", "")
        packs.append(Pack(point.name, distribution, version, tuple(sorted(rule.code for rule in own))))
        rules += own
    return Catalogue(rules, packs)


def entry_points(group: str, target: Path | None) -> dict[str, importlib.metadata.EntryPoint]:
    """Return the entry points of a group by name; the first on the path wins, as it does for modules."""
    found: dict[str, importlib.metadata.EntryPoint] = {}
    for distribution in importlib.metadata.distributions(path=trusted_path(target)):
        for point in distribution.entry_points:
            if point.group == group:
                found.setdefault(point.name, point)
    return found


def trusted_path(target: Path | None) -> list[str]:
    """Return `sys.path` without the working directory and the PYTHONPATH entries that lie in the target.

    What an installation put there by itself (site-packages, `.pth` files of editable installs) stays.
    """
    if target is None:
        return list(sys.path)
    inside = target.resolve()
    named = {*os.environ.get("PYTHONPATH", "").split(os.pathsep), "", str(Path.cwd())}
    added = {entry for entry in named if Path(entry or ".").resolve().is_relative_to(inside)}
    installed_by_pth = _pth_entries()
    return [entry for entry in sys.path if entry not in added or entry in installed_by_pth]


def _pth_entries() -> frozenset[str]:
    """Return the folders that `.pth` files of the running installation add to `sys.path`."""
    site = Path(inspect.getfile(pluggy)).parents[1]
    lines = (line for path in site.glob("*.pth") for line in path.read_text(errors="replace").splitlines())
    return frozenset(line.strip() for line in lines if line.startswith(os.sep))
