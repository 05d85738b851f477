"""Which linters, formatters and type checkers CI runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_productops.facts.commands import Call
from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Execution, Job, Pipelines
from pytest_productops.facts.pipelines.families import readings
from pytest_productops.facts.quality import names, used
from pytest_productops.facts.quality.builds import Builds
from pytest_productops.facts.quality.hooks import Hooks
from pytest_productops.facts.quality.model import Kind, Run
from pytest_productops.facts.quality.tools import of_action, of_command
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_HOOKS_ACTION = regex(
    r"pre-commit/action@|pre-commit-ci/lite-action@|\S+/(?:action-)?(?:pre-commit|prek)(?:-action)?@", 0
)
Found = tuple[str, Kind, bool]
"""A tool, its kind, and whether that is certain."""
MAX_ALIASES = 2
"""Deepest chain of aliases that is followed."""


class Reader:
    """Reads what the CI of one repository runs."""

    def __init__(self, files: Files, hooks: Hooks) -> None:
        self._files = files
        self._builds = Builds(files)
        self._hooks = hooks

    def runs(self, pipelines: Pipelines, unread: Iterable[Call] = ()) -> tuple[Run, ...]:
        """Return every run, those that are certain and can stop a change first; none twice."""
        found = [*self._commands(pipelines.executions), *self._actions(pipelines), *self._hosted()]
        for call in unread:
            said = str(call)[:120]
            found += (
                Run(*one[:2], call.location, said, can_stop=False, on_change=True, certain=one[2])
                for one in self.tools(call)
            )
        sure = {(one.kind, one.within) for one in found if one.certain}
        found = [one for one in found if one.certain or (one.kind, one.within) not in sure]
        ranked = sorted(found, key=lambda one: (not one.certain, not one.can_stop, not one.on_change))
        unique: dict[tuple[str, Kind, Location, bool], Run] = {}
        for one in ranked:
            unique.setdefault((one.tool, one.kind, one.location, one.can_stop), one)
        return tuple(unique.values())

    def _commands(self, executions: Iterable[Execution]) -> Iterator[Run]:
        known: dict[tuple[tuple[str, ...], str], tuple[Found, ...]] = {}
        config = self._hooks.config.path if self._hooks.config else ""
        for one in executions:
            if one.call.location.path == config:  # hooks are read with their stages, when pre-commit is met
                continue
            key = (one.call.words, one.call.folder)
            if key not in known:
                known[key] = tuple(dict.fromkeys(self.tools(one.call)))
            for tool, kind, certain in known[key]:
                text = str(one.call)[:120]
                met, within = used.met(one.job), one.job.location
                yield Run(tool, kind, one.call.location, text, one.can_stop, met, certain, within)

    def tools(self, call: Call) -> Iterator[Found]:
        """Yield the tools that one command runs."""
        sure = list(self._sure(call))
        yield from ((tool, kind, True) for tool, kind in sure)
        if not sure:
            yield from ((f"`{str(call)[:60]}`", kind, False) for kind in names.kinds(call))

    def _sure(self, call: Call, depth: int = 0) -> Iterator[tuple[str, Kind]]:
        if asked := _hooks_asked(call.words):
            yield "pre-commit", "style"
            hooks = (
                one for one in self._hooks.hooks if one.id in asked or (asked == ("",) and not one.manual)
            )
            yield from ((one.tool, one.kind) for one in hooks)
            return
        for words in filter(None, readings(call)):
            found = of_command(words)
            if found:
                yield found
                return
            yield from self._builds.runs(words)
            for inner in (
                self._builds.aliases(Call(words, call.location, call.folder)) if depth < MAX_ALIASES else ()
            ):
                yield from self._sure(inner, depth + 1)

    def _actions(self, pipelines: Pipelines) -> Iterator[Run]:
        for pipeline in pipelines.pipelines:
            for job in pipeline.jobs:
                yield from _by_name(job, pipeline.path, pipeline.name)
        for job, step in used.steps(pipelines, self._files):
            stops, met = used.stops(job, step), used.met(job)
            found = of_action(step.uses)
            if found:
                yield Run(*found, step.location, step.uses, stops, met, within=job.location)
            elif _HOOKS_ACTION.match(step.uses):
                yield Run("pre-commit", "style", step.location, step.uses, stops, met, within=job.location)
                for one in (one for one in self._hooks.hooks if not one.manual):
                    yield Run(one.tool, one.kind, step.location, f"{step.uses} ({one.id})", stops, met)

    def _hosted(self) -> Iterator[Run]:
        place = self._hooks.hosted
        for one in self._hooks.hooks if place else ():
            if place and one.id not in self._hooks.skipped and not one.manual:
                yield Run(
                    one.tool, one.kind, place, f"pre-commit.ci ({one.id})", can_stop=True, on_change=True
                )


def _hooks_asked(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the hook that a call of pre-commit runs, `("",)` for all, nothing where it is no such call."""
    at = next(
        (i for i, word in enumerate(words[:-1]) if word in ("pre-commit", "prek") and words[i + 1] == "run"),
        -1,
    )
    if at < 0:
        return ()
    rest = words[at + 2 :]
    return (rest[0],) if rest and not rest[0].startswith(("-", "$")) else ("",)


def _by_name(job: Job, path: str, workflow: str) -> Iterator[Run]:
    """Yield what a job, its workflow, or the one of another repository that it calls, is named for."""
    file = (job.uses.partition("@")[0] or path).rpartition("/")[2]
    for name in dict.fromkeys((file, workflow, job.id)):
        for kind in names.kinds_of_job(name):
            text = f"`{job.uses or job.id}`"
            met, place = used.met(job), job.location
            yield Run(text, kind, place, text, can_stop=False, on_change=met, certain=False, within=place)
