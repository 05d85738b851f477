"""One step of a job: the action it uses, the paths and the commands that it names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pytest_productops.facts.commands import Call, Commands, calls
from pytest_productops.facts.commands.model import Resolution
from pytest_productops.facts.commands.scripts import in_home
from pytest_productops.facts.pipelines import actions, expressions, github
from pytest_productops.facts.pipelines.model import Step
from pytest_productops.facts.pipelines.place import Place
from pytest_productops.facts.pipelines.references.missing import Missing, past
from pytest_productops.facts.pipelines.references.model import SETUP, Before, Broken
from pytest_productops.facts.pipelines.runs import MAX_NESTING
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_TESTED = regex(r"(?:\[|test)\s+(?:!\s+)?-[defrsx]\s+\S*")
_UNSURE = regex(r"hashFiles|outputs\.|exists", re.IGNORECASE)
_NAMED_PATHS = ("cache-dependency-path", "go-version-file", "node-version-file", "python-version-file")
_OTHER_SHELLS = ("python", "node", "pwsh", "powershell", "cmd", "Rscript", "julia")
_ELSEWHERE = frozenset({"working-directory", "working_directory", "cwd", "path", "root", "dir", "image"})
"""Inputs of an action that lead its command away from the root of the checkout."""


class Steps:
    """Checks the steps of a job, whose checkout lies at `place`."""

    def __init__(self, commands: Commands, missing: Missing, place: Place) -> None:
        self.commands = commands
        self.missing = missing
        self.place = place

    def check(self, step: Step, before: Before, depth: int = 0) -> Iterator[Broken]:
        """Yield what a step names and does not exist."""
        if step.may_fail or _UNSURE.search(step.condition):
            return
        yield from self._named(step, before)
        if step.uses.startswith("./"):
            yield from self._action(step, before, depth)
        elif step.uses:
            yield from self._given(step, before)
        elif not step.shell.startswith(_OTHER_SHELLS):
            folder = self.place.folder(expressions.fill(step.folder, {"env": step.env}))
            yield from self._run(step, folder, before)

    def _named(self, step: Step, before: Before) -> Iterator[Broken]:
        """Check the paths that the keys of a step name."""
        for key in _NAMED_PATHS if SETUP.match(step.uses) else ():
            for path in str(step.inputs.get(key, "")).split():
                yield from self._path(step, key, path, before)
        if "build-push-action" in step.uses and step.inputs.get("file"):
            yield from self._path(step, "Dockerfile", str(step.inputs["file"]), before)
        folder = self.place.folder(expressions.fill(step.folder, {"env": step.env}))
        if step.run and folder:
            yield from self._path(step, "working directory", folder, before)

    def _path(self, step: Step, what: str, path: str, before: Before) -> Iterator[Broken]:
        path = posixpath.normpath(path)
        if self.missing.path(path, before, step.location):
            yield self.gone(step.path, path, what, path, step.location)

    def _action(self, step: Step, before: Before, depth: int) -> Iterator[Broken]:
        """Check a local action, and the steps of one that consists of steps."""
        folder = self.place.folder(expressions.fill(step.uses[2:], {}))
        names = ("action.yml", "action.yaml", "Dockerfile")
        if expressions.dynamic(folder):
            return
        if any(self.missing.exists(posixpath.join(folder, name)) for name in names):
            yield from self._inside(folder, before.copy(), depth + 1)
        elif not self.missing.may_be_made(folder, before) and (before.plain or self.missing.removal(folder)):
            yield self.gone(step.path, step.uses, "action", folder, step.location)

    def _inside(self, folder: str, before: Before, depth: int) -> Iterator[Broken]:
        found = github.action(self.missing.files, folder) if depth < MAX_NESTING else None
        for step in found[0] if found else ():
            yield from self.check(step, before, depth)
            before.step(step)

    def _given(self, step: Step, before: Before) -> Iterator[Broken]:
        """Check the targets that the commands given to a remote action call; it may run where no path holds."""
        if _ELSEWHERE.isdisjoint(step.inputs):
            for text in actions.commands(step.uses, step.inputs):
                for call in calls(expressions.fill(text, {"env": step.env}), step.location):
                    answer = self.commands.resolve(call, exact=True)
                    if answer and answer.status == "missing" and answer.location:
                        yield from self._answer(step, call, step.location, before)

    def _run(self, step: Step, folder: str, before: Before) -> Iterator[Broken]:
        here = before.copy()
        for call in calls(expressions.fill(step.run, {"env": step.env}), Location(step.path, 1), folder):
            origin = (step.origins[call.location.line - 1 :][:1] or (step.location,))[0]
            if not call.may_fail and not _TESTED.search(step.run):
                yield from self._answer(step, call, origin, here)
            here.command(str(call))

    def _answer(self, step: Step, call: Call, origin: Location, before: Before) -> Iterator[Broken]:
        answer = self.commands.resolve(call, exact=True)
        if answer is None or answer.status not in ("missing", "runner-missing"):
            return
        name = re.sub(r"^.*`(.+)`.*$", r"\1", answer.what)
        if before.rebuilt or self.missing.may_be_made(name, before):
            return
        if answer.removal or answer.location or "/" not in name or self._is_certain(name, origin, before):
            yield _broken(step, call, answer, origin)

    def _is_certain(self, path: str, origin: Location, before: Before) -> bool:
        """Whether nothing can have made a script that no commit ever held."""
        return before.plain or (before.local and in_home(path)) or self.missing.known(path, origin)

    def gone(self, pipeline: str, reference: str, what: str, path: str, place: Location) -> Broken:
        """Return what is broken about a path that is gone."""
        removal = self.missing.removal(path)
        message = f"{what} `{reference}` does not exist{past(removal)}"
        new = removal.renamed_to if removal else None
        fix = f"name `{new}`" if new else "name what exists, or restore it"
        now = removal.surely if removal else ""
        return Broken(pipeline, reference, message, place, fix, path, now)


def _broken(step: Step, call: Call, answer: Resolution, origin: Location) -> Broken:
    needed = f" ({answer.needs} is missing)" if answer.status == "runner-missing" and answer.needs else ""
    message = f"`{str(call)[:80]}` calls {answer.what}, which does not exist{needed}{past(answer.removal)}"
    near = f"call `{answer.suggestions[0]}`, " if answer.suggestions else ""
    fix = f"{near}drop the call or restore what it names"
    now = answer.removal.surely if answer.removal else ""
    old = answer.what.partition("`")[2].rpartition("`")[0]
    return Broken(step.path, str(call)[:120], message, origin, fix, old, now)
