"""The hooks of a rule pack, on a pluggy project of our own.

A pack is a distribution with an entry point in the group `productops` that names a module with this hook:

    @hookimpl
    def productops_rules():
        return rules_in(__name__)
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator

import pluggy

from pytest_productops.model import Rule

PROJECT = "productops"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Specifications:
    """The hooks of a rule pack."""

    @hookspec
    def productops_rules(self) -> Iterable[Rule]:
        """Return the pack's rules."""
        raise NotImplementedError


def rules_in(package: str) -> tuple[Rule, ...]:
    """Import every module of a package and return the rules declared in them, by code."""
    found: dict[tuple[str, str], Rule] = {}
    for module in _modules(package):
        for value in vars(importlib.import_module(module)).values():
            if isinstance(value, Rule) and value.module == module:
                found[value.code, value.name] = value
    return tuple(rule for _, rule in sorted(found.items()))


def _modules(package: str) -> Iterator[str]:
    module = importlib.import_module(package)
    yield package
    for info in pkgutil.walk_packages(getattr(module, "__path__", []), package + "."):
        yield info.name
