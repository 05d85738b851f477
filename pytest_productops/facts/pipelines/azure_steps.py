"""Stages, jobs and steps of Azure Pipelines, local templates read where they stand.

https://learn.microsoft.com/en-us/azure/devops/pipelines/process/templates
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines import azure_tasks
from pytest_productops.facts.pipelines.azure_values import (
    Values,
    declared,
    fill,
    holds,
    in_environment,
    meant,
)
from pytest_productops.facts.pipelines.document import mapping, text
from pytest_productops.facts.pipelines.model import Opaque, Step
from pytest_productops.facts.pipelines.written import at, child, lines, step, texts
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MAX_DEPTH = 12
MAX_ITEMS = 5000
_EACH = regex(r"\$\{\{\s*each\s+(\w+)\s+in\s+(.+?)\s*\}\}")
_IF = regex(r"\$\{\{\s*(?:if|elseif)\s+(.+?)\s*\}\}")
_ELSE = regex(r"\$\{\{\s*else\s*\}\}")
_SCRIPTS = ("script", "bash", "pwsh", "powershell")


class Item:
    """One stage, job or step, where it is written, and what names mean there."""

    def __init__(self, given: Map, path: str, line: int, values: Values) -> None:
        self.given = given
        self.path = path
        self.line = line
        self.values = values

    def text(self, key: str) -> str:
        """Return the text of a key, filled."""
        return fill(text(self.given.get(key)), self.values)

    def value(self, key: str) -> Any:
        """Return the value of a key, a parameter's where it names one."""
        return meant(self.given.get(key), self.values)


class Reader:
    """Reads lists with their templates; what is out of sight goes to `opaque`, `used` are the templates."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.opaque: list[Opaque] = []
        self.used: set[str] = set()
        self._left = MAX_ITEMS
        self._documents: dict[str, Map | None] = {}

    def items(self, listed: Any, kind: str, path: str, values: Values, depth: int = 0) -> Iterator[Item]:
        """Yield the items of a list of `stages`, `jobs` or `steps`."""
        listed = meant(listed, values)
        if not isinstance(listed, Seq) or depth > MAX_DEPTH:
            return
        for one, line in zip(listed, listed.lines, strict=True):
            self._left -= 1
            found = meant(one, values)
            if self._left < 0:
                return
            if isinstance(found, Seq):
                yield from self.items(found, kind, path, values, depth + 1)
            elif isinstance(found, Map) and found:
                yield from self._item(Item(found, path, line, values), kind, depth)

    def _item(self, item: Item, kind: str, depth: int) -> Iterator[Item]:
        key = next(iter(item.given))
        if key == "template" or "template" in item.given:
            yield from self._template(item, kind, depth)
        elif (each := _EACH.fullmatch(key)) is not None:
            over = meant("${{ " + each[2] + " }}", item.values)
            rounds = over if isinstance(over, list) else []
            for value in rounds[:50]:
                values = {**item.values, each[1]: value}
                yield from self.items(item.given[key], kind, item.path, values, depth + 1)
        elif (when := _IF.fullmatch(key)) is not None or _ELSE.fullmatch(key):
            if when is None or holds(when[1], item.values) is not False:
                yield from self.items(item.given[key], kind, item.path, item.values, depth + 1)
        else:
            yield item

    def _template(self, item: Item, kind: str, depth: int) -> Iterator[Item]:
        """Yield what a template of the tree holds."""
        name = item.text("template")
        path, document = self.load(name, item.path)
        if document is None:
            self.opaque.append(Opaque(f"the template `{name}`", Location(item.path, item.line)))
            return
        given = {key: meant(value, item.values) for key, value in child(item.given, "parameters").items()}
        values = {**item.values, "parameters": {**declared(document.get("parameters")), **given}}
        yield from self.items(document.get(kind), kind, path, values, depth + 1)

    def load(self, name: str, beside: str) -> tuple[str, Map | None]:
        """Return the path and document of a template, None where it is not in the tree."""
        plain = name.removesuffix("@self")
        folder = "" if plain.startswith("/") else posixpath.dirname(beside)
        path = posixpath.normpath(posixpath.join(folder, plain.lstrip("/")))
        self.used.add(path)
        if path not in self._documents:
            self._documents[path] = mapping(self.files, path, "template")[0] if path in self.files else None
        return path, self._documents[path]

    def steps(self, listed: Any, path: str, values: Values) -> Iterator[Step]:
        """Yield the steps of a list as steps of the model."""
        for item in self.items(listed, "steps", path, values):
            given = item.given
            enabled = given.get("enabled") is not False and text(given.get("condition")).lower() != "false"
            key = next((name for name in _SCRIPTS if name in given), "")
            if enabled and key:
                yield from self._made(item, item.value(key), at(given, key, item.path), key)
            elif enabled and "task" in given:
                yield from self._task(item)

    def _task(self, item: Item) -> Iterator[Step]:
        inputs = Map(item.line)
        for key, value in child(item.given, "inputs").items():
            inputs.put(key, meant(value, item.values), item.line, item.line)
        command = azure_tasks.command(item.text("task"), inputs)
        if command is None:
            name = item.text("task").partition("@")[0]
            self.opaque.append(Opaque(f"the task `{name}`", Location(item.path, item.line)))
        elif command:
            yield from self._made(item, command, Location(item.path, item.line), "", inputs)

    def _made(
        self, item: Item, run: Any, place: Location, key: str, inputs: Map | None = None
    ) -> Iterator[Step]:
        written = list(lines(run, place))
        folder = item.text("workingDirectory") or (azure_tasks.folder(inputs) if inputs else "")
        variables = texts(_as_map(item.values.get("variables", {})))
        own = {name: fill(value, item.values) for name, value in texts(item.given.get("env")).items()}
        if inputs is not None:  # a task has one place, however long its text
            written = [(line, place) for line, _ in written]
        if written:
            yield step(
                written,
                item.text("displayName"),
                folder=_rooted(folder),
                env={**variables, **_matrix(item.values), **own},
                may_fail=item.value("continueOnError") in (True, "true"),
                condition=item.text("condition"),
                shell="pwsh" if key in ("pwsh", "powershell") else azure_tasks.shell(item.text("task")),
            )


def _as_map(values: Any) -> Map:
    made = Map()
    for name, value in values.items():
        made[in_environment(name)] = value
    return made


def _matrix(values: Values) -> dict[str, str]:
    """Return what a matrix's variables are called in the environment."""
    return {name: "${{ matrix." + name + " }}" for name in values.get("matrix", ())}


def _rooted(folder: str) -> str:
    """Return a working directory relative to the root, where it begins there."""
    stripped = folder.removeprefix("$CI_PROJECT_DIR")
    return stripped.lstrip("/") if stripped != folder else folder
