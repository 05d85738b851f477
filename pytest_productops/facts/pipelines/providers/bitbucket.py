"""Bitbucket Pipelines: pull requests, branches, the default, tags; custom ones are started by hand.

https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.pipelines.document import mapping, text
from pytest_productops.facts.pipelines.model import FATAL, Job, Opaque, Pipeline, Reading, Step
from pytest_productops.facts.pipelines.starting import CHANGE, MAIN, means, triggers
from pytest_productops.facts.pipelines.written import at, child, lines, step
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_ROOT = "bitbucket-pipelines.yml"
_WORKSPACE = regex(r"\$\{?BITBUCKET_CLONE_DIR\}?")
_MAX_DEPTH = 6


def read(files: Files) -> Reading:
    """Read the root file."""
    reading = Reading()
    document, problems = mapping(files, _ROOT, "pipeline") if _ROOT in files else (None, ())
    reading.problems += [one for one in problems if one.subject in FATAL]
    for section, value in child(document, "pipelines").items():
        for name, listed, place in _listed(section, value, child(document, "pipelines")):
            events = _events(section, name)
            reading.pipelines += _pipeline(section, name, listed, place, events)
            if isinstance(listed, Map) and "import" in listed:
                what = Opaque("a pipeline of another repository", Location(_ROOT, place), "push" in events)
                reading.opaque.append(what)
    return reading


def _listed(section: str, value: Any, holder: Map) -> Iterator[tuple[str, Any, int]]:
    """Yield the pipelines of a section: pattern or name, steps, line."""
    if section == "default":
        yield "", value, holder.keys_at[section]
    elif isinstance(value, Map):
        for name, listed in value.items():
            yield name, listed, value.keys_at[name]


def _events(section: str, pattern: str) -> frozenset[str]:
    if section == "pull-requests":
        return frozenset({"change_request"}) if means(pattern, CHANGE) is not False else frozenset()
    if section == "default":
        return frozenset({"push", "main"})
    if section == "branches":
        branches = (("push", CHANGE), ("main", MAIN))
        found = frozenset(event for event, branch in branches if means(pattern, branch) is not False)
        return found or frozenset({"main"})
    return frozenset({"tag"} if section == "tags" else {"manual"})


def _pipeline(section: str, name: str, listed: Any, line: int, events: frozenset[str]) -> Iterator[Pipeline]:
    started = triggers(events)
    title = f"{section} {name}".strip()
    jobs = tuple(_jobs(listed, title, line, events, 0))
    if jobs:
        yield Pipeline(_ROOT, "bitbucket", started, jobs, "push" in events, title)


def _jobs(listed: Any, title: str, line: int, events: frozenset[str], depth: int) -> Iterator[Job]:
    """Yield the steps of a list as jobs, those of `parallel` and `stage` too."""
    for one in listed if isinstance(listed, Seq) and depth < _MAX_DEPTH else ():
        if not isinstance(one, Map):
            continue
        if isinstance(one.get("step"), Map):
            yield _job(one["step"], title, events)
        for key in ("parallel", "stage"):
            inner = one.get(key)
            inner = inner.get("steps") if isinstance(inner, Map) else inner
            yield from _jobs(inner, title, line, events, depth + 1)


def _job(given: Map, title: str, events: frozenset[str]) -> Job:
    by_hand = given.get("trigger") == "manual"
    within = frozenset({"manual"}) if by_hand else events
    return Job(
        id=text(given.get("name")) or title,
        line=given.line,
        steps=tuple(_steps(given)),
        may_fail=text(child(given, "on-fail").get("strategy")) == "ignore",
        environment=text(given.get("deployment")),
        triggers=triggers(within),
        path=_ROOT,
        any_branch="push" in within,
        checkout=child(given, "clone").get("enabled") is not False,
    )


def _steps(given: Map) -> Iterator[Step]:
    for key, may_fail in (("script", False), ("after-script", True)):
        written = list(lines(given.get(key), at(given, key, _ROOT), _rooted))
        if written:
            yield step(written, key, may_fail=may_fail)


def _rooted(written: str) -> str:
    return _WORKSPACE.sub("$CI_PROJECT_DIR", written)
