"""TOML read as data; one place that knows which library does it."""

from __future__ import annotations

from typing import Any


def load(text: str) -> dict[str, Any]:
    """Return a TOML text as a mapping; raise ValueError where it is none."""
    import tomli  # noqa: PLC0415 - only repositories with a TOML file pay for it

    try:
        return tomli.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def table(data: object, *keys: str) -> dict[str, Any]:
    """Return the table at a path of keys, empty where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}
