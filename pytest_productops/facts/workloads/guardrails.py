"""Guardrails: what each workload must say so that the platform can keep it up, and others safe from it.

The checks are those of Mercari's production readiness checklist, https://github.com/mercari/production-readiness-checklist,
and of kube-linter, https://docs.kubelinter.io/#/generated/checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal, get_args

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.workloads import Container, Workload, Workloads
from pytest_productops.facts.workloads.kubernetes import filled
from pytest_productops.facts.workloads.model import SERVING, STANDING
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

Check = Literal["probes", "resources", "replicas", "images", "non-root"]
CHECKS: tuple[Check, ...] = get_args(Check)
MIN_REPLICAS = 2
_CONFIG = regex(r"(?:.*/)?\.kube-linter\.ya?ml\Z")
_ACTION = "stackrox/kube-linter-action@"


@dataclass(frozen=True)
class Missing:
    """What a workload lacks for a check."""

    check: Check
    workload: Workload
    message: str
    location: Location


class Guardrails(Fact):
    """What the workloads that run all the time lack; jobs end by themselves."""

    def __init__(self, workloads: Workloads, pipelines: Pipelines, files: Files) -> None:
        self._workloads = workloads
        self._pipelines = pipelines
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Guardrails:
        """Never fails."""
        return cls(repository[Workloads], repository[Pipelines], repository[Files])

    @cached_property
    def linted(self) -> Location | None:
        """Where CI runs kube-linter, by a configuration of this repository, so that a failure stops a change."""
        if not any(map(_CONFIG.match, self._files.paths)):
            return None
        for each in self._pipelines.executions:
            if each.can_stop and each.call.words[:2] == ("kube-linter", "lint"):
                return each.call.location
        jobs = (job for pipeline in self._pipelines.pipelines for job in pipeline.jobs if job.on_change)
        steps = (step for job in jobs if not job.may_fail for step in job.steps if not step.may_fail)
        return next((step.location for step in steps if step.uses.startswith(_ACTION)), None)

    @property
    def judged(self) -> tuple[Workload, ...]:
        """The workloads that can be judged here."""
        found = (each for each in self._workloads.all if not each.unsure and each.replicas != 0)
        standing = (each for each in found if each.kind in STANDING)
        return tuple(each for each in standing if each.kind == "service" or not self.linted)

    @property
    def unsure(self) -> Location | None:
        """The first place of workloads that cannot be read wholly."""
        blurred = [each.location for each in self._workloads.all if each.unsure]
        return None if self.linted else next(iter([*self._workloads.templates, *blurred]), None)

    def missing(self, workload: Workload, check: Check) -> Missing | None:
        """Return what a workload lacks for a check, or None."""
        found = next(_CHECKED[check](self, workload), None)
        return Missing(check, workload, *found) if found else None

    def probes(self, workload: Workload) -> Iterator[tuple[str, Location]]:
        """Yield a workload that serves and that nothing probes, whichever of its containers it is."""
        at = next((each.location for each in workload.containers if each.listens), workload.location)
        known = frozenset[str]().union(*(each.probes for each in workload.containers))
        lacks = [name for name in ("liveness", "readiness") if name not in known]
        if lacks and workload.kind == "service":
            yield f"{workload} has no health check, here or in its Dockerfile", at
        elif lacks and self._workloads.serves(workload):
            yield f"{workload} has no {' and no '.join(lacks)} probe", at

    def resources(self, workload: Workload) -> Iterator[tuple[str, Location]]:
        """Yield the containers without limits, or without requests (which limits stand for)."""
        if workload.kind == "service" or self._workloads.ranged:
            return
        for each in _own(workload):
            if not each.limits:
                lacks = "resource limits" if each.requests else "resource requests and limits"
                yield f"{workload} has no {lacks}{_of(each)}", each.location

    def replicas(self, workload: Workload) -> Iterator[tuple[str, Location]]:
        """Yield a workload of which only one runs, where neither a reason nor a disruption budget is given."""
        scalers = self._workloads.scaled(workload)
        if workload.kind not in SERVING or workload.reason or self._workloads.budget(workload):
            return
        if any(each.unsure or each.kind == "ScaledObject" for each in scalers) or self._unread_scaler:
            return
        fewest = max((each.minimum or 1 for each in scalers), default=workload.replicas or 1)
        if fewest < MIN_REPLICAS:
            said = "" if scalers or workload.replicas else ", since `replicas` is not set"
            scaled = (
                f"scales down to one replica ({scalers[0].kind})" if scalers else f"runs one replica{said}"
            )
            at = scalers[0].location if scalers else workload.replicas_at or workload.location
            yield f"{workload} {scaled}, with neither a reason nor a disruption budget", at

    def images(self, workload: Workload) -> Iterator[tuple[str, Location]]:
        """Yield the images that are another one tomorrow: without a tag, or `latest`."""
        for each in workload.containers:
            name, _, tag = each.image.partition("@")[0].rpartition("/")[2].partition(":")
            whole = each.image.removesuffix(f":{tag}") if tag else each.image
            if not filled(each.image) or "@" in each.image or {whole, name} & self._workloads.filled:
                continue
            if tag in ("", "latest"):
                lacks = "the tag `latest`" if tag else "no tag, which means `latest`"
                yield f"{workload} runs the image `{each.image}`: {lacks}", each.location

    def users(self, workload: Workload) -> Iterator[tuple[str, Location]]:
        """Yield the containers that run as root, or of which no manifest says that they do not."""
        for each in _own(workload):
            if each.user == "root":
                yield f"{workload} runs as root{_of(each)}", each.location
            elif not each.user and workload.kind != "service":
                lacks = "neither `runAsNonRoot` nor `runAsUser` is set"
                yield f"{workload} may run as root{_of(each)}: {lacks}", each.location

    @property
    def _unread_scaler(self) -> bool:
        """Whether a template may hold the scaler of a workload."""
        return bool(self._workloads.templates)


_CHECKED = {
    "probes": Guardrails.probes,
    "resources": Guardrails.resources,
    "replicas": Guardrails.replicas,
    "images": Guardrails.images,
    "non-root": Guardrails.users,
}


def _own(workload: Workload) -> list[Container]:
    return [each for each in workload.containers if not each.init]


def _of(container: Container) -> str:
    return f" (container `{container.name}`)" if container.name else ""
