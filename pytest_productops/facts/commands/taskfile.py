"""Tasks of a Taskfile: https://taskfile.dev/docs/reference/schema."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, join, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_VALUED_WORDS = """
-d --dir -t --taskfile -c --concurrency -C -o --output -I --interval --sort
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_INFORMING_WORDS = """
-l --list -a --list-all --init -i --version -h --help --completion --summary
"""
_INFORMING = frozenset(_INFORMING_WORDS.split())
_TEMPLATE = regex(r"\{\{-?\s*\.?(\w+)?[^}\n]{0,200}\}\}")
_DEPTH = 5
MAX_FILES = 100
"""Most files that one Taskfile may include, each counted at each inclusion."""


class Taskfile(Runner):
    """task (go-task)."""

    name = "task"
    kind = "task"
    needs = "Taskfile.yml"
    names = tuple(
        f"{first}askfile{kind}.{end}" for kind in ("", ".dist") for first in "Tt" for end in ("yml", "yaml")
    )
    upward = True

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file with those that it includes."""
        reader = _Reader(files)
        reader.read(path, "", folder_of(path), 0)
        default = tuple(target.name for target in reader.targets if target.name == "default")
        folder = folder_of(path)
        return Definition(
            path, folder, tuple(reader.targets), reader.open, reader.problem, tuple(reader.patterns), default
        )

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] not in {"task", "go-task"}:
            return None
        words = split(call.words[1:], _VALUED)
        if words.has(*_INFORMING, "-g", "--global"):
            return None
        file = words.get("-t", "--taskfile")
        names = tuple(name for name in words.operands if "=" not in name)
        return Ask(
            names, inside(call.folder, words.get("-d", "--dir")), join(call.folder, file) if file else ""
        )

    def generated(self, files: Files, folder: str) -> bool:  # noqa: ARG002 - another program has the same name
        """Say that it may be: without a Taskfile, `task` is Taskwarrior."""
        return True


class _Reader:
    def __init__(self, files: Files) -> None:
        self.files = files
        self.targets: list[Target] = []
        self.patterns: list[str] = []
        self.open = False
        self.problem = ""
        self._left = MAX_FILES

    def read(self, path: str, prefix: str, folder: str, depth: int) -> None:
        """Read a file whose tasks are called with a prefix and run in a folder."""
        self._left -= 1
        if self._left < 0:
            self.open = True
            return
        try:
            data = yaml.read(self.files.read(path), path).value
        except (Unreadable, yaml.YamlError) as error:
            self.open, self.problem = True, str(error)
            return
        data = data if isinstance(data, yaml.Map) else yaml.Map()
        tasks = data.get("tasks")
        tasks = tasks if isinstance(tasks, yaml.Map) else yaml.Map()
        for name, task in tasks.items():
            self._task(name, task, Location(path, tasks.keys_at[name]), prefix, folder)
        includes = data.get("includes")
        for name, include in includes.items() if isinstance(includes, yaml.Map) else ():
            self._include(name, include, path, prefix, folder, depth)

    def _task(self, name: str, task: Any, place: Location, prefix: str, folder: str) -> None:
        given = task if isinstance(task, yaml.Map) else yaml.Map()
        where = join(folder, str(given["dir"])) if isinstance(given.get("dir"), str) else folder
        commands = given.get("cmds", given.get("cmd", task if not given else None))
        found = list(_commands(commands, place, prefix))
        body = tuple(one for one in found if isinstance(one, Line))
        needs = (*_names(given.get("deps"), prefix), *(one for one in found if isinstance(one, str)))
        for called in (name, *_strings(given.get("aliases"))):
            if "*" in called:
                self.patterns.append(".*".join(re.escape(part) for part in (prefix + called).split("*")))
            else:
                self.targets.append(Target("task", prefix + called, place, body, needs, _plain(where)))

    def _include(self, name: str, include: Any, path: str, prefix: str, folder: str, depth: int) -> None:
        given = include if isinstance(include, yaml.Map) else yaml.Map()
        said = str(given.get("taskfile", include if isinstance(include, str) else ""))
        wanted = join(folder_of(path), said)
        options = (wanted, *(posixpath.join(wanted, one) for one in Taskfile.names))
        found = next((one for one in options if one in self.files), None)
        flat = given.get("flatten") is True
        where = join(folder, str(given["dir"])) if isinstance(given.get("dir"), str) else folder
        for called in (name, *_strings(given.get("aliases"))):
            if found and depth < _DEPTH:
                self.read(found, prefix if flat else f"{prefix}{called}:", where, depth + 1)
            elif flat:
                self.open = True
            else:
                self.patterns.append(re.escape(f"{prefix}{called}:") + ".*")


def _commands(value: Any, place: Location, prefix: str) -> Iterator[Line | str]:
    """Yield the commands of a task as lines, and the tasks that it calls as names."""
    if isinstance(value, yaml.Seq):
        for one, line in zip(value, value.lines, strict=True):
            yield from _commands(one, place._replace(line=line), prefix)
    elif isinstance(value, yaml.Map):
        if isinstance(value.get("task"), str):
            yield _named(value["task"], prefix)
        elif isinstance(value.get("cmd"), str):
            tail = " || true" if value.get("ignore_error") is True else ""
            yield Line(_TEMPLATE.sub(_variable, value["cmd"]).rstrip("\n") + tail, place)
    elif isinstance(value, str):
        yield Line(_TEMPLATE.sub(_variable, value), place)


def _variable(match: re.Match[str]) -> str:
    return "" if match[1] == "CLI_ARGS" else f"${{{match[1] or 'X'}}}"


def _names(value: Any, prefix: str) -> Iterator[str]:
    for one in value if isinstance(value, list) else ():
        name = one.get("task") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield _named(name, prefix)


def _named(name: str, prefix: str) -> str:
    """Return a task's full name: one that begins with `:` is of the root."""
    return name[1:] if name.startswith(":") else prefix + name


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _plain(folder: str) -> str:
    """Return a folder, the root as the empty string; one made by a template begins with `$`."""
    return "$" + folder if "{{" in folder else "" if folder == "." else folder
