"""Profiles: which rules apply to a kind of product."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from pytest_productops.model import Rule

PROFILES = MappingProxyType({"default": ("default",), "service": ("default", "service")})
"""Profile -> the profiles whose rules it holds."""


def rules_of(profile: str, rules: Iterable[Rule]) -> set[str]:
    """Return the codes of a profile's rules."""
    held = set(PROFILES[profile])
    return {rule.code for rule in rules if held.intersection(rule.profiles)}
