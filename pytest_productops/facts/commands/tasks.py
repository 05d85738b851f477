"""Tasks in pyproject.toml: poe, pdm, hatch, and the programs that [project.scripts] installs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, split
from pytest_productops.facts.commands.toml import load, table
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.model import Location

_HATCH_OWN = frozenset(
    ["hatch-test", "hatch-static-analysis", "hatch-build", "hatch-uv", "default", "system"]
)


class _Pyproject(Runner):
    """A runner whose tasks are in pyproject.toml."""

    needs = "pyproject.toml"
    upward = True
    names: tuple[str, ...] = ("pyproject.toml",)

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        try:
            text = files.read(path)
            data = load(text)
        except (Unreadable, ValueError) as error:
            return Definition(path, folder_of(path), open=True, problem=f"{path}: {error}")
        return self.tasks(data, text, path)

    def tasks(self, data: Mapping[str, Any], text: str, path: str) -> Definition | None:
        """Return the tasks that the data define."""
        raise NotImplementedError

    def make(self, tasks: dict[str, Any], text: str, path: str, prefix: str = "") -> Iterator[Target]:
        """Return tasks as targets."""
        for name, task in tasks.items():
            place = Location(path, _line(text, name))
            body = tuple(Line(command, place) for command in _commands(task))
            yield Target(self.name, prefix + name, place, body, _needs(task), folder_of(path))


class Poe(_Pyproject):
    """poethepoet: https://poethepoet.natn.io."""

    name = "poe"
    kind = "poe task"
    names = ("poe_tasks.toml", "pyproject.toml")

    def tasks(self, data: Mapping[str, Any], text: str, path: str) -> Definition | None:
        """Return the tasks that the data define."""
        poe = table(data, "tool", "poe") or (
            table(data, "tool", "poe") or data if "poe_tasks" in path else {}
        )
        targets = tuple(self.make(table(poe, "tasks"), text, path))
        opened = "include" in poe or "include_script" in poe
        return Definition(path, folder_of(path), targets, opened) if poe else None

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        words = call.words
        if words[:2] == ("poetry", "poe"):
            words = words[1:]
        if words[0] not in {"poe", "poethepoet"}:
            return None
        parts = split(words[1:], frozenset({"-C", "--directory", "-e", "--executor"}), stop=True)
        names = () if parts.has("-h", "--help", "--version") else parts.operands[:1]
        return Ask(names, inside(call.folder, parts.get("-C", "--directory"))) if names else None


class Pdm(_Pyproject):
    """pdm scripts: https://pdm-project.org/en/latest/usage/scripts/. `pdm run x` runs programs too."""

    name = "pdm"
    kind = "pdm script"

    def tasks(self, data: Mapping[str, Any], text: str, path: str) -> Definition | None:
        """Return the tasks that the data define."""
        scripts = table(data, "tool", "pdm", "scripts")
        return Definition(path, folder_of(path), tuple(self.make(scripts, text, path))) if scripts else None

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] != "pdm" or len(call.words) < 2:  # noqa: PLR2004 - pdm and a name
            return None
        parts = split(call.words[1:], frozenset({"-p", "--project", "-s", "--site-packages"}), stop=True)
        names = parts.operands[1:2] if parts.operands[:1] == ("run",) else parts.operands[:1]
        return Ask(names, call.folder, unsure=True) if names else None


class Hatch(_Pyproject):
    """Hatch scripts and environments: https://hatch.pypa.io/latest/config/environment/overview/#scripts."""

    name = "hatch"
    kind = "hatch environment"
    names = ("hatch.toml", "pyproject.toml")

    def tasks(self, data: Mapping[str, Any], text: str, path: str) -> Definition | None:
        """Return the tasks that the data define."""
        own = path.endswith("hatch.toml")
        environments = table(data, "envs") if own else table(data, "tool", "hatch", "envs")
        if not environments:
            return None
        targets = [t for name in environments for t in self._environment(environments, name, text, path)]
        collected = table(data, *(() if own else ("tool", "hatch")), "env", "collectors")
        return Definition(path, folder_of(path), tuple(targets), bool(collected))

    def _environment(self, envs: dict[str, Any], name: str, text: str, path: str) -> Iterator[Target]:
        env = table(envs, name)
        scripts = {**table(envs, str(env.get("template", "default")), "scripts"), **table(env, "scripts")}
        yield Target(self.name, f"{name}:", Location(path, _line(text, name)), folder=folder_of(path))
        yield from self.make(scripts, text, path, f"{name}:")
        if name == "default":
            yield from self.make(scripts, text, path)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] != "hatch":
            return None
        parts = split(call.words[1:], frozenset({"-e", "--env", "-p", "--project"}), stop=True)
        if parts.operands[:1] != ("run",):
            return None
        given = [word for word in parts.operands[1:] if not word.startswith(("+", "-"))][:1]
        name = given[0] if given else ""
        environment, colon, script = name.partition(":")
        if not colon or not re.fullmatch(r"[\w.-]+", environment):
            chosen = parts.get("-e", "--env")
            return Ask((f"{chosen}:{name}" if chosen else name,), call.folder, unsure=True) if name else None
        return Ask((f"{environment}:{script}",), call.folder)

    def find(self, definition: Definition, name: str) -> Target | None:
        """An environment runs any program, so `lint:ruff` exists when `lint` does."""
        environment = name.partition(":")[0]
        variants = [
            environment,
            re.sub(r"(?:\.|-)?(?:py)?\d[\d.]*$", "", environment),
            environment.partition(".")[0],
        ]
        known = definition.get(name) or next(filter(None, (definition.get(f"{v}:") for v in variants)), None)
        if known is None and ":" in name and environment in _HATCH_OWN:
            return Target(self.name, name, Location(definition.path), folder=definition.folder)
        return known


def _line(text: str, name: str) -> int:
    pattern = re.compile(rf"""^\s*(?:\[[\w.\-"']*\b)?["']?{re.escape(name)}\b""")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)


def _commands(task: object) -> Iterator[str]:
    """Return the shell texts of a task, in the forms that poe, pdm and hatch share."""
    if isinstance(task, str):
        yield task[1:].lstrip() + " || true" if task.startswith("- ") else task
    elif isinstance(task, list):
        if all(isinstance(item, str) for item in task):
            yield from (text for item in task for text in _commands(item))
        else:
            yield from (text for item in task if isinstance(item, dict) for text in _commands(item))
    elif isinstance(task, dict):
        for key in ("cmd", "shell", "sequence", "composite", "script"):
            value = task.get(key)
            if key == "cmd" and isinstance(value, list):
                yield shlex.join(str(word) for word in value)
            elif key != "script" and value is not None:
                yield from _commands(value)


def _needs(task: Any) -> tuple[str, ...]:
    """Return the tasks that a task refers to."""
    found: list[str] = []
    for item in task if isinstance(task, list) else ():
        if isinstance(item, dict) and isinstance(item.get("ref"), str):
            found.append(item["ref"].split()[0])
        elif isinstance(item, str) and re.fullmatch(r"[\w:-]+", item):
            found.append(item)
    for key in ("deps", "composite", "sequence") if isinstance(task, dict) else ():
        value = task.get(key)
        found.extend(
            item.split()[0] for item in value if isinstance(item, str) and item.strip()
        ) if isinstance(value, list) else None
    return tuple(found)
