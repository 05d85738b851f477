"""Kubernetes' objects, as far as they say how a workload runs.

https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ and, for scaled objects,
https://keda.sh/docs/latest/reference/scaledobject-spec/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.formats.yaml import Map, Seq
from pytest_productops.facts.workloads.model import KINDS, Container, Scaler, Selected, User, Workload
from pytest_productops.lazy import regex
from pytest_productops.model import Location

SCALERS = frozenset({"HorizontalPodAutoscaler", "ScaledObject"})
_PROBES = {"livenessProbe": "liveness", "readinessProbe": "readiness", "startupProbe": "startup"}
_HOLE = regex(r"[${}<>%]|(?:^|[^A-Za-z])(?:REPLACE|CHANGE_?ME|PLACEHOLDER|TODO)|_PLACEHOLDER|__")
_COMMENT = regex(r"(?:^|\s)#\s*(\S.*\S)")
_WORDS = regex(r"[A-Za-z]{2,}(?:\W+[A-Za-z]{2,})+")


def objects(value: Any) -> Iterator[Map]:
    """Yield a document, or the items of a list of objects."""
    if isinstance(value, Map) and value.get("kind") == "List" and isinstance(value.get("items"), Seq):
        yield from (item for item in value["items"] if isinstance(item, Map))
    elif isinstance(value, Map):
        yield value


def named(value: Any) -> str:
    """Return the name of an object."""
    return _text(_map(_map(value).get("metadata")).get("name"))


def workload(value: Map, path: str, lines: tuple[str, ...]) -> Workload | None:
    """Return an object as a workload, None where it is none; a patch of one is a `part`."""
    kind, spec = value.get("kind"), _map(value.get("spec"))
    if kind not in KINDS or not named(value):
        return None
    template = _template(kind, value)
    pod = _map(template.get("spec"))
    containers = tuple(_containers(pod, path))
    count, at = spec.get("replicas"), spec.keys_at.get("replicas", 0)
    return Workload(
        kind,
        named(value),
        Location(path, value.keys_at.get("kind", value.line)),
        containers,
        _number(count),
        Location(path, at) if at else None,
        _labels(_map(template.get("metadata")).get("labels")),
        _reason(spec, at, lines),
        part=not containers
        or not any(each.image for each in containers if not each.init)
        or _headless(kind, spec),
        unsure=(count is not None and _number(count) is None),
    )


def scaler(value: Map, path: str) -> Scaler | None:
    """Return an object as a scaler, None where it is none."""
    if value.get("kind") not in SCALERS:
        return None
    spec = _map(value.get("spec"))
    keda = value["kind"] == "ScaledObject"
    low, high = ("minReplicaCount", "maxReplicaCount") if keda else ("minReplicas", "maxReplicas")
    target = _text(_map(spec.get("scaleTargetRef")).get("name"))
    said = [spec[key] for key in (low, high) if key in spec]
    default = 0 if keda else 1
    return Scaler(
        value["kind"],
        target,
        Location(path, value.keys_at.get("kind", value.line)),
        _number(spec.get(low, default)),
        _number(spec.get(high)),
        unsure=any(_number(each) is None for each in said) or not target,
    )


def selected(value: Map, path: str) -> Selected | None:
    """Return the labels that a disruption budget or a service selects, None where it selects none."""
    spec = _map(value.get("spec"))
    if value.get("kind") == "PodDisruptionBudget":
        labels = _labels(_map(spec.get("selector")).get("matchLabels"))
    elif value.get("kind") == "Service":
        labels = _labels(spec.get("selector"))
    else:
        return None
    return Selected(value["kind"], labels, Location(path, value.line)) if labels else None


def filled(image: str) -> str:
    """Return an image's name where it is written out, nothing where a tool is to fill a part of it in."""
    return "" if _HOLE.search(image) else image


def _template(kind: str, value: Map) -> Map:
    """Return the template of the pods, which a pod is itself."""
    spec = _map(value.get("spec"))
    if kind == "Pod":
        return value
    if kind == "CronJob":
        spec = _map(_map(spec.get("jobTemplate")).get("spec"))
    return _map(spec.get("template"))


def _headless(kind: str, spec: Map) -> bool:
    """Whether an object lacks what Kubernetes demands of a whole one."""
    return kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"} and "selector" not in spec


def _containers(pod: Map, path: str) -> Iterator[Container]:
    user = _user(pod.get("securityContext"))
    for key in ("containers", "initContainers"):
        found = pod.get(key)
        for each in found if isinstance(found, Seq) else ():
            if isinstance(each, Map):
                # An init container that restarts is a sidecar; it is none of those that serve either way.
                yield _container(each, path, user, init=key == "initContainers")


def _container(value: Map, path: str, user: User, *, init: bool) -> Container:
    resources = _map(value.get("resources"))
    return Container(
        _text(value.get("name")),
        Location(path, value.line),
        _text(value.get("image")),
        bool(value.get("ports")),
        frozenset(name for key, name in _PROBES.items() if value.get(key)),
        frozenset(_map(resources.get("requests"))),
        frozenset(_map(resources.get("limits"))),
        _user(value.get("securityContext")) or user,
        init,
    )


def _user(context: Any) -> User:
    said = _map(context)
    number = said.get("runAsUser")
    if said.get("runAsNonRoot") is True or (number is not None and number != 0):
        return "other"
    return "root" if number == 0 or said.get("runAsNonRoot") is False else ""


def _reason(spec: Map, at: int, lines: tuple[str, ...]) -> str:
    """Return why one replica is enough: a comment beside the number or above it, or that two may not run at once."""
    strategy = _map(spec.get("strategy"))
    if strategy.get("type") == "Recreate":
        return "its strategy is `Recreate`: two may not run at once"
    for line in lines[max(0, at - 2) : at] if at else ():
        comment = _COMMENT.search(line)
        if comment and _WORDS.search(comment[1]) and not comment[1].startswith(("replicas:", "yamllint")):
            return comment[1]
    return ""


def _map(value: Any) -> Map:
    return value if isinstance(value, Map) else Map()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _labels(value: Any) -> frozenset[tuple[str, str]]:
    return frozenset((key, str(each)) for key, each in _map(value).items())
