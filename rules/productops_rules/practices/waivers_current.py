"""PRA001 waivers-current."""

import datetime
from collections.abc import Iterator

from pytest_productops.api import Clock, Finding, NotApplicable, Waiver, Waivers, rule, unexplained


@rule("PRA001", stage="operate", level="bronze")
def waivers_current(waivers: Waivers, clock: Clock, *, max_days: int = 180) -> Iterator[Finding]:
    """Every exception from the rules has a reason and an owner, and has not ended.

    Looks at the `[[waivers]]` and the `ignore` table of the settings. A waiver holds until the end of the day
    that it names, in UTC, and not a day longer. A rule that is ignored has no end, so it needs a reason that
    can be read a year later.

    Why:
        An exception without an end is a rule that was switched off. Nobody remembers why.

    Fix:
        Mend what was waived and delete the waiver, or agree with its owner on a new reason and day.

    Options:
        max_days: a waiver may not end later than so many days from today

    Source:
        repo-review (ignore with a reason); Kubernetes EXCEPTIONS; Ruff RUF100.

    Bad:
        -- productops.toml --
        [[waivers]]
        rule = "DEV003"
        subject = "legacy/**"
        reason = "the component is being retired"
        owner = "@ann"
        expires = 2026-06-30
        -- now --
        2026-07-01

    Bad:
        -- productops.toml --
        [ignore]
        DEV003 = "TODO"
        -- now --
        2026-07-01

    Good:
        -- productops.toml --
        [[waivers]]
        rule = "DEV003"
        subject = "legacy/**"
        reason = "the component is being retired"
        owner = "@ann"
        expires = 2026-06-30

        [ignore]
        PRA005 = "the organisation's policy holds, https://example.org/security"
        -- now --
        2026-06-30
    """
    if not waivers.all and not waivers.ignored:
        raise NotApplicable("no rule is waived or ignored")
    for waiver in waivers.all:
        yield from _judge(waiver, clock.today, max_days)
    for each in waivers.ignored:
        if unexplained(each.reason):
            message = f"{each.rule} is ignored, and its reason says nothing: {each.reason!r}"
            yield Finding(
                f"{each.rule}.reason", message, each.location, fix="say why the rule does not fit here"
            )


def _judge(waiver: Waiver, today: datetime.date, max_days: int) -> Iterator[Finding]:
    name = f"{waiver.rule} {waiver.subject}".strip()
    if not waiver.holds(today):
        days = (today - waiver.expires).days
        message = f"the waiver of {name} ended {waiver.expires}, {days} d ago, owner {waiver.owner}: {waiver.reason}"
        yield Finding(f"{name}.ended", message, waiver.location, fix="mend what it waives and delete it")
    elif (waiver.expires - today).days > max_days:
        message = f"the waiver of {name} ends {waiver.expires}, more than {max_days} days ahead"
        latest = today + datetime.timedelta(max_days)
        yield Finding(f"{name}.too-long", message, waiver.location, fix=f"choose a last day up to {latest}")
    if unexplained(waiver.reason):
        message = f"the waiver of {name} gives no reason: {waiver.reason!r}"
        yield Finding(f"{name}.reason", message, waiver.location, fix="say why it is accepted")
