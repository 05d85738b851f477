"""Untrusted tables: what TOML, JSON and YAML texts may hold at a place, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.formats.toml import Loaded
from pytest_productops.model import Location


def at(data: Any, *keys: str) -> Any:
    """Return the value at a path of keys, None where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def table(data: Any, *keys: str) -> Mapping[str, Any]:
    """Return the table at a path of keys, empty where there is none."""
    found = at(data, *keys)
    return found if isinstance(found, Mapping) else {}


def texts(data: Any, *keys: str) -> tuple[str, ...]:
    """Return the texts of the list at a path of keys; a single text is a list of one."""
    found = at(data, *keys)
    listed = [found] if isinstance(found, str) else found if isinstance(found, list) else ()
    return tuple(each for each in listed if isinstance(each, str))


def rows(data: Any, *keys: str) -> list[Any]:
    """Return the list at a path of keys, empty where there is none."""
    found = at(data, *keys)
    return found if isinstance(found, list) else []


def text(data: Any, *keys: str) -> str:
    """Return the text at a path of keys, empty where there is none."""
    found = at(data, *keys)
    return found if isinstance(found, str) else ""


class Toml:
    """A TOML document of a path, with the places of its keys."""

    def __init__(self, loaded: Loaded, path: str) -> None:
        self.data = loaded.data
        self._loaded = loaded
        self._path = path

    def place(self, *keys: str | int) -> Location:
        """Return where a key stands."""
        return Location(self._path, self._loaded.line(keys))
