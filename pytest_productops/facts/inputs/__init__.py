"""Build inputs: base images, toolchains, downloaded installers and hooks, and which of them may change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.components import Components
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.inputs import hooks, images, installers, toolchains
from pytest_productops.facts.inputs.model import Input
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.product.words import ASIDE
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

__all__ = ["BuildInputs", "Input"]
_TRIALS = regex(
    r"(?i)(?:^|/)[^/]*(?:example|benchmark|sample|demo|test)[^/]*(?:/|$)|(?:^|/)\.devcontainer/|(?:^|/)\.?(?:dev|local)[^/]*/"
)


class BuildInputs(Fact):
    """What the product is built from, without what is for tests, examples and documentation."""

    def __init__(self, files: Files, components: Components, pipelines: Pipelines) -> None:
        self._files = files
        self._folders = tuple(each.folder for each in components.all)
        self._pipelines = pipelines

    @classmethod
    def gather(cls, repository: Repository) -> BuildInputs:
        """Never fails."""
        return cls(repository[Files], repository[Components], repository[Pipelines])

    @cached_property
    def all(self) -> tuple[Input, ...]:
        """Everything that is read, what is pinned as well."""
        found = [*self._images(), *toolchains.named(self._files, self._folders)]
        steps = (step for p in self._pipelines.pipelines for job in p.jobs for step in job.steps)
        found += [each for step in steps for each in installers.in_step(step)]
        return (*found, *self._hooks[0])

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """Why a Dockerfile or a list of hooks cannot be read."""
        unread = (reason for path in self._dockerfiles if (reason := self._problem(path)))
        return (*unread, *self._hooks[1])

    @cached_property
    def _hooks(self) -> tuple[tuple[Input, ...], tuple[str, ...]]:
        return hooks.read(self._files)

    @cached_property
    def _dockerfiles(self) -> tuple[str, ...]:
        own = (
            path
            for path in self._files
            if own_words(path) and not ASIDE.search(path) and not _TRIALS.search(path)
        )
        return tuple(path for path in own if images.NAME.fullmatch(path))

    def _problem(self, path: str) -> str:
        try:
            self._files.read(path)
        except Unreadable as error:
            return str(error)
        return ""

    def _images(self) -> Iterator[Input]:
        for path in self._dockerfiles:
            if not self._problem(path):
                text = self._files.read(path)
                yield from images.based(text, path)
                yield from installers.in_dockerfile(text, path)
