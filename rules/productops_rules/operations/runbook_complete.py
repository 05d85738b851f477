"""OPS009."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    RUNBOOK_TOPICS,
    Component,
    Document,
    Documents,
    Edit,
    Evidence,
    Finding,
    More,
    NotApplicable,
    Product,
    Runbooks,
    Unavailable,
    fixes,
    page,
    rule,
    section,
)

Topic = Literal[
    "overview",
    "owner",
    "dependencies",
    "dashboards",
    "alerts",
    "deploy",
    "rollback",
    "scaling",
    "backup",
    "troubleshooting",
]
DECLARE = "write docs/runbook.md, or declare where it is: `runbook = ...` under [tool.productops.artifacts]"


@rule("OPS009", stage="operate", level="silver", profiles=("service",))
def runbook_complete(
    component: Component,
    runbooks: Runbooks,
    product: Product,
    *,
    required: More[tuple[Topic, ...]] = (
        "overview",
        "owner",
        "dependencies",
        "dashboards",
        "alerts",
        "deploy",
        "rollback",
        "scaling",
        "backup",
        "troubleshooting",
    ),
    per_component: More[bool] = True,
    min_words_per_section: More[int] = 10,
) -> Iterator[Finding | Evidence]:
    """Whoever is on call finds in the runbook all that she needs.

    Looks at runbooks, operation guides and on-call pages: a section for each topic, by its heading, or a page of
    that name; pages on deploying and rolling back count for these. A section that holds a command or a link may be
    short. In a monorepo each component that is deployed (it has a Dockerfile, a Procfile and the like) has a runbook:
    in its folder, or one of its name. A runbook on another site can't be read. Whether its review is in time is the
    business of SUP011. Libraries and apps have nobody on call.

    Why:
        At three in the morning nobody looks for the dashboard, the owner and the way back in six places.
    Fix:
        Write docs/runbook.md with a section for each topic; "none" with a reason is an answer.
    Options:
        required: the topics: overview, owner, dependencies, dashboards, alerts, deploy, rollback, scaling, backup,
            troubleshooting
        per_component: whether each deployed component of a monorepo needs its own
        min_words_per_section: the fewest words of a section without command and link
    Source:
        The run book template of Skelton Thatcher; the SRE guides of GitLab's runbooks.
    Bad:
        -- docs/runbook.md --
        # Runbook
        ## Deploy
        Run `make deploy`.
        ## Rollback
        TODO
    Bad:
        -- README.md --
        # Invoices
        A web service that sends invoices.
    Good:
        -- docs/runbook.md --
        # Runbook of the invoice service
        It turns orders into invoices and sends them by mail, some ten thousand a day.
        ## Owner and escalation
        Team Billing, #billing; after thirty minutes page the head of platform, who decides.
        ## Dependencies
        The order service sends what is to be billed; mail goes out through the provider's relay.
        ## Dashboards
        [Invoices](https://grafana.example.org/d/invoices)
        ## Alerts
        `InvoiceBacklog`: more than a thousand wait. Restart the worker, then look at the mail relay.
        ## Deploy
        Merge to main; the workflow deploys to staging, and after approval to production.
        ## Rollback
        Run `helm rollback invoices`.
        ## Scaling
        Two to six workers, one more for each five hundred that wait in the queue.
        ## Backup and restore
        A dump each night, kept for thirty days; `pg_restore` brings it back in half an hour.
        ## Troubleshooting
        Mail bounces: look at the relay's log. Numbers are missing: run `make renumber`.
    """
    if component.folder and not (per_component and runbooks.runs(component)):
        raise NotApplicable("only the root is asked, and components that are deployed")
    if not component.folder and product.kind in ("package", "app"):
        raise NotApplicable(f"nobody is on call for it: {product.because}")
    if not component.folder and per_component and runbooks.parts_run and not runbooks.of(component):
        raise NotApplicable("its components are asked, each for its own")
    documents = runbooks.of(component)
    if not documents and runbooks.external:
        raise Unavailable(f"the runbook is at {runbooks.external}, which is not read: {DECLARE}")
    if not documents:
        what = f"the component {component.name or component.folder}" if component.folder else "the service"
        yield Finding("runbook", f"there is no runbook for {what}", fix=DECLARE)
        return
    for topic in required:
        yield from _answered(runbooks, documents, topic, min_words_per_section)


def _answered(
    runbooks: Runbooks, documents: tuple[Document, ...], topic: str, least: int
) -> Iterator[Finding | Evidence]:
    told = runbooks.told(documents, topic)
    if told is None:
        message = f"the runbook does not say {RUNBOOK_TOPICS[topic]}"
        yield Finding(topic, message, documents[0].at(), fix="write a section for it")
    elif told.lack:
        message = f"the runbook's section on {topic} {told.lack}"
        yield Finding(topic, message, told.location, fix=f"write {RUNBOOK_TOPICS[topic]}")
    elif told.words < least and not told.acts:
        message = f"the runbook's section on {topic} has {told.words} words, fewer than {least}"
        yield Finding(topic, message, told.location, fix=f"write {RUNBOOK_TOPICS[topic]}")
    else:
        yield Evidence(told.location, topic)


@fixes(runbook_complete, "scaffold")
def outline(
    finding: Finding, component: Component, documents: Documents, *, required: tuple[str, ...]
) -> Iterator[Edit]:
    """Make the runbook, or the section that it lacks, for you to write."""
    if finding.key == "runbook":
        wanted = {topic.capitalize(): (f"say {RUNBOOK_TOPICS[topic]}",) for topic in required}
        yield page(f"{component.folder}/docs/runbook.md".lstrip("/"), "Runbook", wanted)
    elif finding.key in RUNBOOK_TOPICS and finding.location:
        want = f"say {RUNBOOK_TOPICS[finding.key]}"
        yield from section(documents.get(finding.location.path), finding.key.capitalize(), want)
