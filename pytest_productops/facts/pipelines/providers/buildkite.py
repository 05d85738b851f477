"""Buildkite: the pipelines of `.buildkite/`, with groups, plugins, matrices and `soft_fail`.

https://buildkite.com/docs/pipelines/configure/defining-steps. Which pipeline builds what is set in the service:
one that is named for a release or a clock is taken for no check of a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines.document import mapping, text
from pytest_productops.facts.pipelines.expressions import combinations
from pytest_productops.facts.pipelines.model import FATAL, Job, Opaque, Pipeline, Reading, Step
from pytest_productops.facts.pipelines.starting import CHANGE, MAIN, means, triggers
from pytest_productops.facts.pipelines.ternary import all_of, any_of, negated
from pytest_productops.facts.pipelines.written import at, lines, maps, step, texts
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PATH = regex(r"\.?buildkite/(?:.+/)?[^/]+\.ya?ml|buildkite\.ya?ml")
_OTHER = regex(
    r"release|deploy|publish|nightly|weekly|daily|schedule|cron|promot|rollback|benchmark", re.IGNORECASE
)
_MATRIX = regex(r"\{\{\s*matrix(?:\.([\w-]+))?\s*\}\}")
_ROOT = regex(r"\$\{?BUILDKITE_BUILD_CHECKOUT_PATH\}?")
_BACKSLASH = regex(r"(?<=\w)\\(?=\w)")
"""What parts a path of Windows."""
_MADE = regex(r"\|\s*buildkite-agent pipeline upload|pipeline upload\s*(?:<|$)")
_CHANGES = regex(
    r"build\.pull_request\.\w+\s*!=\s*null|build\.branch\s*!=\s*[\"'](?:main|master|trunk|develop)[\"']"
)
_MAIN_ONLY = regex(r"^\s*build\.branch\s*==\s*[\"'](?:main|master|trunk|develop)[\"']\s*$")
_TAG_ONLY = regex(r"^\s*build\.tag\s*(?:!=\s*null|=~)")
_MAX_DEPTH = 4


def read(files: Files) -> Reading:
    """Read every pipeline."""
    reading = Reading()
    for path in files:
        if "buildkite" in path and _PATH.fullmatch(path):
            document, problems = mapping(files, path, "pipeline")
            reading.problems += [one for one in problems if one.subject in FATAL]
            if document is not None and isinstance(document.get("steps"), Seq):
                _File(document, path, reading).read()
    return reading


class _File:
    """One pipeline file."""

    def __init__(self, document: Map, path: str, reading: Reading) -> None:
        self.document = document
        self.path = path
        self.reading = reading
        self.events = frozenset({"manual"} if _OTHER.search(path) else {"push", "main", "tag"})

    def read(self) -> None:
        """Add the pipeline."""
        jobs = tuple(self._jobs(self.document["steps"], False, 0))
        started = frozenset(trigger for job in jobs for trigger in job.triggers)
        any_branch = any(job.any_branch for job in jobs)
        self.reading.pipelines.append(Pipeline(self.path, "buildkite", started, jobs, any_branch))

    def _jobs(self, steps: Any, may_fail: bool, depth: int) -> Iterator[Job]:
        for one, _ in maps(steps):
            if "group" in one and depth < _MAX_DEPTH:
                yield from self._jobs(one.get("steps"), may_fail, depth + 1)
            elif isinstance(one.get("command"), Map) or isinstance(one.get("step"), Map):
                yield from self._jobs(_alone(one), may_fail, depth + 1) if depth < _MAX_DEPTH else ()
            elif any(key in one for key in ("command", "commands", "plugins")):
                yield self._job(one)

    def _job(self, one: Map) -> Job:
        events = frozenset(event for event in self.events if _passes(one, event) is not False)
        job = Job(
            id=text(one.get("label")) or text(one.get("name")) or text(one.get("key")) or "step",
            line=one.line,
            steps=tuple(self._steps(one)),
            may_fail=_soft(one.get("soft_fail")),
            condition=text(one.get("if")),
            triggers=triggers(events),
            path=self.path,
            any_branch="push" in events,
            matrix=_matrix(one.get("matrix")),
            never=one.get("skip") not in (None, False, ""),
        )
        for made in job.steps:
            if _MADE.search(made.run):
                unseen = Opaque("a pipeline that a script makes", job.location, job.on_change)
                self.reading.opaque.append(unseen)
        return job

    def _steps(self, one: Map) -> Iterator[Step]:
        env = {**texts(self.document.get("env")), **texts(one.get("env"))}
        key = "commands" if "commands" in one else "command"
        written = list(lines(one.get(key), at(one, key, self.path), _filled))
        for plugin, place in self._plugins(one.get("plugins")):
            inner = next((plugin[name] for name in ("command", "commands") if name in plugin), None)
            if inner is not None and not written:
                command = " ".join(text(word) for word in inner) if isinstance(inner, Seq) else text(inner)
                written = [(_filled(command), place)]
            elif isinstance(plugin.get("run"), str) and not written:
                written = [(f"docker-compose run {plugin['run']}", place)]
        if written:
            yield step(written, text(one.get("label")), env=env)

    def _plugins(self, plugins: Any) -> Iterator[tuple[Map, Location]]:
        """Yield the settings of a step's plugins."""
        holders = [plugins] if isinstance(plugins, Map) else [one for one, _ in maps(plugins)]
        for holder in holders:
            for name, settings in holder.items():
                if isinstance(settings, Map):
                    yield settings, Location(self.path, holder.keys_at[name])


