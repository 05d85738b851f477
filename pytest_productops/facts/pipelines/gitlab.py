"""GitLab CI: the root file with its local includes, `extends`, `default` and `!reference` resolved.

https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import gitlab_rules
from pytest_productops.facts.pipelines.github import mapping, text, words
from pytest_productops.facts.pipelines.model import Job, Opaque, Pipeline, Problem, Step
from pytest_productops.facts.yaml import Map, Seq, Tagged, walk
from pytest_productops.model import Location

ROOT = ".gitlab-ci.yml"
_RESERVED = frozenset({
    "default", "include", "stages", "variables", "workflow", "spec", "image", "services", "cache",
    "before_script", "after_script", "types",
})  # fmt: skip
_DEFAULTS = ("before_script", "after_script")
_MAX_FILES = 100
_MAX_DEPTH = 10
"""Deepest chain of `extends` and `!reference` (GitLab allows 11 and 10)."""


@dataclass
class Reading:
    """What came of one root file: pipelines, what is wrong, and what cannot be followed."""

    pipelines: list[Pipeline] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opaque: list[Opaque] = field(default_factory=list)


def pipelines(files: Files, path: str = ROOT) -> Reading:
    """Read a root file and the child pipelines of its own tree that its jobs trigger."""
    reading = Reading()
    pending: list[tuple[str, Job | None]] = [(path, None)]
    seen: set[str] = set()
    while pending:
        path, parent = pending.pop()
        if path in seen or len(seen) > _MAX_FILES:
            continue
        seen.add(path)
        book = _Book(files, path, reading)
        if book.raw:
            reading.pipelines.append(book.pipeline(parent))
            pending.extend(book.children)
    return reading


class _Book:
    """All jobs that one root file sees, by name, and where each node is written."""

    def __init__(self, files: Files, root: str, reading: Reading) -> None:
        self.files = files
        self.root = root
        self.reading = reading
        self.raw: dict[str, Any] = {}
        self.home: dict[int, str] = {}
        self.alive: list[Any] = []  # ids in `home` stay unique while the nodes live
        self.complete = True
        self.children: list[tuple[str, Job | None]] = []
        self._load(root, set())

    # -- reading files ---------------------------------------------------------------------------------------

    def _load(self, path: str, seen: set[str]) -> None:
        if path in seen or len(seen) > _MAX_FILES:
            return
        seen.add(path)
        document, problems = mapping(self.files, path, "pipeline")
        self.reading.problems.extend(p for p in problems if not p.subject.startswith("key "))
        if document is None:
            self.complete = False
            return
        self.alive.append(document)
        self.home.update((id(node), path) for node in walk(document) if isinstance(node, (Map, Seq)))
        for entry, line in _entries(document, "include"):
            for included in self._included(entry, Location(path, line)):
                self._load(included, seen)
        for key, value in document.items():
            self.raw[key] = self._deep(self.raw.get(key), value)

    def _included(self, entry: Any, place: Location) -> Iterator[str]:
        """Yield the local files that an `include` names; what is elsewhere makes the pipeline incomplete."""
        local = entry if isinstance(entry, str) else entry.get("local") if isinstance(entry, Map) else None
        if not isinstance(local, str) or "://" in local or "$" in local:
            self._cannot_follow(f"an include of {_elsewhere(entry)}", place)
            return
        path = local.lstrip("/")
        found = fnmatch.filter(self.files, path.replace("**", "*")) if "*" in path else [path]
        for one in found:
            if one in self.files:
                yield one
            else:
                self.complete = False
                message = f"includes `{local}`, which does not exist"
                self.reading.problems.append(Problem(place, message, f"include {local}"))

    def _cannot_follow(self, what: str, place: Location) -> None:
        self.complete = False
        self.reading.opaque.append(Opaque(what, place))

    def _deep(self, below: Any, above: Any) -> Any:
        """Return two values merged as GitLab does: mappings key by key, all else replaced."""
        if not isinstance(below, Map) or not isinstance(above, Map):
            return above
        merged = Map(above.line)
        for source in (below, above):
            for key, value in source.items():
                known = merged.get(key) if source is above else None
                merged.put(key, self._deep(known, value), source.lines[key], source.keys_at[key])
        self.alive.append(merged)
        self.home[id(merged)] = self._home(above)
        return merged

    def _home(self, node: Any) -> str:
        return self.home.get(id(node), self.root)

    # -- jobs ------------------------------------------------------------------------------------------------

    def pipeline(self, parent: Job | None) -> Pipeline:
        """Return the pipeline of this root file; `parent` is the job that triggers it, if one does."""
        workflow = self.raw.get("workflow")
        jobs = [self._job(name, parent) for name in self.raw if self._is_job(name)]
        triggers = frozenset(trigger for job in jobs for trigger in job.triggers)
        return Pipeline(
            path=self.root,
            provider="gitlab",
            triggers=triggers,
            jobs=tuple(jobs),
            any_branch=any(job.any_branch for job in jobs),
            name=text(workflow.get("name")) if isinstance(workflow, Map) else "",
        )

    def _is_job(self, name: str) -> bool:
        job = self.raw[name]
        return isinstance(job, Map) and not name.startswith(".") and name not in _RESERVED

    def _effective(self, name: str, depth: int = 0) -> Map:
        """Return a job with what it extends merged in."""
        job = self.raw.get(name)
        if not isinstance(job, Map):
            return Map()
        below = Map(job.line)
        for base in words(job.get("extends")) if depth < _MAX_DEPTH else ():
            if isinstance(self.raw.get(base), Map):
                below = self._deep(below, self._effective(base, depth + 1))
            elif self.complete and "$" not in base:
                place = Location(self._home(job), job.keys_at.get("extends", job.line))
                problem = Problem(
                    place, f"job `{name}` extends `{base}`, which does not exist", f"extends {base}"
                )
                self.reading.problems += [problem] if problem not in self.reading.problems else []
        return self._deep(below, job) if below else job

    def _job(self, name: str, parent: Job | None) -> Job:
        job = self._effective(name)
        events = gitlab_rules.starts(job, self.raw.get("workflow"))
        path = self._home(self.raw[name])
        made = Job(
            id=name,
            line=max(self.raw[name].line - 1, 1),
            steps=tuple(self._steps(job, path)),
            needs=tuple(self._needs(job)),
            may_fail=job.get("allow_failure") is True,
            environment=_environment(job.get("environment")),
            triggers=gitlab_rules.triggers(events),
            path=path,
            any_branch="push" in events,
            never=job.get("when") == "never",
        )
        if parent:
            made = replace(made, triggers=parent.triggers, any_branch=parent.any_branch)
        self._children(job, made)
        return made

    def _children(self, job: Map, made: Job) -> None:
        trigger = job.get("trigger")
        if trigger is None:
            return
        included = trigger.get("include") if isinstance(trigger, Map) else None
        for entry in [included] if isinstance(included, (str, Map)) else included or [trigger]:
            local = (
                entry if isinstance(entry, str) else entry.get("local") if isinstance(entry, Map) else None
            )
            path = str(local).lstrip("/")
            if included and path in self.files:
                self.children.append((path, made))
            else:
                self.reading.opaque.append(
                    Opaque("a pipeline of another project", made.location, made.on_change)
                )

    def _needs(self, job: Map) -> Iterator[str]:
        """Yield the jobs that must exist, as far as all jobs are known."""
        needs = job.get("needs")
        for need in needs if isinstance(needs, list) and self.complete else ():
            if isinstance(need, str):
                yield need
            elif (
                isinstance(need, Map)
                and not {"pipeline", "project"} & set(need)
                and need.get("optional") is not True
            ):
                yield text(need.get("job"))

    # -- scripts ---------------------------------------------------------------------------------------------

    def _steps(self, job: Map, path: str) -> Iterator[Step]:
        shared = self.raw.get("default") if isinstance(self.raw.get("default"), Map) else Map()
        inherit = job.get("inherit")
        own = isinstance(inherit, Map) and inherit.get("default") is False
        bodies: dict[str, list[tuple[str, Location]]] = {}
        for key in (*_DEFAULTS, "script"):
            holder = next((h for h in (job, *((shared, self.raw) if not own else ())) if key in h), job)
            if key == "script":
                holder = job
            place = Location(self._home(holder) if isinstance(holder, Map) else path, 0)
            line = holder.lines.get(key, 0) if isinstance(holder, Map) else 0
            bodies[key] = list(self._lines(holder.get(key), place._replace(line=line), 0))
        main = bodies["before_script"] + bodies["script"]
        for name, body, may_fail in (("script", main, False), ("after_script", bodies["after_script"], True)):
            if body:
                run = "\n".join(line for line, _ in body)
                origins = tuple(place for _, place in body)
                yield Step(name, origins[0].line, run, path=path, origins=origins, may_fail=may_fail)

    def _lines(self, value: Any, place: Location, depth: int) -> Iterator[tuple[str, Location]]:
        """Yield the lines of a script with their places."""
        if depth > _MAX_DEPTH:
            return
        if isinstance(value, Seq):
            path = self.home.get(id(value), place.path)
            for one, line in zip(value, value.lines, strict=True):
                yield from self._lines(one, Location(path, line), depth + 1)
        elif isinstance(value, Tagged):
            yield from self._referenced(value, place, depth)
        elif value is not None and not isinstance(value, Mapping):
            for at, written in enumerate(text(value).rstrip("\n").split("\n")):
                yield written, place._replace(line=place.line + at)

    def _referenced(self, tagged: Tagged, place: Location, depth: int) -> Iterator[tuple[str, Location]]:
        """Yield the lines that a `!reference [job, key]` stands for."""
        keys = words(tagged.value)
        found: Any = self._effective(keys[0]) if tagged.tag == "!reference" and keys else None
        for key in keys[1:]:
            place = Location(self._home(found), found.lines.get(key, 0)) if isinstance(found, Map) else place
            found = found.get(key) if isinstance(found, Map) else None
        if found is None:
            self.reading.opaque.append(Opaque("a `!reference` to what is not in this repository", place))
        yield from self._lines(found, place, depth + 1)


def _entries(document: Map, key: str) -> Iterator[tuple[Any, int]]:
    value = document.get(key)
    if isinstance(value, Seq):
        yield from zip(value, value.lines, strict=True)
    elif value is not None:
        yield value, document.keys_at[key]


def _elsewhere(entry: Any) -> str:
    if isinstance(entry, Map):
        kind = next(
            (k for k in ("project", "remote", "template", "component", "local", "artifact") if k in entry), ""
        )
        return f"{kind} {text(entry[kind])}" if kind else "an unknown kind"
    return text(entry) or "an unknown kind"


def _environment(value: Any) -> str:
    return text(value.get("name")) if isinstance(value, Map) else text(value)
