"""Dependabot (https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.manifests.tables import at, text, texts
from pytest_productops.facts.updates.model import Updater, Watch
from pytest_productops.model import Location

PLACES = (
    ".github/dependabot.yml",
    ".github/dependabot.yaml",
    ".gitlab/dependabot.yml",
    ".gitlab/dependabot.yaml",
    ".azuredevops/dependabot.yml",
    ".azuredevops/dependabot.yaml",
)
"""Where it is read: by GitHub, by dependabot-gitlab, and by its extension for Azure DevOps."""


def read(files: Files) -> Iterator[Updater]:
    """Yield the Dependabot of each place; one that watches nothing is none."""
    for path in PLACES:
        if path in files:
            yield from _updater(files, path)


def _updater(files: Files, path: str) -> Iterator[Updater]:
    try:
        data = yaml.read(files.read(path), path).value
    except (Unreadable, yaml.YamlError) as error:
        yield Updater("dependabot", Location(path), problem=str(error))
        return
    updates = at(data, "updates")
    watches = tuple(_watches(updates if isinstance(updates, list) else (), path))
    if watches:
        yield Updater("dependabot", watches[0].location, watches=watches)


def _watches(updates: Any, path: str) -> Iterator[Watch]:
    for each in updates:
        ecosystem = text(each, "package-ecosystem")
        line = getattr(each, "line", 0)
        for folder in (*texts(each, "directory"), *texts(each, "directories")):
            if ecosystem and at(each, "open-pull-requests-limit") != 0:  # 0 switches it off
                interval = text(each, "schedule", "interval")
                yield Watch(ecosystem, _folder(folder), Location(path, line), interval)


def _folder(directory: str) -> str:
    """Return a directory as a folder of this repository (`""`: the root)."""
    plain = directory.strip().strip("/")
    return "" if plain in {"", "."} else plain.removeprefix("./")
