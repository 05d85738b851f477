"""Development containers and compositions: what they take from the repository.

https://containers.dev/implementors/json_reference/, https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.commands import Call, calls
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import json5, yaml
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

DEVCONTAINER = regex(r"(?:\.devcontainer/(?:[^/]+/)?devcontainer\.json|\.devcontainer\.json)\Z")
COMPOSE = regex(r"(?:docker-)?compose(?:[.-](?:override|dev|development|local))?\.ya?ml\Z")
COMMANDS = (
    "initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand",
    "postAttachCommand",
)  # fmt: skip
_OPAQUE = frozenset("$~{}<>*")
_FILE = regex(r"(?:.*/)?[\w.-]*[\w-]\.[a-z]{2,5}\Z")
"""What is a file by its name: Docker makes a folder of any other source of a volume that is missing."""


@dataclass(frozen=True)
class Need:
    """A path that a description takes from the repository, what it is for it, and where it says so."""

    what: str
    path: str
    location: Location


@dataclass(frozen=True)
class Described:
    """What a description needs, the commands it runs, and why it cannot be read."""

    needs: tuple[Need, ...] = ()
    calls: tuple[Call, ...] = ()
    problem: str = ""
    empty: bool = False


def devcontainer(files: Files, path: str) -> Described:
    """Read a `devcontainer.json`."""
    try:
        loaded = json5.load(files.read(path))
    except (Unreadable, json5.JsonError) as error:
        return Described(problem=str(error))
    needs = tuple(_of_container(loaded, path))
    run = tuple(call for key in COMMANDS for call in _run(loaded, path, key))
    return Described(needs, run, empty=not loaded.table())


def _of_container(loaded: json5.Loaded, path: str) -> Iterator[Need]:
    folder, data, build = posixpath.dirname(path), loaded.table(), loaded.table("build")
    wanted: list[tuple[str, Any, int]] = [
        ("Dockerfile", data.get("dockerFile"), loaded.line("dockerFile")),
        ("Dockerfile", build.get("dockerfile"), loaded.line("build", "dockerfile")),
        ("build context", build.get("context"), loaded.line("build", "context")),
    ]
    compose = data.get("dockerComposeFile")
    many = compose if isinstance(compose, list) else [compose]
    wanted += [("Compose file", each, loaded.line("dockerComposeFile")) for each in many]
    for what, value, line in wanted:
        if isinstance(value, str) and (place := joined(folder, value)) is not None:
            yield Need(what, place, Location(path, line))


def _run(loaded: json5.Loaded, path: str, key: str) -> Iterator[Call]:
    """Yield the commands of a hook: a text, a list of words, or several under names."""
    value = loaded.table().get(key)
    for each in value.values() if isinstance(value, dict) else [value]:
        words = [word for word in each if isinstance(word, str)] if isinstance(each, list) else []
        text = each if isinstance(each, str) else " ".join(words)
        yield from calls(text, Location(path, loaded.line(key)))


def compose(files: Files, path: str) -> Described:
    """Read a Compose file."""
    try:
        data = yaml.read(files.read(path), path).value
    except (Unreadable, yaml.YamlError) as error:
        return Described(problem=str(error))
    services = data.get("services") if isinstance(data, yaml.Map) else None
    if not isinstance(services, yaml.Map) or not services:
        return Described(empty=not isinstance(data, yaml.Map) or "include" not in data)
    named = (service for service in services.values() if isinstance(service, yaml.Map))
    return Described(tuple(need for service in named for need in _of_service(service, path)))


def _of_service(service: yaml.Map, path: str) -> Iterator[Need]:
    folder = posixpath.dirname(path)
    yield from _built(service, folder, path)
    for value in _listed(service.get("env_file")):
        optional = isinstance(value, dict) and value.get("required") is False
        name = value.get("path") if isinstance(value, dict) else value
        place = joined(folder, name) if isinstance(name, str) and not optional else None
        if place:
            yield Need("env_file", place, Location(path, service.lines.get("env_file", 0)))
    for value in _listed(service.get("volumes")):
        source = value.partition(":")[0] if isinstance(value, str) and ":" in value else ""
        place = joined(folder, source) if source.startswith(("./", "../")) and _FILE.match(source) else None
        if place:
            yield Need("volume", place, Location(path, service.lines.get("volumes", 0)))


def _built(service: yaml.Map, folder: str, path: str) -> Iterator[Need]:
    build = service.get("build")
    given = build if isinstance(build, yaml.Map) else {"context": build}
    context = given.get("context") or "."
    place = joined(folder, context) if isinstance(context, str) and "build" in service else None
    if place is None or "://" in str(context) or str(context).startswith("git@"):
        return
    at = Location(path, service.lines.get("build", 0))
    yield Need("build context", place, at)
    file = given.get("dockerfile", "Dockerfile")
    inner = joined(place, file) if isinstance(file, str) and "dockerfile_inline" not in given else None
    if inner is not None:
        yield Need("Dockerfile", inner, at)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def joined(folder: str, path: str) -> str | None:
    """Return a path from the root; None where it is absolute, holds a variable or leads out."""
    if path.startswith(("/", "\\")) or not _OPAQUE.isdisjoint(path) or "://" in path or ":" in path:
        return None
    place = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
    return None if place.startswith("..") else "" if place == "." else place
