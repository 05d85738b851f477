"""TOML tables on the way to a runner's tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.formats import toml


def load(text: str) -> Mapping[str, Any]:
    """Return a TOML text as a mapping; raise ValueError where it is none."""
    return toml.load(text).data


def table(data: object, *keys: str) -> dict[str, Any]:
    """Return the table at a path of keys, empty where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}
