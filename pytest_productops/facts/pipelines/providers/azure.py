"""Azure Pipelines: stages, jobs, steps, local templates, `trigger:` and `pr:`, matrices and conditions.

https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/. Which file is a pipeline is set in the
service: taken for one is what is named so, or what says when it starts, where no other file uses it as a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines.azure_steps import Item, Reader
from pytest_productops.facts.pipelines.azure_values import (
    Values,
    declared,
    fill,
    holds,
    in_environment,
    meant,
)
from pytest_productops.facts.pipelines.document import mapping, text, words
from pytest_productops.facts.pipelines.model import FATAL, Job, Opaque, Pipeline, Reading
from pytest_productops.facts.pipelines.starting import CHANGE, MAIN, means, triggers
from pytest_productops.facts.pipelines.ternary import all_of, any_of, negated
from pytest_productops.facts.pipelines.written import child
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PATH = regex(
    r"(?:.*/)?\.?azure-?pipelines?[^/]*\.ya?ml|(?:.*/)?(?:\.azure(?:-?pipelines|-?devops)?|\.ado|\.vsts(?:-ci)?"
    r"|azure-?pipelines|\.pipelines)/.+\.ya?ml|\.vsts-ci\.ya?ml",
    re.IGNORECASE,
)
_NAMED = regex(r"(?:.*/)?\.?azure-?pipelines?[^/]*\.ya?ml|\.vsts-ci\.ya?ml", re.IGNORECASE)
_STARTS = frozenset({"trigger", "pr", "schedules", "resources"})
_BODIES = frozenset({"stages", "jobs", "steps", "extends"})
_BRANCHES = {"change_request": MAIN, "push": CHANGE, "main": MAIN, "schedule": MAIN}


def read(files: Files) -> Reading:
    """Read every pipeline with its templates."""
    reading, roots = Reading(), dict[str, Map]()
    reader = Reader(files)
    for path in files:
        if ("azure" in path.lower() or path.startswith((".ado", ".vsts", ".pipelines"))) and _PATH.fullmatch(
            path
        ):
            document, problems = mapping(files, path, "pipeline")
            reading.problems += [one for one in problems if one.subject in FATAL and own_words(path)]
            if document is not None and _BODIES & set(document):
                roots[path] = document
    made = {path: _pipeline(reader, path, document) for path, document in roots.items()}
    for path, pipeline in made.items():
        if path not in reader.used and (_STARTS & set(roots[path]) or _NAMED.fullmatch(path)):
            reading.pipelines.append(pipeline)
    if reading.pipelines:
        reading.opaque = list(dict.fromkeys(reader.opaque))
    return reading


def _pipeline(reader: Reader, path: str, document: Map) -> Pipeline:
    started = frozenset(
        event for event in ("change_request", "push", "main", "tag", "schedule") if _starts(document, event)
    )
    before = len(reader.opaque)
    jobs = tuple(_Jobs(reader, path, document, started).all())
    on_change = not started.isdisjoint({"change_request", "push"})
    reader.opaque[before:] = [Opaque(one.what, one.location, on_change) for one in reader.opaque[before:]]
    return Pipeline(path, "azure", triggers(started), jobs, "push" in started, text(document.get("name")))


def _starts(document: Map, event: str) -> bool:
    """Return whether an event starts a pipeline. Without `trigger:` and `pr:` every branch does."""
    if event == "schedule":
        return "schedules" in document
    given = document.get("pr" if event == "change_request" else "trigger")
    if given == "none":
        return False
    tags = "tags" in child(document, "trigger")
    if event == "tag" or (
        tags and event != "change_request" and "branches" not in child(document, "trigger")
    ):
        return tags and event == "tag"
    branches: Any = given.get("branches", given) if isinstance(given, Map) else given
    include = words(branches.get("include")) if isinstance(branches, Map) else words(branches)
    exclude = words(branches.get("exclude")) if isinstance(branches, Map) else ()
    name = _BRANCHES[event]
    wanted = any_of(_means(one, name) for one in include) if include else True
    return all_of([wanted, negated(any_of(_means(one, name) for one in exclude))]) is not False


def _means(pattern: str, branch: str) -> bool | None:
    return means(pattern.removeprefix("refs/heads/"), branch)


class _Jobs:
    """The jobs of one pipeline."""

    def __init__(self, reader: Reader, path: str, document: Map, started: frozenset[str]) -> None:
        self.reader = reader
        self.path = path
        self.document = document
        self.started = started

    def all(self) -> Iterator[Job]:
        """Yield every job of every stage."""
        values = {
            "parameters": declared(self.document.get("parameters")),
            "variables": declared(self.document.get("variables")),
        }
        extended = self.document.get("extends")
        if isinstance(extended, Map):
            name = fill(text(extended.get("template")), values)
            path, document = self.reader.load(name, self.path)
            if document is None:
                self.reader.opaque.append(
                    Opaque(f"the template `{name}`", Location(self.path, extended.line))
                )
                return
            given = {key: meant(one, values) for key, one in child(extended, "parameters").items()}
            values["parameters"] = {**declared(document.get("parameters")), **given}
            yield from self._body(document, path, values, self.started, may_fail=False)
        else:
            yield from self._body(self.document, self.path, values, self.started, may_fail=False)

    def _body(
        self, holder: Map, path: str, values: Values, events: frozenset[str], *, may_fail: bool
    ) -> Iterator[Job]:
        """Yield the jobs of what holds stages, jobs or steps."""
        for stage in self.reader.items(holder.get("stages"), "stages", path, values):
            inside = _with_variables(stage, values)
            within = _at(stage, events)
            yield from self._body(stage.given, stage.path, inside, within, may_fail=may_fail)
        for job in self.reader.items(holder.get("jobs"), "jobs", path, values):
            yield self._job(job, events, may_fail=may_fail)
        if "steps" in holder:
            item = Item(holder, path, holder.keys_at["steps"], values)
            yield self._job(item, events, may_fail=may_fail)

    def _job(self, item: Item, events: frozenset[str], *, may_fail: bool) -> Job:
        strategy = child(item.given, "strategy")
        found = meant(strategy.get("matrix"), item.values)
        matrix = _combinations(found) if isinstance(found, Map) else ()
        names = {name for one in matrix for name in one}
        values = {**_with_variables(item, item.values), "matrix": names}
        deployed = item.given.get("deployment")
        listed = item.given.get("steps") if deployed is None else _deployed(strategy)
        within = _at(item, events)
        return Job(
            id=item.text("job") or item.text("deployment") or "job",
            line=item.line,
            steps=tuple(self.reader.steps(listed, item.path, values)),
            may_fail=may_fail or item.value("continueOnError") in (True, "true"),
            condition=item.text("condition"),
            environment=item.text("environment"),
            triggers=triggers(within),
            path=item.path,
            any_branch="push" in within,
            matrix=matrix,
            never=text(item.given.get("condition")).lower() == "false",
            checkout=deployed is None and not _without_checkout(listed),
        )


def _combinations(matrix: Map) -> tuple[dict[str, Any], ...]:
    """Return the combinations of a matrix, their variables named as in the environment."""
    found = (one for one in matrix.values() if isinstance(one, Map))
    return tuple({in_environment(name): value for name, value in one.items()} for one in found)


def _with_variables(item: Item, values: Values) -> Values:
    own = {name: meant(one, values) for name, one in declared(item.given.get("variables")).items()}
    return {**item.values, "variables": {**values.get("variables", {}), **own}}


def _at(item: Item, events: frozenset[str]) -> frozenset[str]:
    """Return the events at which the condition of a stage or job may hold."""
    condition = item.text("condition")
    return frozenset(
        one for one in events if not condition or holds(condition, item.values, one) is not False
    )


def _deployed(strategy: Map) -> Any:
    """Return the steps of a deployment."""
    kind = next(
        (child(strategy, name) for name in ("runOnce", "rolling", "canary") if name in strategy), Map()
    )
    return child(kind, "deploy").get("steps")


def _without_checkout(listed: Any) -> bool:
    found = listed if isinstance(listed, list) else []
    return any(isinstance(one, Map) and one.get("checkout") == "none" for one in found)
