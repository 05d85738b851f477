"""Which versions of a toolchain CI sets up, and whether all of them are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.ranges import Numbers
from pytest_productops.facts.pipelines import Job, Pipelines, Step
from pytest_productops.facts.pipelines.expressions import dynamic, texts
from pytest_productops.facts.toolchains.model import Statement
from pytest_productops.facts.toolchains.stated import number, statement
from pytest_productops.facts.toolchains.tools import Tool
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_CI = regex(
    r"^(?:\.github/(?:workflows|actions)/.+|\.gitlab-ci\.yml|\.gitlab/.+\.ya?ml|\.circleci/.+|azure-pipelines.*|\.azure.+|Jenkinsfile.*|"
    r"\.buildkite/.+|bitbucket-pipelines\.yml|\.builds?[/.].+|\.cirrus\.(?:yml|star)|appveyor\.yml|\.appveyor\.yml|\.travis\.yml|ci/.+|"
    r"\.ci/.+|scripts?/.*ci.*|tox\.(?:ini|toml)|noxfile\.py|hatch\.toml|\.zuul.*|\.semaphore/.+|\.drone\.yml|\.woodpecker.*|"
    r"docker-bake\.hcl|Earthfile|Makefile|[Jj]ustfile|.*conda.*/.*\.ya?ml|environment.*\.ya?ml|(?:.+/)?Dockerfile.*|Rakefile|gemfiles/.+|"
    r"build\.sh|test\.sh|.*/ci[-_.].*)$"
)


@dataclass(frozen=True)
class Setup:
    """A version that a job sets up; `tests`: the job runs tests that must pass with it."""

    statement: Statement
    tests: bool


class ToolchainsInCi(Fact):
    """What CI sets up."""

    def __init__(self, files: Files, pipelines: Pipelines) -> None:
        self._files = files
        self._pipelines = pipelines

    @classmethod
    def gather(cls, repository: Repository) -> ToolchainsInCi:
        """Prepare it; never fails."""
        return cls(repository[Files], repository[Pipelines])

    def setups(self, tool: Tool) -> tuple[tuple[Setup, ...], bool]:
        """Return what is set up, and whether that is all: no version was left to an expression or a file."""
        found: list[Setup] = []
        whole = not self._pipelines.other
        for pipeline in self._pipelines.pipelines:
            for job in pipeline.jobs:
                for step in job.steps:
                    if tool.actions.search(step.uses) and not job.never:
                        known, complete = _versions(job, step, tool)
                        tests = (job.path, job.id) in self._testing and not job.may_fail
                        found += [Setup(each, tests) for each in known]
                        whole = whole and complete
        return tuple(found), whole

    @cached_property
    def _testing(self) -> frozenset[tuple[str, str]]:
        """The jobs that run the root's tests, which must pass, on what they themselves install."""
        return frozenset(
            (each.job.path, each.job.id)
            for each in self._pipelines.executions
            if each.tests and not each.step.may_fail and not each.call.may_fail and not each.call.folder
            if not any("download-artifact" in step.uses for step in each.job.steps)
        )

    def mentions(self, release: Numbers, tool: Tool) -> bool:
        """Whether a release is named in any file that CI or a runner of tests reads."""
        dotted, glued = r"\.".join(map(str, release)), "".join(map(str, release))
        spellings = [rf"(?<![\d.]){dotted}(?!\d)", rf"(?<![\d.]){glued}(?!\d)"]
        if tool.name == "python":
            spellings.append(
                rf"(?:py|cp|pp|python){glued}(?!\d)|(?i:oldest|minimum|lowest|min[-_]?(?:python|version))"
            )
        if tool.name in {"rust", "go"}:
            spellings.append(r"(?i:msrv|rust[-_]version|oldstable|minimal[-_]versions|minimum|go\.mod)")
        wanted = re.compile("|".join(spellings))
        return any(wanted.search(content) for content in self._contents)

    @cached_property
    def _contents(self) -> tuple[str, ...]:
        return tuple(self._read(path for path in self._files if _CI.match(path)))

    def _read(self, paths: Iterable[str]) -> Iterator[str]:
        for path in paths:
            try:
                yield self._files.read(path)
            except Unreadable:
                continue


def _versions(job: Job, step: Step, tool: Tool) -> tuple[list[Statement], bool]:
    """Return the versions that a step asks for, and whether all of them are plain."""
    given = next((step.inputs[key] for key in tool.inputs if key in step.inputs), None)
    if given is None:
        return [], False
    found: list[Statement] = []
    complete = True
    for filled in texts(_text(given), job.matrix, {}):
        for written in re.split(r"[\n,]", filled):
            if dynamic(written) or not number(written.strip(" \"'[]")) or _cut(given, written, tool):
                complete = complete and not written.strip()
            else:
                found += statement("ci", written.strip(" \"'[]"), step.location)
    return found, complete


def _text(given: object) -> str:
    return "\n".join(map(str, given)) if isinstance(given, list) else str(given)


def _cut(given: object, written: str, tool: Tool) -> bool:
    """Whether YAML may have cut a version: an unquoted 3.10 is the number 3.1."""
    return (
        tool.parts > 1
        and written.strip().endswith(".1")
        and (isinstance(given, float) or "matrix" in str(given))
    )
