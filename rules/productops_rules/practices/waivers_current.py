"""PRA001 waivers-current."""

import datetime
from collections.abc import Iterator

from pytest_productops.api import (
    Clock,
    Finding,
    InlineWaivers,
    NotApplicable,
    Waiver,
    Waivers,
    rule,
    unexplained,
)


@rule("PRA001", stage="operate", level="bronze")
def waivers_current(waivers: Waivers, inline: InlineWaivers, clock: Clock) -> Iterator[Finding]:
    """Every exception from the rules has a reason and an owner, and has not ended.

    Looks at the `[[waivers]]` and the `ignore` table of the settings, and at comments of the form
    `productops: ignore ONB003 until 2027-01-31 owner=@ann reason`. A waiver holds until the end of the day that
    it names, in UTC, and not a day longer; it may end `max-waiver-days` (180) ahead. A rule that is ignored has
    no end, so it needs a reason that can be read a year later.

    Why:
        An exception without an end is a rule that was switched off. Nobody remembers why.

    Fix:
        Mend what was waived and delete the waiver, or agree with its owner on a new reason and day:
        `productops waive RULE --extend`.

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

        [ignore]
        PRA005 = "TODO"
        -- now --
        2026-07-01

    Bad:
        -- CONTRIBUTING.md --
        <!-- productops: ignore ONB003 until next year -->
        Run `make docs`.
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
        -- CONTRIBUTING.md --
        <!-- productops: ignore ONB003 until 2026-06-30 owner=@ann the target comes with the new build -->
        Run `make docs`.
        -- now --
        2026-06-30
    """
    if not (waivers.all or waivers.ignored or inline.all or inline.broken):
        raise NotApplicable("no rule is waived or ignored")
    for waiver in (*waivers.all, *inline.all):
        yield from _judge(waiver, clock.today, waivers.max_days)
    for each in inline.broken:
        yield Finding(f"{each.name}.broken", each.message, each.location, fix=each.hint)
    for ignored in waivers.ignored:
        if unexplained(ignored.reason):
            message = f"{ignored.rule} is ignored, and its reason says nothing: {ignored.reason!r}"
            fix = "say why the rule does not fit here"
            yield Finding(f"{ignored.rule}.reason", message, ignored.location, fix=fix)


def _judge(waiver: Waiver, today: datetime.date, max_days: int) -> Iterator[Finding]:
    name, place, left = waiver.name, waiver.location, (waiver.expires - today).days
    if left < 0:
        message = f"the waiver of {name} ended {waiver.expires}, {-left} d ago, owner {waiver.owner}: {waiver.reason}"
        yield Finding(f"{name}.ended", message, place, fix="mend what it waives and delete it")
    elif left > max_days:
        message = f"the waiver of {name} ends {waiver.expires}, more than {max_days} days ahead"
        fix = f"choose a last day up to {today + datetime.timedelta(max_days)}"
        yield Finding(f"{name}.too-long", message, place, fix=fix)
    if unexplained(waiver.reason):
        message = f"the waiver of {name} gives no reason: {waiver.reason!r}"
        yield Finding(f"{name}.reason", message, place, fix="say why it is accepted")
