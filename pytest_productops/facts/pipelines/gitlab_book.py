"""The jobs that one GitLab root file sees: local includes read, `extends` merged, each node's file known.

https://docs.gitlab.com/ci/yaml/includes/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Seq, walk
from pytest_productops.facts.globs import glob
from pytest_productops.facts.pipelines.document import mapping, text, words
from pytest_productops.facts.pipelines.model import Opaque, Problem
from pytest_productops.model import Location

MAX_FILES = 100
MAX_DEPTH = 10
"""Deepest chain of `extends` and `!reference` (GitLab allows 11 and 10)."""
_RESERVED = frozenset({
    "default", "include", "stages", "variables", "workflow", "spec", "image", "services", "cache",
    "before_script", "after_script", "types",
})  # fmt: skip


class Book:
    """All jobs that one root file sees, by name, and where each node is written.

    `complete`: no job of it can come from elsewhere. `problems` make it invalid, `opaque` is not followed.
    """

    def __init__(self, files: Files, root: str) -> None:
        self.files = files
        self.root = root
        self.raw: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.opaque: list[Opaque] = []
        self.complete = True
        self._homes: dict[int, str] = {}
        self._alive: list[Any] = []  # ids in `_homes` stay unique while the nodes live
        self._load(root, set())

    @property
    def names(self) -> list[str]:
        """The names of the jobs, without the hidden ones."""
        return [name for name in self.raw if self._is_job(name)]

    def job(self, name: str) -> Map:
        """Return a job with what it extends merged in."""
        return self._effective(name, 0)

    def home(self, node: Any, otherwise: str = "") -> str:
        """Return the file that a node is written in."""
        return self._homes.get(id(node), otherwise or self.root)

    def _load(self, path: str, seen: set[str]) -> None:
        if path in seen or len(seen) > MAX_FILES:
            return
        seen.add(path)
        document, problems = mapping(self.files, path, "pipeline")
        self.problems.extend(p for p in problems if not p.subject.startswith("key "))
        if document is None:
            self.complete = False
            return
        self._alive.append(document)
        self._homes.update((id(node), path) for node in walk(document) if isinstance(node, (Map, Seq)))
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
        found = list(filter(glob(path.replace("**", "*")), self.files)) if "*" in path else [path]
        for one in found:
            if one in self.files:
                yield one
            else:
                self.complete = False
                message = f"includes `{local}`, which does not exist"
                self.problems.append(Problem(place, message, f"include {local}"))

    def _cannot_follow(self, what: str, place: Location) -> None:
        self.complete = False
        self.opaque.append(Opaque(what, place))

    def _deep(self, below: Any, above: Any) -> Any:
        """Return two values merged as GitLab does: mappings key by key, all else replaced."""
        if not isinstance(below, Map) or not isinstance(above, Map):
            return above
        merged = Map(above.line)
        for source in (below, above):
            for key, value in source.items():
                known = merged.get(key) if source is above else None
                merged.put(key, self._deep(known, value), source.lines[key], source.keys_at[key])
        self._alive.append(merged)
        self._homes[id(merged)] = self.home(above)
        return merged

    def _is_job(self, name: str) -> bool:
        job = self.raw[name]
        return isinstance(job, Map) and not name.startswith(".") and name not in _RESERVED

    def _effective(self, name: str, depth: int) -> Map:
        job = self.raw.get(name)
        if not isinstance(job, Map):
            return Map()
        below = Map(job.line)
        for base in words(job.get("extends")) if depth < MAX_DEPTH else ():
            if isinstance(self.raw.get(base), Map):
                below = self._deep(below, self._effective(base, depth + 1))
            elif self.complete and "$" not in base:
                place = Location(self.home(job), job.keys_at.get("extends", job.line))
                problem = Problem(
                    place, f"job `{name}` extends `{base}`, which does not exist", f"extends {base}"
                )
                self.problems += [problem] if problem not in self.problems else []
        return self._deep(below, job) if below else job


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
