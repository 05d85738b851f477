"""SUP004 owners-active."""

from collections.abc import Iterator

from pytest_productops.api import (
    Clock,
    Evidence,
    Finding,
    Individual,
    Individuals,
    Less,
    More,
    NotApplicable,
    Presence,
    Seen,
    Signature,
    Unavailable,
    rule,
)

MOST_SHOWN = 8


@rule("SUP004", stage="operate", level="silver", profiles=("internal-product",))
def owners_active(
    individuals: Individuals,
    presence: Presence,
    clock: Clock,
    *,
    window: Less[str] = "365d",
    min_events: More[int] = 1,
    people: tuple[str, ...] = (),
) -> Iterator[Finding | Evidence]:
    """Everybody who is named as an owner took part lately.

    Looks at the people in CODEOWNERS, OWNERS (with OWNERS_ALIASES) and MAINTAINERS: not at teams and programs, and
    not at those who are listed as emeritus or former. A person took part who wrote or merged a commit, or whom a
    trailer credits (`Reviewed-by`, `Co-authored-by` and the like).

    Who is behind a handle is read from addresses that the forge gives out, from merges of branches, from
    `.mailmap` and from `people`. Somebody who may be meant counts as active. Whom the history does not know at
    all is never a finding: then the answer is unknown. Reviews that only the forge knows leave no trace here.

    Why:
        A change that waits for an owner who has left waits for nobody.
    Fix:
        Ask them. Take them off the list, or list them as emeritus, or say in `people` what else they sign with.
    Options:
        window: how far back is looked.
        min_events: how many commits must name each of them.
        people: who signs with what, as `"@ann = ann@example.org"` or `"@ann = Ann Smith"`.
    Source:
        Kubernetes, https://www.kubernetes.dev/docs/guide/owners/#cleanup; Cortex, "stale owner".
    Bad:
        -- CODEOWNERS --
        * ann@acme.test bob@acme.test
        -- git log --
        2024-01-05 bob@acme.test Start
        2026-06-01 ann@acme.test Add the basket
        -- now --
        2026-11-22
    Good:
        -- CODEOWNERS --
        * ann@acme.test bob@acme.test @acme/developers
        -- git log --
        2024-01-05 bob@acme.test Start
        2026-06-01 ann@acme.test Add the basket {Reviewed-by: bob@acme.test}
        -- now --
        2026-11-22
    Good:
        -- MAINTAINERS.md --
        # Maintainers
        - Ann (ann@acme.test)
        ## Emeritus
        - Bob (bob@acme.test)
        -- git log --
        2024-01-05 bob@acme.test Start
        2026-06-01 ann@acme.test Add the basket
        -- now --
        2026-11-22
    """
    if not individuals.all:
        who = "only teams are named as owners" if individuals.named else "no file names owners"
        raise NotApplicable(who)
    since = clock.since(window)
    told = [Signature.same(*pair.partition("=")[::2]) for pair in people]
    found = presence.of([each.signatures for each in individuals.all], since, min_events, told)
    pairs = list(zip(individuals.all, found, strict=True))
    gone = [(who, seen) for who, seen in pairs if seen.last and seen.events < min_events]
    yield from (_finding(who, seen, since, min_events) for who, seen in gone)
    strangers = [who.name for who, seen in pairs if not seen.last and seen.events < min_events]
    if strangers and not gone:
        names = ", ".join(strangers[:MOST_SHOWN]) + (" and others" if len(strangers) > MOST_SHOWN else "")
        raise Unavailable(f"history does not tell who is {names}: say in `people` what they sign with")
    if not gone:
        yield Evidence(individuals.all[0].location, f"{len(pairs)} people took part since {since}")


def _finding(who: Individual, seen: Seen, since: object, least: int) -> Finding:
    name = f"{who.name} ({seen.name})" if seen.name and seen.name != who.name else who.name
    did = f"only {seen.events} of {least} commits" if seen.events else "no commit, merge or trailer"
    message = f"{who.location.path} lists {name}, who has {did} since {since}; last seen {seen.last}"
    fix = "ask them; take them off, or list them as emeritus, or say in `people` what else they sign with"
    return Finding(who.name.lower(), message, who.location, fix)
