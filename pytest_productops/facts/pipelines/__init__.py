"""Pipelines: what CI runs, when, and whether a failure of it stops a change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pytest_productops.facts.commands import Commands
from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import providers
from pytest_productops.facts.pipelines.model import (
    UNREAD,
    Execution,
    Job,
    Opaque,
    Pipeline,
    Problem,
    Provider,
    Step,
    Trigger,
)
from pytest_productops.facts.pipelines.other import others
from pytest_productops.facts.pipelines.runs import Runner
from pytest_productops.repository import Fact, Repository

__all__ = ["Execution", "Job", "Opaque", "Pipeline", "Pipelines", "Problem", "Provider", "Step", "Trigger"]


class Pipelines(Fact):
    """The CI of a repository. `problems` make a file invalid; `other` are those of services that are not read."""

    def __init__(
        self,
        pipelines: Iterable[Pipeline] = (),
        problems: Iterable[Problem] = (),
        other: Iterable[str] = (),
        opaque: Iterable[Opaque] = (),
        *,
        files: Files | None = None,
        commands: Commands | None = None,
    ) -> None:
        self.pipelines = tuple(pipelines)
        self.problems = tuple(problems)
        self.other = tuple(other)
        self._opaque = tuple(opaque)
        self._files = files
        self._commands = commands

    @classmethod
    def gather(cls, repository: Repository) -> Pipelines:
        """Read all CI files; never fails."""
        files = repository[Files]
        found = list(providers.readings(files))
        pipelines = [one for reading in found for one in reading.pipelines]
        unread = [one for reading in found for one in reading.problems if one.subject == UNREAD]
        living = any(job.on_change for pipeline in pipelines for job in pipeline.jobs)
        return cls(
            pipelines,
            [one for reading in found for one in reading.problems],
            others(files, living=living),
            [
                *(one for reading in found for one in reading.opaque),
                *(Opaque("a CI file that cannot be read", one.location) for one in unread),
            ],
            files=files,
            commands=repository[Commands],
        )

    @cached_property
    def _run(self) -> tuple[tuple[Execution, ...], tuple[Opaque, ...]]:
        if self._files is None or self._commands is None:
            return (), self._opaque
        runner = Runner(self.pipelines, self._files, self._commands)
        return tuple(runner.all()), (*self._opaque, *runner.opaque)

    @property
    def executions(self) -> tuple[Execution, ...]:
        """Every command of a job, expanded through runners, scripts, actions and workflows of the tree."""
        return self._run[0]

    @property
    def opaque(self) -> tuple[Opaque, ...]:
        """What is used and cannot be followed."""
        return self._run[1]
