"""OPS013."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import Evidence, Finding, Guardrails, More, NotApplicable, Unavailable, rule

Check = Literal["probes", "resources", "replicas", "images", "non-root"]
HOW = {
    "probes": "add livenessProbe and readinessProbe (`healthcheck` in a composition)",
    "resources": "set resources.requests and resources.limits",
    "replicas": "run two, add a PodDisruptionBudget, or say in a comment beside `replicas` why one is enough",
    "images": "name a version, or a digest",
    "non-root": "set securityContext.runAsNonRoot, or a user that is not 0",
}


@rule("OPS013", stage="deploy", level="silver", profiles=("service",))
def workload_guardrails(
    guardrails: Guardrails,
    *,
    required: More[tuple[Check, ...]] = ("probes", "resources", "replicas", "images", "non-root"),
) -> Iterator[Finding | Evidence]:
    """Each workload is probed, bounded, more than one, pinned to a version, and not root.

    Looks at the manifests of Kubernetes, with what kustomizations patch, and at compositions of docker compose that
    are for a deployment (by name, folder or `deploy:`): of those, health checks, images and users. Probes are asked
    of what listens. Limits stand for requests. Jobs, and manifests of tests, examples and developers, are left
    alone. Helm templates can't be read before they are rendered. Where CI runs
    kube-linter by a configuration of the repository, the manifests are its business.

    Why:
        What is not probed is restarted by a customer's complaint; what has no limits takes its neighbours down; a
        single replica is an outage at each update of a node; `latest` is another program tomorrow.
    Fix:
        Complete the manifest. A single replica is fine with a reason: `replicas: 1  # holds the scheduler's lock`.
    Options:
        required: the checks: probes, resources, replicas, images, non-root
    Source:
        Mercari's production readiness checklist; kube-linter's checks.
    Bad:
        -- k8s/web.yaml --
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: web
                  image: example.org/shop:latest
                  ports: [{containerPort: 8000}]
    Bad:
        -- docker-compose.prod.yml --
        services:
          web:
            image: example.org/shop
            user: root
            ports: ["80:8000"]
    Good:
        -- k8s/web.yaml --
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              securityContext: {runAsNonRoot: true}
              containers:
                - name: web
                  image: example.org/shop:1.4.2
                  ports: [{containerPort: 8000}]
                  livenessProbe: {httpGet: {path: /livez, port: 8000}}
                  readinessProbe: {httpGet: {path: /readyz, port: 8000}}
                  resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
    """
    judged, linted, unsure = guardrails.judged, guardrails.linted, guardrails.unsure
    if not judged and not linted and not unsure:
        raise NotApplicable(
            "no manifest of a deployment is found: Kubernetes, or docker compose for production"
        )
    asked = [guardrails.missing(workload, check) for workload in judged for check in required]
    found = [each for each in asked if each]
    if unsure and not found:
        remedy = "run kube-linter in CI with a .kube-linter.yaml, or commit what is rendered"
        raise Unavailable(f"what {unsure} runs cannot be read before it is rendered: {remedy}")
    for each in found:
        key = f"{each.workload.location.path}#{each.workload.kind}/{each.workload.name}:{each.check}"
        yield Finding(key, each.message, each.location, fix=HOW[each.check])
    if linted:
        yield Evidence(linted, "kube-linter judges the manifests in CI")
    yield from (Evidence(each.location, str(each)) for each in judged)
