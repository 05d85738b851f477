"""Profiles: which rules apply to a kind of product, and what they demand. Several compose: the most demanding wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from pytest_productops.model import Rule
from pytest_productops.policy.strictness import most_demanding

PROFILES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "default": frozenset({"default"}),
        "oss-library": frozenset({"default", "oss-library"}),
        "service": frozenset({"default", "service"}),
        "internal-product": frozenset({"default", "internal-product"}),
        "strict": frozenset({"default", "oss-library", "service", "internal-product", "strict"}),
    }
)
"""Profile -> the profiles whose rules and demands it holds. `strict` holds every one."""
UNKNOWN_FAILS = frozenset({"strict"})
"""The profiles for which a rule that cannot tell is a failure."""


def held(names: Iterable[str]) -> frozenset[str]:
    """Return every profile that these hold."""
    return frozenset().union(*(PROFILES[name] for name in names))


def rules_of(names: Iterable[str], rules: Iterable[Rule]) -> set[str]:
    """Return the codes of the rules of these profiles together."""
    names = tuple(names)
    return {rule.code for rule in rules if any(_holds(name, rule) for name in names)}


def _holds(name: str, rule: Rule) -> bool:
    return name not in rule.outside and bool(PROFILES[name].intersection(rule.profiles))


def demands(names: Iterable[str], rule: Rule) -> dict[str, Any]:
    """Return the options that these profiles set for a rule: option -> the most demanding value of them."""
    given = [table for name, table in rule.demands.items() if name in held(names)]
    return {
        name: most_demanding(option, [table[name] for table in given if name in table])
        for name, option in rule.options.items()
        if any(name in table for table in given)
    }