def _alone(one: Map) -> Seq:
    """Return the nested form `- command: {command: x}` as a list of steps."""
    found = Seq(one.line)
    inner = one.get("command") if isinstance(one.get("command"), Map) else one.get("step")
    found.append(inner)
    found.lines.append(one.line)
    return found


def _soft(value: Any) -> bool:
    """Whether every failure is ignored: `true`, or an exit status of `*`."""
    return value is True or any(one.get("exit_status") == "*" for one, _ in maps(value))


def _matrix(value: Any) -> tuple[Any, ...]:
    """Return the combinations of a matrix: a list, or a `setup` of lists."""
    if isinstance(value, Seq):
        return tuple({"value": one} for one in value if not isinstance(one, (Map, Seq)))
    setup = value.get("setup") if isinstance(value, Map) else None
    return combinations(setup) if isinstance(setup, Map) else _matrix(setup) if isinstance(setup, Seq) else ()


def _filled(written: str) -> str:
    """Return a command with the root, the matrix and escaped variables as the readers of shell texts know them."""
    written = _MATRIX.sub(lambda match: "${{ matrix." + (match[1] or "value") + " }}", written)
    written = _BACKSLASH.sub("/", written)
    return _ROOT.sub("$CI_PROJECT_DIR", written.replace("$$", "$"))


def _passes(one: Map, event: str) -> bool | None:
    """Return whether `branches:` and `if:` let an event pass."""
    condition, branches = text(one.get("if")), text(one.get("branches"))
    told: list[bool | None] = [_condition(condition, event) if condition else True]
    if branches and event != "tag":
        told.append(_branches(branches.split(), MAIN if event == "main" else CHANGE))
    return all_of(told)


def _branches(patterns: list[str], branch: str) -> bool | None:
    without = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    wanted = [pattern for pattern in patterns if not pattern.startswith("!")]
    passes = any_of(means(pattern, branch) for pattern in wanted) if wanted else True
    return all_of([passes, negated(any_of(means(pattern, branch) for pattern in without))])


def _condition(condition: str, event: str) -> bool | None:
    """Return whether an `if:` of a common form lets an event pass."""
    if _MAIN_ONLY.match(condition):
        return event == "main"
    if _TAG_ONLY.match(condition):
        return event == "tag"
    return (event != "main" or None) if _CHANGES.search(condition) else None
