"""The words of the workloads: container, workload, scaler, budget, bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

User = Literal["root", "other", ""]
"""Whom a manifest says that a container runs as; nothing where it does not say."""
What = Literal["min", "max", "count"]
SERVING = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "Rollout"})
"""Kinds that run as many replicas as one asks for."""
STANDING = SERVING | {"DaemonSet", "Pod", "service"}
"""Kinds that are to run all the time; `service` is one of docker compose."""
KINDS = STANDING | {"Job", "CronJob"}


@dataclass(frozen=True)
class Container:
    """One container. `image` is empty where it is filled in elsewhere; `listens`: it declares a port.

    `probes` are of liveness, readiness and startup; `requests` and `limits` name resources (cpu, memory).
    """

    name: str
    location: Location
    image: str = ""
    listens: bool = False
    probes: frozenset[str] = frozenset()
    requests: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    user: User = ""
    init: bool = False

    def with_patch(self, other: Container) -> Container:
        """Return it with what a patch adds."""
        return replace(
            self,
            image=other.image or self.image,
            probes=self.probes | other.probes,
            requests=self.requests | other.requests,
            limits=self.limits | other.limits,
            user=other.user or self.user,
        )


@dataclass(frozen=True)
class Workload:
    """Something that a manifest runs.

    `replicas` is None where the manifest does not say (one, then); `reason` says why one is enough, in the
    manifest's words; `part`: it is a patch of another manifest; `unsure`: a part of it cannot be read.
    """

    kind: str
    name: str
    location: Location
    containers: tuple[Container, ...] = ()
    replicas: int | None = None
    replicas_at: Location | None = None
    labels: frozenset[tuple[str, str]] = frozenset()
    reason: str = ""
    part: bool = False
    unsure: bool = False

    def __str__(self) -> str:
        return f"{self.kind} `{self.name}`"

    def patched(self, patches: Iterable[Workload]) -> Workload:
        """Return it with the patches of its kind and name laid over it, the most replicas of all."""
        found = self
        for patch in patches:
            over = {each.name: each for each in patch.containers}
            found = replace(
                found,
                containers=tuple(
                    c.with_patch(over[c.name]) if c.name in over else c for c in found.containers
                ),
                replicas=max((n for n in (found.replicas, patch.replicas) if n is not None), default=None),
                reason=found.reason or patch.reason,
                unsure=found.unsure or patch.unsure,
            )
        return found


@dataclass(frozen=True)
class Scaler:
    """What changes the number of replicas; a bound is None where the manifest does not say, or not as a number."""

    kind: str
    target: str
    location: Location
    minimum: int | None = None
    maximum: int | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Selected:
    """The labels of the pods that a budget or a service is for."""

    kind: str
    labels: frozenset[tuple[str, str]]
    location: Location


@dataclass(frozen=True)
class Bound:
    """A number of replicas that a manifest sets: the fewest, the most, or how many."""

    what: What
    value: int
    location: Location
