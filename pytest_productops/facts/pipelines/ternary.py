"""Conditions that may be unknown: True, False, or None where only a run could tell."""

from __future__ import annotations

from collections.abc import Iterable


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Return whether one holds."""
    found = list(values)
    return True if True in found else None if None in found else False


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Return whether all hold."""
    found = list(values)
    return False if False in found else None if None in found else True


def negated(value: bool | None) -> bool | None:
    """Return whether it does not hold."""
    return None if value is None else not value
