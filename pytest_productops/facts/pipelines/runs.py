"""Every command of the jobs: steps, composite actions, reusable workflows, and what the commands run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from pytest_productops.facts.commands import Call, Commands, calls
from pytest_productops.facts.commands.toml import load, table
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import actions, expressions, families, github, powershell
from pytest_productops.facts.pipelines.model import Execution, Job, Opaque, Pipeline, Step
from pytest_productops.facts.pipelines.place import Place, place_of
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MAX_NESTING = 4
"""Deepest chain of reusable workflows and of composite actions."""
_SHELLS = regex(r"^(?:|ba|da|z|k)sh\b|^$|^/bin/|^(?:pwsh|powershell|cmd)\b|^\$")
_WINDOWS = regex(r"^(?:pwsh|powershell|cmd)\b")
_VARIABLE = regex(r"\$\{?(\w+)\b\}?")
_TESTING = regex(r"\b(?:py|r?unit|run)?[-_]?tests?\b", re.IGNORECASE)
_BUILDING = regex(r"(?:^|/)(?:build|ci|check|run|verify|all|make|main|do|task|dev)\b", re.IGNORECASE)
_Contexts = Mapping[str, Any]


class Runner:
    """Follows the jobs of a repository's pipelines; what it cannot follow is in `opaque` after `all`."""

    def __init__(self, pipelines: tuple[Pipeline, ...], files: Files, commands: Commands) -> None:
        self.pipelines = pipelines
        self._by_path = {pipeline.path: pipeline for pipeline in pipelines}
        self.files = files
        self.commands = commands
        self.opaque: dict[Opaque, None] = {}
        self._known: dict[tuple[tuple[str, ...], str], tuple[str, str, str]] = {}

    def all(self) -> Iterator[Execution]:
        """Yield every execution, pipeline by pipeline."""
        for pipeline in self.pipelines:
            for job in pipeline.jobs:
                yield from self._job(pipeline, job, pipeline.defaults, 0)

    def _job(self, pipeline: Pipeline, job: Job, inputs: _Contexts, depth: int) -> Iterator[Execution]:
        contexts = {"inputs": inputs}
        if job.uses:
            yield from self._called(pipeline, job, contexts, depth)
            return
        place = place_of(job, contexts)
        for step in job.steps:
            yield from self._step(pipeline, job, step, place, contexts, 0)

    def _called(self, pipeline: Pipeline, job: Job, contexts: _Contexts, depth: int) -> Iterator[Execution]:
        """Yield what a reusable workflow runs, under the triggers of the job that calls it."""
        path = posixpath.normpath(job.uses)
        called = self._by_path.get(path) if job.uses.startswith("./") else None
        if called is None or depth >= MAX_NESTING:
            if actions.workflow_may_test(job.uses):
                self._unknown(f"the workflow `{job.uses}`", job.location, job)
            return
        seen: set[str] = set()
        for combination in job.matrix[:32] or ({},):
            given = {**called.defaults, **_filled(job.inputs, {**contexts, "matrix": combination})}
            if str(given) in seen:
                continue
            seen.add(str(given))
            for inner in called.jobs:
                yield from self._job(pipeline, _under_caller(inner, job), given, depth + 1)

    def _step(
        self, pipeline: Pipeline, job: Job, step: Step, place: Place, contexts: _Contexts, depth: int
    ) -> Iterator[Execution]:
        contexts = {**contexts, "env": {**contexts.get("env", {}), **step.env}}
        if "cibuildwheel" in f"{step.uses} {step.run}":
            tested = step.env.get("CIBW_TEST_COMMAND") or self._wheels
            yield from self._text(pipeline, job, replace(step, origins=()), tested, place, contexts)
        if step.run and _SHELLS.match(step.shell):
            for text in expressions.texts(_given(step), job.matrix, contexts):
                yield from self._text(pipeline, job, step, text, place, contexts)
        elif step.uses.startswith("./"):
            yield from self._action(pipeline, job, step, place, contexts, depth)
        elif step.uses:
            found = False
            for text in actions.commands(step.uses, step.inputs):
                for filled in expressions.texts(text, job.matrix, contexts):
                    found = True
                    yield from self._text(pipeline, job, replace(step, origins=()), filled, place, contexts)
            if not found and actions.may_test(step.uses):
                self._unknown(f"the action `{actions.name_of(step.uses)}`", step.location, job)

    def _action(
        self, pipeline: Pipeline, job: Job, step: Step, place: Place, contexts: _Contexts, depth: int
    ) -> Iterator[Execution]:
        """Yield what a local composite action runs."""
        folder = place.folder(expressions.fill(step.uses[2:], contexts))
        found = github.action(self.files, folder) if depth < MAX_NESTING else None
        if found is None:
            self._unknown(f"the action `{step.uses}`", step.location, job)
            return
        steps, defaults = found
        for combination in job.matrix[:32] or ({},):
            inside = {**defaults, **_filled(step.inputs, {**contexts, "matrix": combination})}
            for inner in steps:
                inherited = replace(inner, may_fail=inner.may_fail or step.may_fail)
                yield from self._step(pipeline, job, inherited, place, {"inputs": inside}, depth + 1)
            if not step.inputs:
                return

    def _text(
        self, pipeline: Pipeline, job: Job, step: Step, text: str, place: Place, contexts: _Contexts
    ) -> Iterator[Execution]:
        text = powershell.commands(text) if _WINDOWS.match(step.shell) else text
        for folder in dict.fromkeys(expressions.texts(step.folder, job.matrix, contexts)):
            for call in calls(text, Location(step.path, 1), place.folder(folder)):
                origin = step.origins[call.location.line - 1 :][:1] or (step.location,)
                yield from self._expand(pipeline, job, step, replace(call, location=origin[0]))

    def _expand(self, pipeline: Pipeline, job: Job, step: Step, call: Call) -> Iterator[Execution]:
        stops = job.on_change and not job.may_fail and not step.may_fail
        for inner in self.commands.expand(call):
            yield Execution(inner, pipeline, job, step, stops and not inner.may_fail, *self._families(inner))

    def _families(self, call: Call) -> tuple[str, str, str]:
        key = (call.words, call.folder)
        if key not in self._known:
            tests = families.tests(call, self.commands.expand)
            self._known[key] = (tests, families.opaque(call), self._program(call))
        return self._known[key]

    def _program(self, call: Call) -> str:
        """Return the script of the tree that a call runs, where its language is not followed and it may test."""
        answer = self.commands.resolve(call, exact=True)
        target = answer.target if answer else None
        if target is None or target.runner != "script" or target.body:
            return ""
        try:
            speaks = _TESTING.search(self.files.read(target.name))
        except Unreadable:
            return target.name
        return target.name if speaks or _BUILDING.search(target.name) else ""

    @cached_property
    def _wheels(self) -> str:
        """Return the command that cibuildwheel tests each wheel with, where the project configures one.

        https://cibuildwheel.pypa.io/en/stable/options/#test-command
        """
        try:
            text = self.files.read("pyproject.toml") if "pyproject.toml" in self.files else ""
            found = table(load(text), "tool", "cibuildwheel").get("test-command", "")
        except (Unreadable, ValueError):
            return ""
        return " && ".join(map(str, found)) if isinstance(found, list) else str(found)

    def _unknown(self, what: str, location: Location, job: Job) -> None:
        self.opaque[Opaque(what, location, job.on_change)] = None


def _given(step: Step) -> str:
    """Return the text of a step with the variables that its `env` sets filled in."""
    return _VARIABLE.sub(lambda match: step.env.get(match[1]) or match[0], step.run)


def _under_caller(inner: Job, caller: Job) -> Job:
    return replace(
        inner,
        triggers=caller.triggers,
        any_branch=caller.any_branch,
        may_fail=inner.may_fail or caller.may_fail,
        never=inner.never or caller.never,
    )


def _filled(values: Mapping[str, Any], contexts: _Contexts) -> dict[str, Any]:
    """Return inputs with their expressions filled."""
    return {k: expressions.fill(v, contexts) if isinstance(v, str) else v for k, v in values.items()}
