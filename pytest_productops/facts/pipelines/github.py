"""GitHub workflows and composite actions.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines import expressions, github_events
from pytest_productops.facts.pipelines.document import mapping, text, words
from pytest_productops.facts.pipelines.model import Job, Pipeline, Problem, Step
from pytest_productops.lazy import regex
from pytest_productops.model import Location

WORKFLOW = regex(r"\.github/workflows/[^/]+\.ya?ml")


def workflow(files: Files, path: str) -> tuple[Pipeline | None, tuple[Problem, ...]]:
    """Read a workflow; what makes it invalid comes as problems."""
    document, problems = mapping(files, path, "workflow")
    if document is None:
        return None, problems
    jobs = document.get("jobs")
    if not isinstance(jobs, Map):
        place = Location(path, document.keys_at.get("jobs", 0))
        return None, (*problems, Problem(place, "the workflow has no jobs", "jobs"))
    events = github_events.listed(document)
    if not events:
        problems = (*problems, Problem(Location(path), "the workflow has no `on:`", "on"))
    pipeline = Pipeline(
        path=path,
        provider="github",
        triggers=github_events.triggers(events),
        jobs=tuple(_jobs(jobs, document, path, events)),
        any_branch=github_events.any_branch(events),
        name=text(document.get("name")),
        events=frozenset(events),
        defaults=defaults(events.get("workflow_call", {})),
    )
    return pipeline, problems


def action(files: Files, folder: str) -> tuple[tuple[Step, ...], Mapping[str, Any]] | None:
    """Return the steps of a folder's composite action and its inputs' defaults; None where it has none."""
    for name in ("action.yml", "action.yaml"):
        path = posixpath.normpath(posixpath.join(folder, name))
        document = mapping(files, path, "action")[0] if path in files else None
        runs = document.get("runs") if document else None
        if isinstance(runs, Map) and isinstance(runs.get("steps"), Seq):
            return tuple(_steps(runs["steps"], path, {}, "", "")), defaults(document or {})
    return None


def defaults(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the default values of the inputs of an action or of a workflow's `workflow_call`."""
    declared = document.get("inputs")
    pairs = declared.items() if isinstance(declared, Mapping) else ()
    return {name: one["default"] for name, one in pairs if isinstance(one, Mapping) and "default" in one}


def _jobs(jobs: Map, document: Map, path: str, events: Mapping[str, Map]) -> Iterator[Job]:
    for name, job in jobs.items():
        if isinstance(job, Map):
            yield _job(name, job, document, path, jobs.keys_at[name], events)


def _job(name: str, job: Map, document: Map, path: str, line: int, events: Mapping[str, Map]) -> Job:
    strategy = job.get("strategy")
    condition = text(job.get("if"))
    env = {**_env(document), **_env(job)}
    folder = _default(job, "working-directory") or _default(document, "working-directory")
    shell = _default(job, "shell") or _default(document, "shell")
    steps = job.get("steps")
    started = github_events.narrowed(condition, events)
    return Job(
        id=name,
        line=line,
        steps=tuple(_steps(steps, path, env, folder, shell)) if isinstance(steps, Seq) else (),
        needs=words(job.get("needs")),
        uses=text(job.get("uses")).strip(),
        may_fail=job.get("continue-on-error") is True,
        condition=condition,
        environment=_environment(job.get("environment")),
        triggers=github_events.triggers(started),
        path=path,
        any_branch=github_events.any_branch(started),
        inputs=job["with"] if isinstance(job.get("with"), Map) else {},
        matrix=expressions.combinations(strategy.get("matrix")) if isinstance(strategy, Map) else (),
        never=_false(condition),
    )


def _false(condition: str) -> bool:
    return condition.removeprefix("${{").removesuffix("}}").strip() == "false"


def _steps(steps: Seq, path: str, env: Mapping[str, str], folder: str, shell: str) -> Iterator[Step]:
    for step, line in zip(steps, steps.lines, strict=True):
        if isinstance(step, Map) and not _false(text(step.get("if"))):
            yield _step(step, path, line, env, folder, shell)


def _step(step: Map, path: str, line: int, env: Mapping[str, str], folder: str, shell: str) -> Step:
    run = text(step.get("run"))
    first = step.lines.get("run", line)
    return Step(
        name=text(step.get("name")),
        line=line,
        run=run,
        uses=text(step.get("uses")).strip(),
        inputs=step["with"] if isinstance(step.get("with"), Map) else {},
        folder=text(step.get("working-directory")) or folder,
        env={**env, **_env(step)},
        may_fail=step.get("continue-on-error") is True,
        condition=text(step.get("if")),
        shell=text(step.get("shell")) or shell,
        path=path,
        origins=tuple(Location(path, first + at) for at in range(run.count("\n") + 1)) if run else (),
    )


def _env(holder: Map) -> dict[str, str]:
    env = holder.get("env")
    return {name: text(value) for name, value in env.items()} if isinstance(env, Map) else {}


def _default(holder: Map, key: str) -> str:
    found = holder.get("defaults")
    run = found.get("run") if isinstance(found, Map) else None
    return text(run.get(key)) if isinstance(run, Map) else ""


def _environment(value: Any) -> str:
    return text(value.get("name")) if isinstance(value, Map) else text(value)
