"""Renovate (https://docs.renovatebot.com/configuration-options/): every place that it reads its settings from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import json5
from pytest_productops.facts.manifests.tables import at, texts
from pytest_productops.facts.updates.model import Updater
from pytest_productops.model import Location

_STEMS = ("renovate", ".github/renovate", ".gitlab/renovate", ".renovaterc")
PLACES = (*(f"{stem}.{end}" for stem in _STEMS for end in ("json", "json5", "jsonc")), ".renovaterc")


def read(files: Files) -> Iterator[Updater]:
    """Yield the Renovate of the repository; one that is switched off is none."""
    for path in PLACES:
        if path in files:
            yield from _updater(files, path)
    yield from _packaged(files)


def _updater(files: Files, path: str) -> Iterator[Updater]:
    try:
        loaded = json5.load(files.read(path))
    except (Unreadable, json5.JsonError) as error:
        yield Updater("renovate", Location(path), everything=True, problem=f"{path}: {error}")
        return
    yield from _enabled(loaded.data, Location(path))


def _packaged(files: Files) -> Iterator[Updater]:
    """Yield the Renovate of `renovate` in package.json."""
    try:
        loaded = json5.load(files.read("package.json")) if "package.json" in files else None
    except (Unreadable, json5.JsonError):
        return
    if loaded and at(loaded.data, "renovate") is not None:
        yield from _enabled(at(loaded.data, "renovate"), Location("package.json", loaded.line("renovate")))


def _enabled(data: Any, location: Location) -> Iterator[Updater]:
    if at(data, "enabled") is False:
        return
    managers = frozenset(texts(data, "enabledManagers"))
    yield Updater("renovate", location, everything=not managers, ecosystems=managers)
