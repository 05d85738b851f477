"""PRA008."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import AGREEMENT_TOPICS, Agreement, Evidence, Finding, More, Unavailable, rule

Topic = Literal["channels", "hours", "decisions", "meetings", "escalation"]
HOW = {
    "channels": "name the channels, and what each is for",
    "hours": "write the core hours with their time zone, or how soon an answer may be expected",
    "decisions": "say who decides what, and where decisions are written down",
    "meetings": "list the meetings with their rhythm",
    "escalation": "say whom to turn to when blocked, and how a conflict is settled",
}


@rule("PRA008", stage="plan", level="silver", profiles=("internal-product",))
def working_agreement_documented(
    agreement: Agreement, *, required: More[tuple[Topic, ...]] = ("channels", "hours", "decisions")
) -> Iterator[Finding | Evidence]:
    """How the team works together is written down: channels, hours, decisions; with an owner and a date of review.

    Looks at documents such as WORKING_AGREEMENT.md, TEAM.md and docs/how-we-work.md, and at sections on that in
    the README, the contributor guide and the onboarding document. The owner stands in it or in CODEOWNERS; the
    date in the front matter (`last_reviewed_on`) or in a line such as `Reviewed: 2026-11-22`.

    Why:
        A team that is spread over places and time zones can't pick up its habits by watching each other.
    Fix:
        Agree on the topic that is named, and write it down. An agreement that is kept elsewhere is declared:
        `[tool.productops.artifacts] agreement = "https://..."`.
    Options:
        required: what must be written: channels, hours, decisions, meetings, escalation
    Source:
        Microsoft engineering playbook, working agreement; GitLab handbook, asynchronous work.
    Bad:
        -- README.md --
        # Invoices
        Sends invoices.
    Bad:
        -- docs/working-agreement.md --
        # Working agreement
        We talk in #invoices. Core hours are 10:00 to 15:00 UTC.
    Good:
        -- docs/working-agreement.md --
        # Working agreement
        Owner: @ann. Reviewed: 2026-11-01
        We talk in #invoices. Core hours are 10:00 to 15:00 UTC.
        Decisions are made by consent, and recorded in docs/decisions.
    """
    if agreement.external:
        raise Unavailable(f"the working agreement is at {agreement.external}, which is not read")
    if agreement.part is None:
        fix = (
            "write docs/working-agreement.md, or declare `agreement = ...` under [tool.productops.artifacts]"
        )
        yield Finding("agreement", "there is no working agreement", fix=fix)
        return
    if agreement.lack:
        yield Finding("agreement", f"the working agreement {agreement.lack}", agreement.place, fix="write it")
        return
    for topic in required:
        if not agreement.says(topic):
            message = f"the working agreement does not say {AGREEMENT_TOPICS[topic]}"
            yield Finding(topic, message, agreement.place, fix=HOW[topic])
    if not agreement.owned:
        yield Finding("owner", "the working agreement has no owner", agreement.place, "add `Owner: @...`")
    if not agreement.stamped:
        message = "the working agreement does not say when it was reviewed"
        yield Finding("stamp", message, agreement.place, "add `Reviewed:` with the day")
    yield Evidence(
        agreement.place, "says " + ", ".join(topic for topic in AGREEMENT_TOPICS if agreement.says(topic))
    )
