"""The words of the pipeline model: pipeline, job, step, execution, and what cannot be followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from pytest_productops.facts.commands import Call
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Trigger = Literal["change_request", "push", "tag", "schedule", "manual", "call"]
Provider = Literal["github", "gitlab", "circleci", "azure", "buildkite", "bitbucket", "jenkins", "sourcehut"]


SCRIPTED = "a scripted pipeline"
"""What a Jenkinsfile that is not declarative is told to be, among what is opaque."""


@dataclass(frozen=True)
class Step:
    """One step of a job: a shell text (`run`) or an action (`uses`).

    `folder` is where it runs, relative to the root of the repository. `origins` are the places of the lines
    of `run`. `may_fail`: its failure is ignored.
    """

    name: str
    line: int
    run: str = ""
    uses: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict, hash=False)
    folder: str = ""
    env: Mapping[str, str] = field(default_factory=dict, hash=False)
    may_fail: bool = False
    condition: str = ""
    shell: str = ""
    path: str = ""
    origins: tuple[Location, ...] = ()

    @property
    def location(self) -> Location:
        """Where it is written."""
        return Location(self.path, self.line)


@dataclass(frozen=True)
class Job:
    """A job. `triggers` are those that really start it; `uses` is the reusable workflow that it calls.

    `any_branch`: a push to any branch starts it. `matrix` are its combinations of literal values, `inputs`
    what it gives a reusable workflow. `never`: its condition is literally false. `checkout`: it runs, as far
    as is known, where this repository is checked out.
    """

    id: str
    line: int
    steps: tuple[Step, ...] = ()
    needs: tuple[str, ...] = ()
    uses: str = ""
    may_fail: bool = False
    condition: str = ""
    environment: str = ""
    triggers: frozenset[Trigger] = frozenset()
    path: str = ""
    any_branch: bool = False
    inputs: Mapping[str, Any] = field(default_factory=dict, hash=False)
    matrix: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)
    never: bool = False
    checkout: bool = True

    @property
    def location(self) -> Location:
        """Where it is written."""
        return Location(self.path, self.line)

    @property
    def on_change(self) -> bool:
        """Whether every change is met by it: it runs on change requests, or on pushes to any branch."""
        started = "change_request" in self.triggers or ("push" in self.triggers and self.any_branch)
        return started and not self.never


@dataclass(frozen=True)
class Pipeline:
    """One CI file: what starts it, and its jobs. `events` are the provider's own names of the triggers.

    `any_branch`: a push starts it whatever the branch. `defaults` are those of the inputs of a reusable one.
    """

    path: str
    provider: Provider
    triggers: frozenset[Trigger]
    jobs: tuple[Job, ...]
    any_branch: bool = False
    name: str = ""
    events: frozenset[str] = frozenset()
    defaults: Mapping[str, Any] = field(default_factory=dict, hash=False)


UNREAD = "unreadable"
"""The subject of a file of which only its being there is known."""
FATAL = frozenset({"syntax", UNREAD})
"""The subjects of files that hold nothing for us."""


@dataclass(frozen=True)
class Problem:
    """Something that makes a CI file invalid. `subject` says what, in a word or two, stable."""

    location: Location
    message: str
    subject: str = "syntax"


@dataclass(frozen=True)
class Opaque:
    """Something that cannot be followed, as a workflow elsewhere. `on_change`: every change meets it."""

    what: str
    location: Location
    on_change: bool = True


@dataclass
class Reading:
    """What came of the files of one service: pipelines, what is wrong, and what cannot be followed."""

    pipelines: list[Pipeline] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opaque: list[Opaque] = field(default_factory=list)


@dataclass(frozen=True)
class Execution:
    """One command that a job runs.

    `can_stop`: a failure of it fails the check of a change. `tests` is the family of tests that it runs, if
    any; `hidden` what it runs out of sight (a container, another machine), `program` the script of the tree
    that it runs, where that is in a language that is not followed and may run tests.
    """

    call: Call
    pipeline: Pipeline
    job: Job
    step: Step
    can_stop: bool
    tests: str = ""
    hidden: str = ""
    program: str = ""
