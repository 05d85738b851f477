"""PRA007."""

import datetime
from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Clock,
    Evidence,
    Finding,
    Less,
    More,
    NotApplicable,
    Postmortem,
    Postmortems,
    rule,
)

Topic = Literal["date", "impact", "timeline", "cause", "actions"]
ASKED = {
    "date": "when it happened",
    "impact": "whom it affected and how",
    "timeline": "what happened when",
    "cause": "why it happened",
    "actions": "what will be done",
}


@rule("PRA007", stage="operate", level="silver", profiles=("service", "internal-product"))
def postmortem_actions_tracked(
    postmortems: Postmortems,
    clock: Clock,
    *,
    required: More[tuple[Topic, ...]] = ("date", "impact", "timeline", "cause", "actions"),
    max_draft: Less[int] = 30,
    min_actions: More[int] = 1,
) -> Iterator[Finding | Evidence]:
    """Each postmortem is complete, and each of its actions is tracked until it is done.

    Reads the documents of folders for postmortems and incident reports, and those of such names; templates and
    rules on incidents are left alone. A report says when it happened, whom it affected, what happened when, why,
    and what will be done. An action (a point of the list, a row of the table) is done, or is in a tracker, or has an
    owner and a status; a day that it is due on has not passed. A draft does not stay one.

    Why:
        The same incident comes again when what was to be done about it is in a document that nobody opens.

    Fix:
        Make an issue of each action and link it, or give it an owner and a box to tick.

    Options:
        required: the questions that a report answers.
        max_draft: for so many days after the incident it may be a draft.
        min_actions: the fewest actions of a report.

    Source:
        Google SRE book, postmortem culture; PagerDuty, postmortem process; dastergon's collection of templates

    Bad:
        -- docs/postmortems/2026-02-01-checkout-down.md --
        # Checkout down
        ## Impact
        No orders for an hour.
        ## Timeline
        10:00 alarm, 11:00 rolled back.
        ## Root cause
        A migration locked the table.
        ## Action items
        - Test migrations on a copy of the data

    Bad:
        -- docs/postmortems/2026-02-01-checkout-down.md --
        # Checkout down
        ## Timeline
        10:00 alarm, 11:00 rolled back.
        ## Root cause
        A migration locked the table.

    Bad:
        -- docs/postmortems/2026-02-01-checkout-down.md --
        # Checkout down
        Status: draft
        ## Impact
        No orders for an hour.
        ## Timeline
        10:00 alarm, 11:00 rolled back.
        ## Root cause
        A migration locked the table.
        ## Action items
        - [ ] @ann: test migrations on a copy of the data, by 2026-03-01
        -- now --
        2026-04-01

    Good:
        -- docs/postmortems/2026-02-01-checkout-down.md --
        # Checkout down
        ## Impact
        No orders for an hour.
        ## Timeline
        10:00 alarm, 11:00 rolled back.
        ## Root cause
        A migration locked the table.
        ## Action items
        - Test migrations on a copy of the data (#12)
        - [ ] @ann: alarm on locks
        - [x] Roll back in one command
    """
    reports = [*postmortems.all, *postmortems.hollow]
    if not reports:
        raise NotApplicable("no postmortem or incident report is kept here")
    for report in reports:
        found = list(_flaws(report, clock.today, required, max_draft, min_actions))
        yield from found
        if not found:
            yield Evidence(report.document.at(), f"{len(report.actions)} actions, all tracked")


def _flaws(
    report: Postmortem, today: datetime.date, required: tuple[Topic, ...], max_draft: int, min_actions: int
) -> Iterator[Finding]:
    path, place = report.document.path, report.document.at()
    if report.lack:
        yield Finding(f"{path}#text", f"the postmortem {path} {report.lack}", place, "write it, or delete it")
        return
    for topic in required:
        if not report.answers(topic) and not (topic == "actions" and report.acts):
            yield Finding(f"{path}#{topic}", f"the postmortem does not say {ASKED[topic]}", place, "say it")
    few = len(report.actions) or (1 if report.acts else 0)
    if few < min_actions and (report.acts or "actions" not in required):
        message = f"the postmortem names {few} actions, at least {min_actions} are wanted"
        yield Finding(f"{path}#min_actions", message, place, "say what will be done")
    if report.draft and report.day and (today - report.day).days > max_draft:
        message = f"the postmortem is still a draft, {(today - report.day).days} days after the incident"
        yield Finding(f"{path}#draft", message, place, "finish it, and say so")
    yield from _actions(report, today)


def _actions(report: Postmortem, today: datetime.date) -> Iterator[Finding]:
    for action in report.actions:
        key, said = f"{report.document.path}#{action.text[:60]}", f"the action `{action.text[:70]}`"
        if action.untracked:
            message = f"{said} has {action.untracked}"
            yield Finding(key, message, action.location, "make an issue of it and link it here")
        elif action.due and not action.done and action.due < today:
            message = f"{said} was due on {action.due}, and is not done"
            yield Finding(f"{key}.due", message, action.location, "do it, or agree on another day")
