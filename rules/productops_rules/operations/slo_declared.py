"""OPS012."""

from collections.abc import Iterator

from pytest_productops.api import (
    OBJECTIVE_PARTS,
    Evidence,
    Finding,
    More,
    NotApplicable,
    ObjectivePart,
    Objectives,
    Product,
    Unavailable,
    rule,
)

SAID = {
    "indicator": "what is measured (the SLI)",
    "target": "a target in numbers",
    "window": "over which time it counts",
    "owner": "whose it is",
    "consequence": "what happens when the error budget is spent",
    "alert": "which alert tells that it is in danger",
}
HOW = {
    "indicator": "name the SLI: which requests are good, of which",
    "target": "give the target: `99.5 %`",
    "window": "give the window: 28 days, rolling",
    "owner": "name the team, in a label, in the text, or in CODEOWNERS",
    "consequence": "write an error budget policy: who stops what",
    "alert": "add an alert on the burn rate that refers to the objective",
}


@rule("OPS012", stage="operate", level="gold", profiles=("service",))
def slo_declared(
    objectives: Objectives, product: Product, *, required: More[tuple[ObjectivePart, ...]] = OBJECTIVE_PARTS
) -> Iterator[Finding | Evidence]:
    """There is a service level objective with indicator, target, window, owner, consequence and alert.

    Reads the files of OpenSLO, Sloth, Pyrra, slo-generator and Nobl9, objectives of Datadog and Google Cloud in
    Terraform, and pages and sections on SLOs. One that has all of it is enough; else the finding is about the one
    that has most. The owner may be that of the file in CODEOWNERS, the consequence an error budget policy in another
    document. Packages and apps are not asked: nobody here runs them.

    Why:
        Without a number everybody decides alone whether to ship or to mend, and whether to wake somebody.

    Fix:
        Begin with one objective: the share of good requests in 28 days, as it is today.

    Options:
        required: the parts that an objective must have.

    Source:
        Google SRE workbook, implementing SLOs; Kubernetes production readiness review; GitLab maturity model

    Bad:
        -- README.md --
        # Shop
        A service that sells things.

    Bad:
        -- slo.yaml --
        version: prometheus/v1
        service: shop
        labels: {owner: checkout}
        slos:
          - name: availability
            objective: 99.5
            sli: {raw: {error_ratio_query: errors}}
            alerting: {name: ShopAvailability}

    Good:
        -- docs/slo.md --
        # Service level objectives
        The checkout team owns them, and is paged by the alert on the burn rate.
        | SLI | target | window |
        |---|---|---|
        | orders that answer 2xx within 1 s | 99.5 % | 28 days |

        When the error budget is spent, we freeze features until it is back.
    """
    if product.kind in {"package", "app"}:
        raise NotApplicable(f"it is installed by its users, nobody here runs it: {product.because}")
    if not objectives.all:
        if objectives.external:
            raise Unavailable(f"objectives are kept at {objectives.external}, which is not read")
        yield Finding(
            "missing", "no service level objective is declared", fix="write docs/slo.md or an slo.yaml"
        )
        return
    lacks = {each: [part for part in required if not objectives.says(each, part)] for each in objectives.all}
    best = min(lacks, key=lambda each: len(lacks[each]))
    for part in lacks[best]:
        message = f"the objective {best.name} does not say {SAID[part]}"
        yield Finding(part, message, best.location, HOW[part])
    yield from (Evidence(each.location, each.name) for each in objectives.all[:3] if not lacks[each])
