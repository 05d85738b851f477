"""CircleCI: jobs, commands, parameters, workflows with filters and matrices; orbs are opaque.

https://circleci.com/docs/reference/configuration-reference/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, walk
from pytest_productops.facts.pipelines.actions import orb_may_test
from pytest_productops.facts.pipelines.circleci_steps import Steps
from pytest_productops.facts.pipelines.circleci_values import Values, defaults, fill, holds, meant
from pytest_productops.facts.pipelines.document import mapping, text, words
from pytest_productops.facts.pipelines.expressions import combinations
from pytest_productops.facts.pipelines.model import FATAL, Job, Opaque, Pipeline, Reading
from pytest_productops.facts.pipelines.starting import CHANGE, MAIN, means, triggers
from pytest_productops.facts.pipelines.ternary import any_of, negated
from pytest_productops.facts.pipelines.written import child
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_ROOTS = (".circleci/config.yml", ".circleci/config.yaml")
_EVENTS = ("push", "main", "tag", "schedule")
_BRANCHES = {"push": CHANGE, "main": MAIN, "schedule": MAIN}
_CONTINUED = regex(r"[\w./-]+\.ya?ml")
_MAX_CHAIN = 50
"""Longest chain of required jobs that is followed."""
_ONLY = regex(r"pipeline\.git\.branch == [\"']([\w./-]+)[\"']")
_OWN_KEYS = frozenset({
    "requires", "filters", "context", "matrix", "name", "type", "pre-steps", "post-steps", "alias", "exclude",
})  # fmt: skip


def read(files: Files) -> Reading:
    """Read the root file, and the one that it goes on with where that is in the tree."""
    reading = Reading()
    path = next((root for root in _ROOTS if root in files), "")
    document, problems = mapping(files, path, "configuration") if path else (None, ())
    reading.problems += [one for one in problems if one.subject in FATAL]
    if document is not None:
        for each in (path, *_continued(files, document, path)):
            found = document if each == path else mapping(files, each, "configuration")[0]
            if found is not None:
                _File(found, each, asked=each != path).read(reading)
        if document.get("setup") is True and len(reading.pipelines) + len(reading.opaque) == 1:
            reading.opaque.append(Opaque("the configuration that a setup makes", Location(path)))
    return reading


def _continued(files: Files, document: Map, path: str) -> Iterator[str]:
    """Yield the files that a setup configuration goes on with."""
    if document.get("setup") is True:
        told = " ".join(one for one in walk(document) if isinstance(one, str))
        for name in dict.fromkeys(_CONTINUED.findall(told)):
            if name in files and name != path and posixpath.dirname(name).startswith(".circleci"):
                yield name


class _File:
    """One configuration; `asked`: another one decides what its parameters are."""

    def __init__(self, document: Map, path: str, *, asked: bool) -> None:
        self.document = document
        self.path = path
        self.parameters = {} if asked else defaults(document.get("parameters"))
        self.jobs: dict[str, Any] = dict(child(document, "jobs"))
        commands: dict[str, Any] = dict(child(document, "commands"))
        for name, orb in child(document, "orbs").items():
            self.jobs.update({f"{name}/{key}": job for key, job in child(orb, "jobs").items()})
            commands.update({f"{name}/{key}": one for key, one in child(orb, "commands").items()})
            commands.update({key: one for key, one in child(orb, "commands").items() if key not in commands})
        self.steps = Steps(path, commands)

    def read(self, reading: Reading) -> None:
        """Add what the file says; a file without jobs and workflows is dead."""
        made = list(self._jobs())
        old = "workflows" not in self.document and text(self.document.get("version")) in ("", "1")
        if old and ("test" in self.document or "machine" in self.document):
            reading.opaque.append(
                Opaque("a configuration of CircleCI 1.0", Location(self.path), on_change=False)
            )
        if made:
            started = frozenset(trigger for job in made for trigger in job.triggers)
            any_branch = any(job.any_branch for job in made)
            reading.pipelines.append(Pipeline(self.path, "circleci", started, tuple(made), any_branch))
        reading.opaque += self.steps.opaque

    def _jobs(self) -> Iterator[Job]:
        workflows = {k: v for k, v in child(self.document, "workflows").items() if isinstance(v, Map)}
        if not workflows and "build" in self.jobs:
            yield from self._job("build", "build", Map(), frozenset({"push", "main"}))
        for workflow in workflows.values():
            events = frozenset(one for one in _EVENTS if self._starts(workflow, one) is not False)
            met = _met(workflow, events)
            for name, given in _listed(workflow):
                own = text(given.get("name")) or name
                yield from self._job(name, own, given, met[own])

    def _starts(self, workflow: Map, event: str) -> bool | None:
        """Return whether an event starts a workflow."""
        if "triggers" in workflow:
            return event == "schedule"
        if event == "schedule" and "when" not in workflow and "unless" not in workflow:
            return False
        values = self._values(event)
        when = holds(workflow["when"], values) if "when" in workflow else True
        return negated(holds(workflow["unless"], values)) if "unless" in workflow else when

    def _values(self, event: str) -> Values:
        git = {"branch": _BRANCHES.get(event, ""), "tag": "v1.0.0" if event == "tag" else ""}
        source = "scheduled_pipeline" if event == "schedule" else "webhook"
        about = {
            "git": git,
            "trigger_source": source,
            "schedule": {"name": None if event == "schedule" else ""},
        }
        return {"pipeline": {"parameters": self.parameters, **about}}

    def _job(self, name: str, own: str, given: Map, events: frozenset[str]) -> Iterator[Job]:
        """Yield the job of a workflow with the values that it is given."""
        job = self.jobs.get(name)
        line = given.line or child(self.document, "jobs").keys_at.get(name, 0)
        made = triggers(events)
        if not isinstance(job, Map):
            if given.get("type") != "approval" and orb_may_test(name):
                self.steps.opaque.append(
                    Opaque(f"the orb job `{name}`", Location(self.path, line), "push" in events)
                )
            return
        matrix = child(child(given, "matrix"), "parameters")
        values = {**self._values("push"), "parameters": self._given(job, given, matrix)}
        steps = [
            step
            for listed in (given.get("pre-steps"), job.get("steps"), given.get("post-steps"))
            for step in self.steps.of(listed, values, job)
        ]
        yield Job(
            id=own,
            line=child(self.document, "jobs").keys_at.get(name, line),
            steps=tuple(steps),
            triggers=made,
            path=self.path,
            any_branch="push" in events,
            matrix=combinations(matrix) if matrix else (),
            checkout=self.steps.checks_out(job.get("steps")),
        )

    def _given(self, job: Map, given: Map, matrix: Mapping[str, Any]) -> dict[str, Any]:
        values = self._values("push")
        own = {key: meant(value, values) for key, value in given.items() if key not in _OWN_KEYS}
        axes = {name: f"<< matrix.{name} >>" for name in matrix}
        return {**defaults(job.get("parameters")), **own, **axes}


def _listed(workflow: Map) -> Iterator[tuple[str, Map]]:
    """Yield the jobs of a workflow: name, and what it is given."""
    jobs = workflow.get("jobs")
    for one in jobs if isinstance(jobs, list) else ():
        if isinstance(one, str):
            yield one, Map()
        elif isinstance(one, Map):
            for name, given in one.items():
                yield name, given if isinstance(given, Map) else Map(one.line)


def _met(workflow: Map, events: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return at which events each job runs by itself: those of all jobs that it requires, none behind an approval."""
    listed = [(text(given.get("name")) or name, given) for name, given in _listed(workflow)]
    found = {
        own: frozenset(one for one in events if _passes(given.get("filters"), one) is not False)
        if given.get("type") != "approval"
        else frozenset()
        for own, given in listed
    }
    for _ in listed[:_MAX_CHAIN]:
        before = dict(found)
        for own, given in listed:
            for required in words(given.get("requires")):
                found[own] &= found.get(required, events)
        if found == before:
            break
    return found


def _passes(filters: Any, event: str) -> bool | None:
    """Return whether the filters of a job let an event pass; a tag needs a filter for tags."""
    if isinstance(filters, str):
        only = _ONLY.fullmatch(filters.strip())
        return None if only is None else event == "main" and _means(only[1], MAIN)
    kind = "tags" if event == "tag" else "branches"
    chosen = child(filters, kind)
    if event == "tag" and not chosen:
        return False
    name = "v1.0.0" if event == "tag" else _BRANCHES.get(event, CHANGE)
    if "only" in chosen:
        return any_of(_means(one, name) for one in words(chosen["only"])) if chosen["only"] else None
    return negated(any_of(_means(one, name) for one in words(chosen.get("ignore"))))


def _means(pattern: str, name: str) -> bool | None:
    pattern = fill(pattern, {})
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        found = means(pattern[1:-1], name, expression=True)
        return None if name.startswith("v") and not found else found
    return means(pattern, name)
