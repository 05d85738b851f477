"""The jobs of all pipelines: the jobs they need, the workflows they call, and their steps."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pytest_productops.facts.commands import Commands
from pytest_productops.facts.pipelines import Pipelines, expressions
from pytest_productops.facts.pipelines.model import Job, Pipeline
from pytest_productops.facts.pipelines.place import CHECKOUT, place_of
from pytest_productops.facts.pipelines.references.missing import Missing
from pytest_productops.facts.pipelines.references.model import Before, Broken
from pytest_productops.facts.pipelines.references.steps import Steps


class Checker:
    """Checks the pipelines of one repository."""

    def __init__(self, pipelines: Pipelines, commands: Commands, missing: Missing) -> None:
        self.pipelines = pipelines
        self.missing = missing
        self.commands = commands
        self._called = {
            posixpath.normpath(job.uses) for p in pipelines.pipelines for job in p.jobs if _local(job)
        }

    def all(self) -> Iterator[Broken]:
        """Yield every broken reference, some of them twice."""
        for one in self.pipelines.problems:
            fix = "correct the file, or delete it"
            yield Broken(one.location.path, one.subject, one.message, one.location, fix)
        for pipeline in self.pipelines.pipelines:
            known = {job.id for job in pipeline.jobs}
            for job in pipeline.jobs:
                yield from self._needs(job, known)
                yield from self._uses(job)
                if self._runs(pipeline, job):
                    yield from self._steps(pipeline, job)

    def _needs(self, job: Job, known: set[str]) -> Iterator[Broken]:
        for need in job.needs:
            if need not in known and not expressions.dynamic(need):
                message = f"job `{job.id}` needs `{need}`, which is no job of this file"
                fix = "name a job that exists, or drop it"
                yield Broken(job.path, f"needs {need}", message, job.location, fix)

    def _uses(self, job: Job) -> Iterator[Broken]:
        path = posixpath.normpath(job.uses)
        if _local(job) and not expressions.dynamic(job.uses) and path not in self.missing.files:
            steps = Steps(self.commands, self.missing, place_of(job, {}))
            yield steps.gone(job.path, job.uses, "workflow", path, job.location)

    def _runs(self, pipeline: Pipeline, job: Job) -> bool:
        """Whether a job's checkout is of this repository: a reusable workflow may be for others."""
        foreign = pipeline.triggers <= {"call"} and pipeline.path not in self._called
        return job.checkout and not job.never and not (pipeline.provider == "github" and foreign)

    def _steps(self, pipeline: Pipeline, job: Job) -> Iterator[Broken]:
        """Check the steps that run where this repository is checked out at the change."""
        steps = Steps(self.commands, self.missing, place_of(job, {}))
        github = pipeline.provider == "github"
        before = Before(plain=github, local=github)
        present = not github
        for step in job.steps:
            if step.uses.startswith(CHECKOUT):
                present = not (step.condition or set(step.inputs) & {"ref", "repository", "sparse-checkout"})
            elif present and not steps.place.others:
                yield from steps.check(step, before)
            before.step(step)


def _local(job: Job) -> bool:
    return job.uses.startswith("./")
