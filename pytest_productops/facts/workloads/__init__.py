"""Workloads: what manifests run, read without running or rendering anything.

Kubernetes' YAML (several objects in a file, lists, what kustomizations change) and docker compose are read. A Helm
template is no YAML before it is rendered: it is listed, and nothing is said of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map, Yaml, YamlError, read_all
from pytest_productops.facts.workloads import compose, kubernetes, kustomize, places
from pytest_productops.facts.workloads.model import SERVING, Container, Scaler, Selected, Workload
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["Container", "Scaler", "Workload", "Workloads"]
_OBJECT = regex(
    r"^[ \t-]*[\"']?kind[\"']?:[ \t]*[\"']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout|Pod|Job|CronJob"
    r"|Service|HorizontalPodAutoscaler|ScaledObject|PodDisruptionBudget)\b",
    re.MULTILINE,
)
_RANGE = regex(r"^kind:[ \t]*LimitRange\b", re.MULTILINE)
_RUNS = regex(r"^kind:[ \t]*[\"']?(?:Deployment|StatefulSet|DaemonSet|Rollout|Pod)\b", re.MULTILINE)
_TEMPLATED = regex(r"\{\{-?\s*(?:\.|include|template|if|range|with|end|define|/\*)|\{%|<%")
_HOLES = ("{{", "<%")
_BUILT = regex(r"skaffold\.ya?ml\Z|(?:.*/)?(?:skaffold[\w.-]*\.ya?ml|Tiltfile)\Z")
_IMAGE = regex(r"(?:image:|docker_build\()\s*[\"']?([\w./:-]+)")


class Workloads(Fact):
    """The workloads of the product's own deployment, with what kustomizations change of them.

    `ranged`: a LimitRange gives containers resources that their manifests do not name.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._found: list[Workload] = []
        self._selected: list[Selected] = []
        self._changes = kustomize.Changes()
        self._scalers: list[Scaler] = []
        self._templates: list[Location] = []
        self._problems: list[tuple[str, str]] = []
        self.ranged = False
        for path in places.manifests(files):
            self._take(path, places.text_of(files, path))

    @classmethod
    def gather(cls, repository: Repository) -> Workloads:
        """Read the manifests; never fails."""
        return cls(repository[Files])

    @property
    def templates(self) -> tuple[Location, ...]:
        """Where workloads are that cannot be read before a tool has rendered them, or that patch what is elsewhere."""
        whole = {(each.kind, each.name) for each in self.all}
        apart = [each.location for each in self._found if each.part and (each.kind, each.name) not in whole]
        return (*self._templates, *(apart if not whole else ()))

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """The manifests that are no YAML, with the reason."""
        return tuple(self._problems)

    @property
    def scalers(self) -> tuple[Scaler, ...]:
        """What changes the number of replicas."""
        return tuple(self._scalers)

    @cached_property
    def all(self) -> tuple[Workload, ...]:
        """Every whole workload, its patches laid over it; what cannot be read wholly is `unsure`."""
        parts = [each for each in (*self._found, *self._changes.patches) if each.part]
        return tuple(self._whole(each, parts) for each in self._found if not each.part)

    @cached_property
    def filled(self) -> frozenset[str]:
        """The names of images that a tool fills in: kustomize, Skaffold, Tilt."""
        found = set(self._changes.images)
        for path in filter(_BUILT.match, self._files.paths):
            found.update(_IMAGE.findall(places.text_of(self._files, path)))
        return frozenset(found)

    def scaled(self, workload: Workload) -> tuple[Scaler, ...]:
        """Return the scalers of a workload; those whose target cannot be read may be its own."""
        return tuple(each for each in self._scalers if each.target in ("", workload.name))

    def budget(self, workload: Workload) -> Selected | None:
        """Return the disruption budget of a workload, or None."""
        return self._selecting("PodDisruptionBudget", workload)

    def serves(self, workload: Workload) -> bool:
        """Whether a service leads to a workload, or one of its containers listens."""
        listens = any(each.listens for each in workload.containers)
        return listens or self._selecting("Service", workload) is not None

    def _selecting(self, kind: str, workload: Workload) -> Selected | None:
        found = (each for each in self._selected if each.kind == kind and each.labels <= workload.labels)
        return next(found, None)

    def _whole(self, workload: Workload, parts: list[Workload]) -> Workload:
        own = [each for each in parts if (each.kind, each.name) == (workload.kind, workload.name)]
        found = workload.patched(own)
        if workload.name in self._changes.replicas and workload.kind in SERVING:
            count, _ = self._changes.replicas[workload.name]
            found = replace(found, replicas=max(count, found.replicas or 0))
        blurred = self._changes.blurs(workload.kind, workload.name)
        return replace(found, unsure=found.unsure or blurred)

    def _take(self, path: str, text: str) -> None:
        composition = compose.NAMED.match(path) is not None and "services" in text
        changes = kustomize.NAMED.match(path) is not None
        if not composition and not changes and not ("kind" in text and _OBJECT.search(text)):
            self.ranged = self.ranged or ("LimitRange" in text and _RANGE.search(text) is not None)
            return
        if _TEMPLATED.search(text):
            self._template(path, text)
            return
        try:
            documents = read_all(text, path)
        except YamlError as error:
            self._template(path, text)
            if not any(hole in text for hole in _HOLES):
                self._problems.append((path, str(error)))
            return
        for document in documents:
            self._document(document, path, text, composition=composition, changes=changes)

    def _template(self, path: str, text: str) -> None:
        """Note the workloads of a manifest that cannot be read as it is."""
        self._templates += [Location(path, _line(text, found.start())) for found in _RUNS.finditer(text)]

    def _document(self, document: Yaml, path: str, text: str, *, composition: bool, changes: bool) -> None:
        if composition:
            if compose.deployed(path, document.value):
                self._found += compose.services(document.value, path, self._files)
        elif changes and isinstance(document.value, Map):
            kustomize.take(self._changes, document.value, path)
        else:
            self._objects(document, path, tuple(text.split("\n")))

    def _objects(self, document: Yaml, path: str, lines: tuple[str, ...]) -> None:
        for value in kubernetes.objects(document.value):
            workload = kubernetes.workload(value, path, lines)
            scaler, chosen = kubernetes.scaler(value, path), kubernetes.selected(value, path)
            self._found += [workload] if workload else []
            self._scalers += [scaler] if scaler else []
            self._selected += [chosen] if chosen else []


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
