"""Publishing: which jobs of CI bring a release out: to a package index, a registry, the forge, or as a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import Execution, Job, Pipeline, Pipelines, Step
from pytest_productops.facts.releases import publish_steps as steps
from pytest_productops.facts.releases.publish_commands import DRY, by_name, published
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_OTHER_TEXT = regex(
    r"\b(?:twine upload|npm publish|yarn publish|pnpm publish|cargo publish|gem push"
    r"|goreleaser(?: release)?\b|gh release (?:create|upload)|mvnw? .{0,80}\bdeploy\b"
    r"|gradlew .{0,80}\bpublish\w*|docker push|mix hex\.publish|dotnet nuget push|nuget push"
    r"|semantic-release|hugoreleaser|poetry publish|uv publish"
    r"|promu (?:release|crossbuild tarballs)|lerna publish|changeset publish|ghr |release-cli create"
    r"|git push .{0,40}--tags|rake release)"
    r"|^\s{0,4}release:\s*$|provider:\s*(?:npm|pypi|rubygems|releases|script|cargo|docker)\b",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_TAGGING = regex(
    r"^git(?: -\S+ \S+)* tag (?!-l|--list|-d\b|--delete|--points-at|--contains|--merged|--no-merged"
    r"|--sort|-n|-v |\|)\S"
)
_PUSHING = regex(r"^git(?: -\S+ \S+)* push\b")


@dataclass(frozen=True)
class Publication:
    """Something that a job brings out: what, by which words, and where that is written."""

    what: str
    by: str
    location: Location
    pipeline: Pipeline | None = None
    job: Job | None = None

    @property
    def path(self) -> str:
        """The CI file that it runs in."""
        return self.pipeline.path if self.pipeline else self.location.path


class Publishing(Fact):
    """What CI publishes, in the order of its files."""

    def __init__(self, pipelines: Pipelines, files: Files) -> None:
        self._pipelines = pipelines
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Publishing:
        """Never fails."""
        return cls(repository[Pipelines], repository[Files])

    @cached_property
    def all(self) -> tuple[Publication, ...]:
        """Every publication; those of a CI whose files are not followed by their text."""
        found = [*self._by_steps(), *self._by_commands(), *self._by_tags(), *self._unread()]
        return tuple({(each.path, each.what, each.location): each for each in found}.values())

    @cached_property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """The pipelines that publish."""
        return tuple({each.path: each.pipeline for each in self.all if each.pipeline}.values())

    @property
    def searched(self) -> str:
        """What was read."""
        files = [pipeline.path for pipeline in self._pipelines.pipelines]
        return (
            f"read {len(files)} CI files: nothing publishes or tags a release"
            if files
            else "there is no CI that releases"
        )

    def _jobs(self) -> Iterator[tuple[Pipeline, Job]]:
        for pipeline in self._pipelines.pipelines:
            for job in pipeline.jobs:
                if _may_release(pipeline, job):
                    yield pipeline, job

    def _by_steps(self) -> Iterator[Publication]:
        for pipeline, job in self._jobs():
            shared = steps.by_workflow(job)
            if shared:
                yield Publication(shared, job.uses, job.location, pipeline, job)
            for step in self._steps(job):
                what = steps.by_action(step, job, pipeline)
                if what:
                    yield Publication(what, step.uses or step.name, step.location, pipeline, job)

    def _steps(self, job: Job) -> Iterator[Step]:
        """Yield the steps of a job and those of its composite actions in the tree."""
        from pytest_productops.facts.pipelines import github  # noqa: PLC0415

        waiting, seen = list(job.steps), set[str]()
        while waiting:
            step = waiting.pop(0)
            yield step
            if step.uses.startswith("./") and step.uses not in seen:
                seen.add(step.uses)
                found = github.action(self._files, step.uses[2:].rstrip("/"))
                waiting += found[0] if found else ()

    def _by_commands(self) -> Iterator[Publication]:
        for one in self._pipelines.executions:
            if _may_release(one.pipeline, one.job):
                what = published(one.call.words) or by_name(one)
                if what and not (what == "a container image" and steps.no_product(str(one.call), one.job)):
                    yield Publication(what, str(one.call)[:80], one.call.location, one.pipeline, one.job)

    def _by_tags(self) -> Iterator[Publication]:
        """Yield jobs that make a tag and push."""
        made: dict[tuple[str, str], Execution] = {}
        for one in self._pipelines.executions:
            key, text = (one.pipeline.path, one.job.id), str(one.call)
            if _TAGGING.match(text):
                made.setdefault(key, one)
            elif (
                key in made
                and _PUSHING.match(text)
                and not DRY.search(text)
                and _may_release(one.pipeline, one.job)
            ):
                first = made.pop(key)
                yield Publication("a tag", str(first.call)[:80], first.call.location, one.pipeline, one.job)

    def _unread(self) -> Iterator[Publication]:
        read = {pipeline.path for pipeline in self._pipelines.pipelines if pipeline.provider == "github"}
        paths = [
            *self._pipelines.other,
            *(p.path for p in self._pipelines.pipelines if p.provider != "github"),
        ]
        for path in dict.fromkeys(paths):
            if path in read or (PurePosixPath(path).name == ".travis.yml" and self._pipelines.pipelines):
                continue
            match = _OTHER_TEXT.search(_uncommented(self._text(path)))
            if match:
                line = _uncommented(self._text(path)).count("\n", 0, match.start()) + 1
                yield Publication("a release", match[0].strip()[:80], Location(path, line))

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _uncommented(text: str) -> str:
    return re.sub(r"(?m)^[^\S\n]*(?:#|//).*$", "", text)


def _may_release(pipeline: Pipeline, job: Job) -> bool:
    """Whether a job may release: it runs, and not for change requests alone."""
    return not job.never and bool((job.triggers or pipeline.triggers) - {"change_request"})
