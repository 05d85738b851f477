"""Services of docker compose: https://github.com/compose-spec/compose-spec/blob/main/spec.md.

Most compositions are for developers. One is of a deployment when its name or folder says so, or when it is written
for a swarm (`deploy:` with replicas, a policy of updates or a placement).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.workloads.model import Container, User, Workload
from pytest_productops.facts.workloads.places import text_of
from pytest_productops.lazy import regex
from pytest_productops.model import Location

NAMED = regex(r"(?:.*/)?(?:docker-)?(?:compose|stack)(?:[._-][\w.-]+)?\.ya?ml\Z", re.IGNORECASE)
_DEPLOYED = regex(
    r"(?:^|[/._-])(?:prod(?:uction)?|deploy(?:ment|ed)?|release|staging|live|swarm|stack|self-?host(?:ed)?)"
    r"(?=[/._-])",
    re.IGNORECASE,
)
_SWARM = frozenset({"replicas", "update_config", "rollback_config", "placement"})
_FROM = regex(r"^FROM\s", re.IGNORECASE | re.MULTILINE)
_CHECKED = regex(r"^HEALTHCHECK\s+(?!NONE)", re.IGNORECASE | re.MULTILINE)
_ALIVE = frozenset({"liveness", "readiness"})


def deployed(path: str, value: Any) -> bool:
    """Whether a composition is of a deployment, not of a developer's machine."""
    if _DEPLOYED.search(path):
        return True
    found = (each.get("deploy") for each in _services(value).values() if isinstance(each, Map))
    return any(isinstance(deploy, Map) and not _SWARM.isdisjoint(deploy) for deploy in found)


def services(value: Any, path: str, files: Files) -> Iterator[Workload]:
    """Yield the services of a composition; what another file is laid over stays unsure."""
    for name, each in _services(value).items():
        if isinstance(each, Map) and not each.get("profiles"):
            yield _service(name, each, path, files)


def _services(value: Any) -> Map:
    found = value.get("services") if isinstance(value, Map) else None
    return found if isinstance(found, Map) else Map()


def _service(name: str, value: Map, path: str, files: Files) -> Workload:
    at = Location(path, value.line - 1)
    deploy = value.get("deploy")
    replicas = deploy.get("replicas") if isinstance(deploy, Map) else value.get("scale")
    image = value.get("image")
    container = Container(
        name,
        at,
        image if isinstance(image, str) and "build" not in value else "",
        bool(value.get("ports") or value.get("expose")),
        _probes(value, path, files),
        user=_user(value),
    )
    known = isinstance(replicas, int)
    return Workload(
        "service",
        name,
        at,
        (container,),
        replicas if known else None,
        Location(path, deploy.keys_at.get("replicas", 0)) if known and isinstance(deploy, Map) else at,
        part="image" not in value and "build" not in value,
        unsure="extends" in value or "<<" in value,
    )


def _probes(value: Map, path: str, files: Files) -> frozenset[str]:
    """Return liveness where a health check is written, here or in the image, or may be in an image out of sight."""
    check = value.get("healthcheck")
    if isinstance(check, Map):
        return frozenset() if check.get("disable") is True or check.get("test") == ["NONE"] else _ALIVE
    text = _dockerfile(value.get("build"), path, files)
    return frozenset() if text and not _CHECKED.search(text) else _ALIVE


def _dockerfile(build: Any, path: str, files: Files) -> str:
    """Return the text of the file that a service's image is built from."""
    context, name = build, "Dockerfile"
    if isinstance(build, Map):
        context, name = build.get("context", "."), build.get("dockerfile", name)
    if not isinstance(context, str) or not isinstance(name, str):
        return ""
    folder = posixpath.join(posixpath.dirname(path), context)
    text = text_of(files, posixpath.normpath(posixpath.join(folder, name)))
    return text if _FROM.search(text) else ""


def _user(value: Map) -> User:
    user = str(value.get("user", "")).partition(":")[0]
    return "root" if user in {"root", "0"} else "other" if user else ""
