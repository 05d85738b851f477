"""REP008 release-by-more-than-one-person."""

from collections.abc import Iterator

from pytest_productops.api import (
    Clock,
    Evidence,
    Finding,
    Location,
    Made,
    Makers,
    More,
    NotApplicable,
    Unavailable,
    rule,
)

ENOUGH = 6
"""So many releases are judged where the window holds fewer."""


@rule("REP008", stage="release", level="gold", profiles=("oss-library",))
def release_by_more_than_one_person(
    makers: Makers,
    clock: Clock,
    *,
    window: str = "365d",
    min_people: More[int] = 2,
    min_releases: int = 3,
    bot_counts: bool = True,
) -> Iterator[Finding | Evidence]:
    """More than one person cut the latest releases.

    Looks at the releases in the window, and at the last six where there are fewer. Who cut one is who made its
    annotated tag, and who wrote or merged the commit of its version. Tags of several packages on one commit are
    one release.

    Releases that a program tags or writes (release-please, a release bot) count as anybody's: whoever may merge its
    request can release. But where git names the people who triggered them, they must vary too. Where a plain
    tag stands on a commit that says nothing of a release, git does not tell who made it, and the answer is
    unknown unless the others suffice.

    Why:
        A release that one person alone has ever made waits for that person, also when a hole must be closed.
    Fix:
        Let somebody else make the next release by the written procedure, or let CI make it on a merge.
    Options:
        window: how far back is looked.
        min_people: how many people must have cut releases.
        min_releases: how many releases the window must hold for the rule to apply.
        bot_counts: whether releases that a program makes need no people.
    Source:
        OpenSSF Best Practices Badge, access_continuity
        (https://www.bestpractices.dev/criteria/0#0.access_continuity) and bus_factor.
    Bad:
        -- git log --
        2026-01-05 ann@acme.test Release 1.0.0 <v1.0.0>
        2026-02-05 bob@acme.test Add the till
        2026-03-05 ann@acme.test Release 1.1.0 <v1.1.0>
        2026-05-05 ann@acme.test Release 1.2.0 <v1.2.0>
        -- now --
        2026-11-22
    Good:
        -- git log --
        2026-01-05 ann@acme.test Release 1.0.0 <v1.0.0>
        2026-03-05 bob@acme.test Release 1.1.0 <v1.1.0>
        2026-05-05 ann@acme.test Release 1.2.0 <v1.2.0>
        -- now --
        2026-11-22
    Good:
        -- git log --
        2026-01-05 release-please[bot]@acme.test Release 1.0.0 <v1.0.0>
        2026-03-05 release-please[bot]@acme.test Release 1.1.0 <v1.1.0>
        2026-05-05 release-please[bot]@acme.test Release 1.2.0 <v1.2.0>
        -- now --
        2026-11-22
    """
    since = clock.since(window)
    made = makers.newest(since, ENOUGH)
    recent = [each for each in made if each.day >= since]
    if len(recent) < min_releases:
        raise NotApplicable(f"{len(recent)} releases since {since} are too few to judge by ({min_releases})")
    people = makers.distinct(made)
    if len(people) < min_people:
        untold = [each for each in made if not each.people and not each.program]
        alone = [each for each in made if each.people]
        if untold:
            raise Unavailable(
                f"git does not tell who made {untold[0].tags[0]}: a plain tag on a commit that speaks of no release;"
                " annotate tags (git tag -a), and they carry their maker"
            )
        if len(alone) == len(made) or not bot_counts:
            yield _finding(made, people, min_people)
    names = ", ".join(people) or "programs"
    yield Evidence(Location(""), f"the last {len(made)} releases were cut by {names}")


def _finding(made: tuple[Made, ...], people: tuple[str, ...], least: int) -> Finding:
    who = " and ".join(people) or "programs"
    tags = ", ".join(each.tags[0] for each in made[:3])
    message = (
        f"git names {who} alone for the last {len(made)} releases, from {made[-1].tags[0]} of {made[-1].day} on"
        f" ({tags} ...); at least {least} people shall"
    )
    fix = "let somebody else make the next release by the written procedure"
    return Finding("alone", message, fix=fix)
