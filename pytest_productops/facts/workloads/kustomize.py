"""What kustomizations change of the manifests that they gather: images, replicas, patches.

https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from pytest_productops.facts.formats.yaml import Map, Seq, YamlError, read_all
from pytest_productops.facts.workloads.kubernetes import objects, workload
from pytest_productops.facts.workloads.model import Workload
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

NAMED = regex(r"(?:.*/)?[Kk]ustomization(?:\.ya?ml)?\Z")
_TARGETED = frozenset({"patches", "patchesJson6902"})


@dataclass
class Changes:
    """What all kustomizations change. `blurred` are (kind, name) of what is patched by operations, "" for any."""

    images: set[str] = field(default_factory=set)
    replicas: dict[str, tuple[int, Location]] = field(default_factory=dict)
    patches: list[Workload] = field(default_factory=list)
    blurred: set[tuple[str, str]] = field(default_factory=set)

    def blurs(self, kind: str, name: str) -> bool:
        """Whether operations that are not followed change an object."""
        return not self.blurred.isdisjoint({(kind, name), (kind, ""), ("", name), ("", "")})


def take(changes: Changes, value: Map, path: str) -> None:
    """Add what one kustomization changes."""
    changes.images.update(str(each.get("name")) for each in _items(value, "images"))
    for each in _items(value, "replicas"):
        count = each.get("count")
        if isinstance(count, int) and isinstance(each.get("name"), str):
            changes.replicas[each["name"]] = count, Location(path, each.line)
    for key in _TARGETED:
        for each in _items(value, key):
            _patch(changes, each, path)
    for text in _texts(value.get("patchesStrategicMerge")):
        changes.patches += _inline(text, path)


def _patch(changes: Changes, each: Map, path: str) -> None:
    """Add a patch: an object's text, or operations (in a file as well) on a target."""
    text, target = each.get("patch"), each.get("target")
    found = _inline(text, path) if isinstance(text, str) else []
    changes.patches += found
    if isinstance(target, Map) and not found:
        changes.blurred.add((str(target.get("kind") or ""), str(target.get("name") or "")))


def _inline(text: str, path: str) -> list[Workload]:
    if "\n" not in text:
        return []
    try:
        documents = read_all(text, path)
    except YamlError:
        return []
    found = (workload(one, path, ()) for each in documents for one in objects(each.value))
    return [one for one in found if one]


def _items(value: Map, key: str) -> Iterator[Map]:
    found = value.get(key)
    yield from (each for each in found if isinstance(each, Map)) if isinstance(found, Seq) else ()


def _texts(value: Any) -> Iterator[str]:
    yield from (each for each in value if isinstance(each, str)) if isinstance(value, Seq) else ()
