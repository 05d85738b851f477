"""The steps of CircleCI's jobs: `run`, `when`, commands of the file, and commands of orbs, which are opaque.

https://circleci.com/docs/reference/configuration-reference/#steps
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines.actions import orb_may_test
from pytest_productops.facts.pipelines.circleci_values import Values, defaults, fill, holds, meant
from pytest_productops.facts.pipelines.document import text
from pytest_productops.facts.pipelines.model import Opaque, Step
from pytest_productops.facts.pipelines.written import at, lines, step, texts
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_MAX_DEPTH = 8
MAX_STEPS = 20_000
"""Most steps that are read of one file, those of its commands counted at each use."""
_BUILTIN = frozenset({
    "checkout", "restore_cache", "save_cache", "store_artifacts", "store_test_results", "attach_workspace",
    "persist_to_workspace", "add_ssh_keys", "setup_remote_docker", "deploy",
})  # fmt: skip
_HOME = regex(r"^(?:~|/home/circleci|/root|\$HOME|\$CIRCLE_WORKING_DIRECTORY)(?=/|$)")


class Steps:
    """Reads the steps of one file, whose commands are `commands`; what is out of sight goes to `opaque`."""

    def __init__(self, path: str, commands: Mapping[str, Any]) -> None:
        self.path = path
        self.commands = commands
        self.opaque: list[Opaque] = []
        self._left = MAX_STEPS

    def of(self, listed: Any, values: Values, job: Map, depth: int = 0) -> Iterator[Step]:
        """Yield the steps of a list."""
        if not isinstance(listed, Seq) or depth > _MAX_DEPTH:
            return
        for one, line in zip(listed, listed.lines, strict=True):
            self._left -= 1
            if self._left < 0:
                return
            found = meant(one, values) if isinstance(one, str) else one
            if isinstance(found, Seq):
                yield from self.of(found, values, job, depth + 1)
            elif isinstance(found, str):
                yield from self._named(found, Map(line), values, job, depth)
            elif isinstance(found, Map) and found:
                name, given = next(iter(found.items()))
                yield from self._keyed(name, given, found, values, job, depth)

    def _keyed(
        self, name: str, given: Any, holder: Map, values: Values, job: Map, depth: int
    ) -> Iterator[Step]:
        if name == "run":
            yield from self._run(given, holder, values, job)
        elif name in ("when", "unless") and isinstance(given, Map):
            if holds(given.get("condition"), values) is not (name == "unless"):
                yield from self.of(given.get("steps"), values, job, depth + 1)
        else:
            found = given if isinstance(given, Map) else Map(holder.line)
            yield from self._named(name, found, values, job, depth)

    def _run(self, given: Any, holder: Map, values: Values, job: Map) -> Iterator[Step]:
        plain = not isinstance(given, Map)
        place = at(holder, "run", self.path) if plain else at(given, "command", self.path)
        more = Map() if plain else given
        written = list(lines(given if plain else given.get("command"), place, lambda one: fill(one, values)))
        if written and more.get("background") is not True:
            yield step(
                written,
                text(more.get("name")),
                folder=_inside(_root(job, values), fill(text(more.get("working_directory")), values)),
                env={**texts(job.get("environment")), **texts(more.get("environment"))},
                may_fail=more.get("when") == "on_fail",
            )

    def _named(self, name: str, given: Map, values: Values, job: Map, depth: int) -> Iterator[Step]:
        """Yield the steps of a command of the file; those of an orb are out of sight."""
        command = self.commands.get(name)
        if isinstance(command, Map):
            inside = {key: meant(value, values) for key, value in given.items()}
            known = {**values, "parameters": {**defaults(command.get("parameters")), **inside}}
            yield from self.of(command.get("steps"), known, job, depth + 1)
        elif name not in _BUILTIN and orb_may_test(name):
            self.opaque.append(Opaque(f"the orb command `{name}`", Location(self.path, given.line)))

    def checks_out(self, listed: Any) -> bool:
        """Whether a list of steps checks the repository out, itself or by a command of the file."""
        pending, seen = [listed], set[int]()
        while pending:
            steps = pending.pop()
            if not isinstance(steps, Seq) or id(steps) in seen:
                continue
            seen.add(id(steps))
            for one in steps:
                name = one if isinstance(one, str) else next(iter(one), "") if isinstance(one, Map) else ""
                if name == "checkout":
                    return True
                command = one.get(name) if name in ("when", "unless") else self.commands.get(name)
                pending.append(command.get("steps") if isinstance(command, Map) else None)
        return False


def _root(job: Map, values: Values) -> str:
    return fill(text(job.get("working_directory")), values) or "~/project"


def _inside(root: str, folder: str) -> str:
    """Return a step's folder as one of the repository, which lies at `root`."""
    if not folder:
        return ""
    home, wanted = _HOME.sub("~", root), _HOME.sub("~", folder)
    if not wanted.startswith(("~", "/", "$")):
        return posixpath.normpath(wanted).removeprefix(".").lstrip("/") if wanted != "." else ""
    home = home if home.startswith(("~", "/")) else f"~/{home}"
    if wanted == home or wanted.startswith(home + "/"):
        return posixpath.normpath(wanted[len(home) :].lstrip("/") or ".").removeprefix(".")
    return wanted
