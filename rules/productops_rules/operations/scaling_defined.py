"""OPS011."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    SCALING_TOPICS,
    Component,
    Edit,
    Evidence,
    Finding,
    More,
    NotApplicable,
    Product,
    Runbooks,
    Scaling,
    Unavailable,
    fixes,
    rule,
    section,
)

Topic = Literal["mechanism", "limits", "trigger"]
DECLARE = "write a section `Scaling` in the runbook"
WORDS = {"min": "at least", "max": "at most", "count": ""}
HOW = {
    "mechanism": "say what is scaled, and by whom: an autoscaler, more replicas by hand, a larger machine",
    "limits": "give the fewest and the most replicas, and what limits the service beyond",
    "trigger": "name the metric and its threshold, or the load at which somebody scales",
}


@rule("OPS011", stage="operate", level="silver", profiles=("service",))
def scaling_defined(
    scaling: Scaling,
    product: Product,
    *,
    require: More[tuple[Topic, ...]] = ("mechanism", "limits", "trigger"),
    match_manifests: More[bool] = True,
) -> Iterator[Finding | Evidence]:
    """It is written how the service scales, and the numbers are those of the manifests.

    Looks at documents and sections about scaling and capacity: whether they name the mechanism, what triggers it,
    and the limits, by numbers or by a link to the settings that hold them. Numbers of replicas in them are compared
    with autoscalers, replicas, values of Helm, compositions, Terraform and the like; one that any environment sets
    is true. Where a setting is filled in from elsewhere, nothing is compared. Libraries and apps have nothing to
    scale.

    Why:
        At the peak somebody reads that the service grows to thirty; the manifest stops at ten.
    Fix:
        Write a section `Scaling` in the runbook, and change it together with the manifest.
    Options:
        require: what must be written: mechanism, limits, trigger
        match_manifests: whether the numbers must be those of the manifests
    Source:
        Kubernetes' production readiness review, scalability; Google SRE launch checklist, growth.
    Bad:
        -- docs/runbook.md --
        # Runbook
        ## Scaling
        An autoscaler adds pods when the CPU is above 70 %, between 2 and 10 replicas.
        -- k8s/hpa.yaml --
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {kind: Deployment, name: web}
          minReplicas: 2
          maxReplicas: 30
    Bad:
        -- docs/runbook.md --
        # Runbook
        ## Scaling
        We scale the web service by hand.
    Bad:
        -- docs/runbook.md --
        # Runbook
        Restart it with `systemctl restart shop`.
    Good:
        -- docs/runbook.md --
        # Runbook
        ## Scaling
        An autoscaler adds pods when the CPU is above 70 %, between 2 and 10 replicas. Beyond 10 the database
        runs out of connections.
        -- k8s/hpa.yaml --
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {kind: Deployment, name: web}
          minReplicas: 2
          maxReplicas: 10
    """
    if product.kind in ("package", "app"):
        raise NotApplicable(f"nothing is operated here: {product.because}")
    if scaling.lacking:
        place, reason = scaling.lacking
        yield Finding("scaling", f"the section about scaling {reason}", place, fix="write it")
    elif not scaling.parts:
        if scaling.external:
            raise Unavailable(f"operating is explained at {scaling.external}, which is not read: {DECLARE}")
        yield Finding("scaling", "nothing says how the service scales", fix=DECLARE)
    else:
        for topic in require:
            if not (answer := scaling.answers(topic)):
                message = f"what is written about scaling does not say {SCALING_TOPICS[topic]}"
                yield Finding(topic, message, scaling.place, fix=HOW[topic])
            elif answer.place:
                yield Evidence(answer.place, topic)
        yield from _contradicted(scaling) if match_manifests else ()


def _contradicted(scaling: Scaling) -> Iterator[Finding]:
    seen: set[str] = set()
    for claim in scaling.claims:
        others = scaling.against(claim)
        key = f"{claim.what}:{claim.value}"
        if others and key not in seen:
            seen.add(key)
            values = " or ".join(str(value) for value in sorted({each.value for each in others}))
            said = f"{WORDS[claim.what]} {claim.value} replicas".strip()
            message = f"the document says {said}, the settings say {values}"
            evidence = tuple(Evidence(each.location, f"{each.what} {each.value}") for each in others[:10])
            yield Finding(key, message, claim.location, f"correct it, or {others[0].location}", evidence)


@fixes(scaling_defined, "scaffold")
def outline(finding: Finding, runbooks: Runbooks) -> Iterator[Edit]:
    """Make a section on scaling in the runbook for you to write."""
    pages = runbooks.of(Component()) if finding.key == "scaling" and finding.location is None else ()
    for document in pages[:1]:
        yield from section(document, "Scaling", *HOW.values())
