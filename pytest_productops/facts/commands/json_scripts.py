"""What composer.json and package.json share: scripts below `scripts`, each with the line of its key."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pytest_productops.facts.commands.model import Definition, Line, Target
from pytest_productops.facts.commands.runner import folder_of
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.model import Location


def read(files: Files, path: str, runner: str, commands: Callable[[Any], Iterable[str]]) -> Definition:
    """Read a file; `commands` gives the shell commands of a script as it is written."""
    folder = folder_of(path)
    try:
        text = files.read(path)
        data: Any = json.loads(text)
    except (Unreadable, ValueError, RecursionError) as error:
        return Definition(path, folder, open=True, problem=f"{path}: {error}")
    scripts = data.get("scripts") if isinstance(data, dict) else None
    if not isinstance(scripts, dict):
        return Definition(path, folder)
    found = (
        Target(runner, name, place, tuple(Line(each, place) for each in commands(given)), folder=folder)
        for name, given, place in _placed(scripts, text, path)
    )
    return Definition(path, folder, tuple(found))


def _placed(scripts: dict[str, Any], text: str, path: str) -> Iterator[tuple[str, Any, Location]]:
    lines = text.splitlines()
    begin = next((n for n, line in enumerate(lines) if '"scripts"' in line), 0)
    for name, given in scripts.items():
        key = json.dumps(name)
        number = next((n for n, line in enumerate(lines[begin:], begin + 1) if key in line), begin + 1)
        yield name, given, Location(path, number)
