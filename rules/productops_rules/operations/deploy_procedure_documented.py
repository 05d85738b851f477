"""OPS007."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    DEPLOYMENT_TOPICS,
    Deployment,
    Documents,
    Edit,
    Environments,
    Finding,
    More,
    Unavailable,
    fixes,
    page,
    rule,
    section,
)

Topic = Literal["environments", "steps", "verify", "rollback"]
DECLARE = "declare where it is: `deployment = ...` under [tool.productops.artifacts]"
HOW = {
    "environments": "name each environment and what it is for",
    "steps": "number the steps, or give the command or workflow that deploys",
    "verify": "say what to look at afterwards: health check, smoke test, dashboard",
    "rollback": "give the command, workflow or steps that bring the previous version back",
}


@rule("OPS007", stage="deploy", level="bronze", profiles=("service",))
def deploy_procedure_documented(
    deployment: Deployment,
    configured: Environments,
    *,
    required: More[tuple[Topic, ...]] = ("environments", "steps", "verify", "rollback"),
) -> Iterator[Finding]:
    """It is written how to deploy: the environments, the steps, how to verify and how to go back.

    Looks at documents on deployment, infrastructure, rollback and operation, and at sections about deploying
    in the README and the contributor guide. Each environment that CI deploys to, or that has Helm values or
    Terraform variables, is named there too; `prod` will do for `production`. A topic for which the reader is
    sent to another site can't be judged and is not reported.

    Why:
        A deployment that only some people know waits for them, and a bad one stays up longer.
    Fix:
        Write docs/deployment.md, one section a topic. Where it is kept elsewhere, declare that:
        `[tool.productops.artifacts] deployment = "https://..."`.
    Options:
        required: what must be written: environments, steps, verify, rollback
    Source:
        Google SRE launch checklist; Microsoft engineering playbook, CI/CD; DORA, deployment automation.
    Bad:
        -- docs/deployment.md --
        # Deployment
        Run `make deploy`. It goes to production.
    Bad:
        -- README.md --
        # Invoices
        Sends invoices.
    Good:
        -- docs/deployment.md --
        # Deployment
        There are two environments, staging and production.
        1. Run `make deploy ENV=staging`.
        2. Check https://staging.example.org/healthz: the health check answers with the new version.
        3. Run `make deploy ENV=production`.
        ## Rollback
        Run `make deploy ENV=production TAG=` with the tag of the release before.
    """
    if deployment.lacking:
        document, reason = deployment.lacking
        yield Finding("procedure", f"the deployment procedure {reason}", document.at(), fix="write it")
    elif deployment.external:
        raise Unavailable(
            f"the deployment procedure is at {deployment.external}, which is not read: {DECLARE}"
        )
    elif not deployment.parts:
        yield Finding(
            "procedure", "nothing says how to deploy", fix=f"write docs/deployment.md, or {DECLARE}"
        )
    else:
        for topic in required:
            if not deployment.answers(topic):
                message = f"the deployment procedure does not say {DEPLOYMENT_TOPICS[topic]}"
                yield Finding(topic, message, deployment.parts[0].at(), fix=HOW[topic])
        yield from _unnamed(deployment, configured) if "environments" in required else ()


def _unnamed(deployment: Deployment, configured: Environments) -> Iterator[Finding]:
    if deployment.answers("environments"):
        for environment in deployment.unnamed(configured.found):
            what = f"the environment `{environment.name}`, which is configured"
            message = f"the deployment procedure does not name {what}"
            fix = f"say in {deployment.parts[0].at().path} what it is for, or remove its configuration"
            yield Finding(f"environment:{environment.kind}", message, environment.location, fix=fix)


SECTIONS = {
    "environments": ("Environments", "name each environment and what it is for"),
    "steps": ("Deploy", "number the steps, or name the command or workflow that deploys"),
    "verify": ("Verify", "say what to look at afterwards: health check, smoke test, dashboard"),
    "rollback": ("Roll back", "name the command or steps that bring the previous version back"),
}


@fixes(deploy_procedure_documented, "scaffold")
def outline(finding: Finding, documents: Documents, *, required: tuple[str, ...]) -> Iterator[Edit]:
    """Make the procedure, or the section that it lacks, for you to write."""
    if finding.key == "procedure" and finding.location is None:
        wanted = {title: (want,) for topic, (title, want) in SECTIONS.items() if topic in required}
        yield page("docs/deployment.md", "Deployment", wanted)
    elif finding.key in SECTIONS and finding.location:
        yield from section(documents.get(finding.location.path), *SECTIONS[finding.key])
