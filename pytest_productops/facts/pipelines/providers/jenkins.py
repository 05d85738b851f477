"""Jenkins: declarative Jenkinsfiles; a scripted one is opaque.

https://www.jenkins.io/doc/book/pipeline/syntax/. Taken for a multibranch project, which builds every branch and
change request; `when` narrows a stage.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.pipelines.groovy import Statement, statements
from pytest_productops.facts.pipelines.jenkins_steps import State, Steps, functions
from pytest_productops.facts.pipelines.model import (
    SCRIPTED,
    UNREAD,
    Job,
    Opaque,
    Pipeline,
    Problem,
    Reading,
    Step,
)
from pytest_productops.facts.pipelines.starting import CHANGE, MAIN, means, triggers
from pytest_productops.facts.pipelines.ternary import all_of, any_of, negated
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PATH = regex(r"(?:.*/)?(?:Jenkinsfile[^/]*|[^/]*\.?[jJ]enkinsfile)|\.?jenkins/[^/]+\.groovy")
_NAMED = regex(
    r"release|deploy|publish|nightly|weekly|daily|cron|promot|rollback|benchmark|perf", re.IGNORECASE
)
_EVENTS = frozenset({"change_request", "push", "main", "tag"})
_BRANCHES = {"change_request": "PR-1", "push": CHANGE, "main": MAIN}
_MAX_DEPTH = 12
_LIBRARY = {"buildPlugin": "mvn clean install", "buildPluginWithGradle": "gradle build"}
"""What the library of Jenkins' own infrastructure runs (https://github.com/jenkins-infra/pipeline-library)."""


def read(files: Files) -> Reading:
    """Read every Jenkinsfile."""
    reading = Reading()
    for path in files:
        if "enkins" in path and _PATH.fullmatch(path) and own_words(path):
            try:
                body = statements(files.read(path))
            except Unreadable as error:
                reading.problems.append(Problem(Location(path), str(error), UNREAD))
                continue
            _File(body, path, reading).read()
    return reading


class _File:
    """One Jenkinsfile."""

    def __init__(self, body: list[Statement], path: str, reading: Reading) -> None:
        self.body = body
        self.path = path
        self.reading = reading
        self.steps = Steps(path, functions(body))
        self.matrix: tuple[dict[str, Any], ...] = ()

    def read(self) -> None:
        """Add the pipeline; one that is not declarative has no jobs and is opaque."""
        declared = next((one for one in self.body if one.name == "pipeline" and one.blocks), None)
        if declared is None and not self.body:
            return
        started = frozenset({"manual"}) if _NAMED.search(self.path) else _EVENTS
        jobs: tuple[Job, ...] = ()
        called = next((one for one in self.body if one.name in _LIBRARY), None)
        if declared is None and called:
            step = Step(called.name, called.line, run=_LIBRARY[called.name], path=self.path)
            jobs = (
                Job(
                    called.name,
                    called.line,
                    (step,),
                    triggers=triggers(started),
                    path=self.path,
                    any_branch=started is _EVENTS,
                ),
            )
        elif declared is None:
            what = Opaque(SCRIPTED, Location(self.path, 1), started is _EVENTS)
            self.reading.opaque.append(what)
        else:
            state = State(env=_environment(declared.blocks[0]))
            jobs = tuple(self._stages(_child(declared.blocks[0], "stages"), state, started, 0))
        any_branch = any(job.any_branch for job in jobs)
        self.reading.pipelines.append(Pipeline(self.path, "jenkins", triggers(started), jobs, any_branch))
        self.reading.opaque += self.steps.opaque

    def _stages(
        self, body: list[Statement], state: State, events: frozenset[str], depth: int
    ) -> Iterator[Job]:
        for one in body if depth < _MAX_DEPTH else ():
            if one.name == "stage" and one.blocks:
                yield from self._stage(one, state, events, depth)

    def _stage(self, stage: Statement, state: State, events: frozenset[str], depth: int) -> Iterator[Job]:
        body = stage.blocks[0]
        inside = State(state.folder, state.may_fail, {**state.env, **_environment(body)})
        when = _child(body, "when")
        within = frozenset(one for one in events if all_of(_holds(each, one) for each in when) is not False)
        steps = tuple(self.steps.of(_child(body, "steps"), inside))
        if steps:
            yield Job(
                id=(stage.texts or ["stage"])[0],
                line=stage.line,
                steps=steps,
                triggers=triggers(within),
                path=self.path,
                any_branch="push" in within,
                matrix=self.matrix,
            )
        for name in ("stages", "parallel"):
            yield from self._stages(_child(body, name), inside, within, depth + 1)
        if matrix := _child(body, "matrix"):
            self.matrix = _axes(matrix)
            env = {name: "${{ matrix." + name + " }}" for one in self.matrix for name in one}
            yield from self._stages(
                _child(matrix, "stages"), State(env={**inside.env, **env}), within, depth + 1
            )
            self.matrix = ()


def _child(body: list[Statement], name: str) -> list[Statement]:
    """Return the block of a directive, empty where there is none."""
    return next((one.blocks[0] for one in body if one.name == name and one.blocks), [])


def _environment(body: list[Statement]) -> dict[str, str]:
    """Return the literal values of `environment { A = 'x' }`."""
    found = _child(body, "environment")
    return {one.name: one.texts[0] for one in found if one.name and len(one.tokens) == 3 and one.texts}  # noqa: PLR2004


def _axes(matrix: list[Statement]) -> tuple[dict[str, Any], ...]:
    """Return the combinations of a matrix."""
    axes = {}
    for axis in _child(matrix, "axes"):
        body = axis.blocks[0] if axis.blocks else []
        name = next((one.texts[0] for one in body if one.name == "name" and one.texts), "")
        values = next((one.texts for one in body if one.name == "values"), [])
        axes.update({name: values} if name and values else {})
    product = itertools.islice(itertools.product(*axes.values()), 256)
    return tuple(dict(zip(axes, values, strict=True)) for values in product) if axes else ()


def _holds(condition: Statement, event: str, depth: int = 0) -> bool | None:
    """Return whether a condition of `when` holds at an event, None where only a run could tell."""
    name = condition.name
    if depth < _MAX_DEPTH and condition.blocks and name in ("not", "anyOf", "allOf"):
        inner = [_holds(one, event, depth + 1) for one in condition.blocks[0]]
        return (
            any_of(inner) if name == "anyOf" else negated(all_of(inner)) if name == "not" else all_of(inner)
        )
    if name == "branch" and condition.texts:
        branch = _BRANCHES.get(event, "")
        return means(condition.texts[-1], branch) if event != "tag" else False
    if name in ("changeRequest", "buildingTag", "tag"):
        return event == ("change_request" if name == "changeRequest" else "tag")
    return False if name == "triggeredBy" else None
