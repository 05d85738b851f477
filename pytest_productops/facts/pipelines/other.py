"""CI files of services that are not read: that they exist keeps a rule from saying that there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.commands import calls
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.yaml import Map, YamlError, read, walk
from pytest_productops.facts.pipelines import groovy
from pytest_productops.facts.pipelines.document import mapping
from pytest_productops.facts.pipelines.families import test_family
from pytest_productops.facts.pipelines.written import at, child
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_NAMES = regex(
    r"\.travis\.ya?ml|\.woodpecker(?:\.ya?ml|/.+\.ya?ml)|\.cirrus\.(?:ya?ml|star)|\.?buildkite/.+\.(?:py|rb|ts|js)"
    r"|\.?zuul(?:\.ya?ml|\.d/.+\.ya?ml)|\.drone\.(?:ya?ml|star|jsonnet)|\.?appveyor\.ya?ml|\.prow/.+\.ya?ml|\.prow\.ya?ml"
    r"|\.tekton/.+\.ya?ml|\.semaphore/.+\.ya?ml|cloudbuild\.ya?ml|codemagic\.ya?ml|bitrise\.ya?ml|wercker\.yml"
    r"|\.teamcity/.+|\.(?:forgejo|gitea)/workflows/[^/]+\.ya?ml|buildspec[^/]*\.ya?ml|\.packit\.ya?ml|\.taskcluster\.ya?ml"
    r"|taskcluster/.+|\.expeditor/.+\.ya?ml|\.evergreen/.+\.ya?ml|\.onedev-buildspec\.yml|\.kokoro/.+|\.hydra\.json"
)
_TESTING = regex(r"(?:^|-)(?:tox-(?:py|func)|py\d|python\d*-jobs|unit|functional|tempest|tests?)(?:-|\d|$)")
_DEAD = regex(r"\.travis\.ya?ml|wercker\.yml|\.?appveyor\.ya?ml")


def others(files: Files, *, living: bool) -> tuple[str, ...]:
    """Return these files; one of a service that most have left counts only where no other CI is `living`."""
    found = [path for path in files if _NAMES.fullmatch(path)]
    alive = [path for path in found if not _DEAD.fullmatch(path)]
    return tuple(alive if living or alive else found)


def commands(files: Files, path: str) -> Iterator[tuple[Location, str]]:
    """Yield the commands that run tests in a living service's file: its texts may be commands.

    A file that is no YAML is taken for Groovy, as a scripted Jenkinsfile.
    """
    if _DEAD.fullmatch(path):
        return
    if "zuul" in path:
        yield from _zuul(files, path)
        return
    for text, line in _texts(files, path):
        for call in calls(text, Location(path)) if " " in text[:10_000] else ():
            if test_family(call):
                yield Location(path, line), str(call)


def _texts(files: Files, path: str) -> Iterator[tuple[str, int]]:
    """Yield the texts of a file, with their lines where those are known."""
    if path.endswith((".yml", ".yaml")):
        yield from ((one, 0) for one in walk(mapping(files, path, "file")[0]) if isinstance(one, str))
        return
    try:
        tokens = groovy.tokens(files.read(path))
    except Unreadable:
        return
    yield from ((token.text, token.line) for token in tokens if token.kind == "text")


def _zuul(files: Files, path: str) -> Iterator[tuple[Location, str]]:
    """Yield the jobs of a project's `check` pipeline that are named for tests.

    https://zuul-ci.org/docs/zuul/latest/config/project.html
    """
    try:
        found = read(files.read(path), path).value
    except (Unreadable, YamlError):
        return
    for one in walk(found):
        for holder, key in ((child(one, "check"), "jobs"), (one, "templates")):
            listed = holder.get(key) if isinstance(holder, Map) else None
            for name in map(_voting, listed if isinstance(listed, list) else ()):
                if _TESTING.search(name):
                    yield at(holder, key, path), f"the job {name}"


def _voting(job: Any) -> str:
    """Return the name of a job of Zuul whose failure counts, else nothing."""
    if isinstance(job, Map) and job:
        name, given = next(iter(job.items()))
        return "" if isinstance(given, Map) and given.get("voting") is False else name
    return job if isinstance(job, str) else ""
