"""ONB012."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    ONBOARDING_TOPICS,
    Clock,
    Create,
    Document,
    Edit,
    Evidence,
    Finding,
    Less,
    More,
    Onboarding,
    Share,
    Unavailable,
    fixes,
    interval,
    rule,
)

HOW = {
    "owner": "name the role or handle: `Your buddy is @...`",
    "access": "list the accounts, and where each is requested",
    "first-change": "add an item: a first issue to solve, with a link to the list of them",
}


@rule("ONB012", stage="plan", level="silver", profiles=("internal-product",))
def onboarding_checklist_actionable(
    onboarding: Onboarding,
    clock: Clock,
    *,
    min_items: More[int] = 5,
    min_linked: More[Share] = 0.5,
    milestones: More[int] = 2,
    max_age: Less[str] = "180d",
) -> Iterator[Finding | Evidence]:
    """A checklist leads a new team member from day one to a first change, and each item can be done.

    Looks at documents on onboarding and templates of issues named so; of several, at the one with the most boxes
    to tick. It names who accompanies, what access to request, a first change, and milestones (day 1, week 1, 30
    days). An item can be done when it, or a list in it, has a link, a command, a channel or a person.

    Why:
        What is handed on by word depends on who has time. A list that nobody can act on is handed on by word, too.
    Fix:
        Write docs/onboarding.md or .github/ISSUE_TEMPLATE/onboarding.md with boxes, and give each a link. Where the
        checklist is kept elsewhere, declare that: `[tool.productops.artifacts] onboarding = "https://..."`.
    Options:
        min_items: fewest boxes
        min_linked: least share of boxes that can be acted on
        milestones: fewest points in time
        max_age: how long ago it may have been changed or reviewed last
    Source:
        Microsoft engineering playbook, onboarding guide template; GitLab's onboarding issues; CNCF.
    Bad:
        -- docs/onboarding.md --
        # Onboarding
        Welcome! Ask around.
        -- git log --
        2026-11-01 ann@example.org Welcome people
        -- now --
        2026-11-22
    Bad:
        -- README.md --
        # Invoices
        Sends invoices.
    Good:
        -- docs/onboarding.md --
        # Onboarding
        Your buddy is @ann.
        ## Day 1
        - [ ] Request access to the [shop](https://example.org/access)
        - [ ] Join #invoices
        - [ ] Run `make setup`
        ## Week 1
        - [ ] Read [how we work](https://example.org/team)
        - [ ] Solve a good first issue
        -- git log --
        2026-11-01 ann@example.org Welcome people
        -- now --
        2026-11-22
    """
    longest = interval(max_age)
    if longest is None:
        raise ValueError("max_age is a span such as 90d, 2w, 6mo or 1y")
    document = onboarding.document
    if onboarding.external:
        raise Unavailable(f"the onboarding checklist is at {onboarding.external}, which is not read")
    if document is None:
        yield Finding(
            "document", "there is no onboarding checklist", fix="write docs/onboarding.md with boxes to tick"
        )
        return
    if onboarding.lack:
        yield Finding("document", f"the onboarding document {onboarding.lack}", document.at(), fix="write it")
        return
    found = [*_listed(onboarding, document, min_items, min_linked), *_named(onboarding, document, milestones)]
    yield from found
    try:
        touched = onboarding.touched
    except Unavailable:
        if found:
            return
        raise
    if touched and longest.after(touched) < clock.today:
        message = (
            f"the onboarding checklist was last changed or reviewed on {touched}, more than {max_age} ago"
        )
        yield Finding("age", message, document.at(), "walk through it with the next newcomer, and correct it")
    yield Evidence(
        document.at(), f"{len(onboarding.items)} boxes, {len(onboarding.vague)} of them without a link"
    )


def _listed(onboarding: Onboarding, document: Document, least: int, share: float) -> Iterator[Finding]:
    items, vague = onboarding.items, onboarding.vague
    if len(items) < least:
        message = f"the onboarding document has {len(items)} boxes to tick, fewer than {least}"
        yield Finding("items", message, document.at(), "write what to do as `- [ ] ...`")
    elif len(items) - len(vague) < share * len(items):
        message = f"{len(vague)} of {len(items)} items name neither a link, a command nor a person"
        evidence = tuple(Evidence(document.at(item.line), item.text[:60]) for item in vague[:10])
        yield Finding(
            "linked", message, document.at(vague[0].line), "give each what it takes to do it", evidence
        )


def _named(onboarding: Onboarding, document: Document, least: int) -> Iterator[Finding]:
    for topic, what in ONBOARDING_TOPICS.items():
        if not onboarding.names(topic):
            yield Finding(topic, f"the onboarding checklist does not name {what}", document.at(), HOW[topic])
    if len(onboarding.milestones) < least:
        message = (
            f"the onboarding checklist names {len(onboarding.milestones)} of at least {least} milestones"
        )
        yield Finding(
            "milestones", message, document.at(), "say what is reached by day 1, week 1 and 30 days"
        )


OUTLINE = """# Onboarding

TODO(productops): name who accompanies a new member of the team

## Day 1

- [ ] TODO(productops): each account to request, and where
- [ ] TODO(productops): the channels to join
- [ ] TODO(productops): the command that prepares a checkout

## Week 1

- [ ] TODO(productops): what to read
- [ ] TODO(productops): a first change, and where to find one
"""


@fixes(onboarding_checklist_actionable, "scaffold")
def outline(finding: Finding) -> Iterator[Edit]:
    """Make a checklist for you to write."""
    if finding.key == "document" and finding.location is None:
        yield Create("docs/onboarding.md", OUTLINE)
