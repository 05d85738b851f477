"""It is written how to report a vulnerability.

A SECURITY file counts (also one that only points elsewhere), security.txt, and a sentence of the README or another
document that tells how.

Only a link to a policy on another site, or to the forge's page for one, is `external`; a guide to hardening is none.
"""

from pytest_productops.facts.security.policy import SecurityPolicy
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(security: SecurityPolicy) -> Answer:
    """Say where the policy is."""
    if security.lacking:
        document, reason = security.lacking
        return no(seen(document.at(), reason))
    policies = [seen(document.at()) for document in security.policies]
    if security.artifact.pointer and security.artifact.external:
        policies.append(seen(security.artifact.pointer, f"points to {security.artifact.external}"))
    policies += [seen(place) for place in security.forms]
    if policies or security.told:
        return yes(*policies, *([seen(security.told, "tells how to report")] if security.told else ()))
    if security.elsewhere:
        place, target = security.elsewhere
        return external(seen(place, f"sends to {target}"))
    return no(
        note(
            "searched: SECURITY files, security.txt, SECURITY-INSIGHTS.yml; documents and templates that speak of it"
        )
    )
