"""The actions that jobs use: in their own steps, in composite actions and in reusable workflows of the repository."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Job, Pipelines, Step, github

MAX_NESTING = 4


def steps(pipelines: Pipelines, files: Files) -> Iterator[tuple[Job, Step]]:
    """Yield each step that uses a remote action, with the job as its caller starts it."""
    called = {pipeline.path: pipeline.jobs for pipeline in pipelines.pipelines}
    for pipeline in pipelines.pipelines:
        for job in pipeline.jobs:
            yield from _job(job, called, files, 0)


def _job(
    job: Job, called: dict[str, tuple[Job, ...]], files: Files, depth: int
) -> Iterator[tuple[Job, Step]]:
    if job.uses.startswith("./") and depth < MAX_NESTING:
        for inner in called.get(posixpath.normpath(job.uses), ()):
            under = replace(
                inner,
                triggers=job.triggers,
                any_branch=job.any_branch,
                may_fail=inner.may_fail or job.may_fail,
                never=inner.never or job.never,
            )
            yield from _job(under, called, files, depth + 1)
    for step in job.steps:
        yield from ((job, one) for one in _step(step, files, 0))


def _step(step: Step, files: Files, depth: int) -> Iterator[Step]:
    if not step.uses.startswith("./"):
        yield from (step,) if step.uses else ()
        return
    found = github.action(files, step.uses[2:]) if depth < MAX_NESTING else None
    for inner in found[0] if found else ():
        yield from _step(replace(inner, may_fail=inner.may_fail or step.may_fail), files, depth + 1)


def stops(job: Job, step: Step) -> bool:
    """Whether a failure of a step stops a change."""
    return job.on_change and not job.may_fail and not step.may_fail


def met(job: Job) -> bool:
    """Whether a job runs for changes or for what was merged, not on a timetable or by hand alone."""
    return not job.never and not {"change_request", "push", "call"}.isdisjoint(job.triggers)
