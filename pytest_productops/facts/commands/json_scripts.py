"""What composer.json and package.json share: scripts below `scripts`, each with the line of its key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from pytest_productops.facts.commands.model import Definition, Line, Target
from pytest_productops.facts.commands.runner import folder_of
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import json5
from pytest_productops.model import Location


def read(files: Files, path: str, runner: str, commands: Callable[[Any], Iterable[str]]) -> Definition:
    """Read a file; `commands` gives the shell commands of a script as it is written."""
    folder = folder_of(path)
    try:
        text = files.read(path)
        json.loads(text)  # npm and Composer take no relaxed forms
        loaded = json5.load(text)
    except (Unreadable, ValueError, RecursionError) as error:
        return Definition(path, folder, open=True, problem=f"{path}: {error}")
    found = (
        Target(runner, name, place, tuple(Line(each, place) for each in commands(given)), folder=folder)
        for name, given in loaded.table("scripts").items()
        for place in [Location(path, loaded.line("scripts", name))]
    )
    return Definition(path, folder, tuple(found))
