"""SUP009 contributor-absence-factor."""

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Absence,
    Clock,
    Evidence,
    Finding,
    Location,
    More,
    NotApplicable,
    Share,
    Work,
    rule,
)

MOST_SHOWN = 3
NO_MERIT = "this tells where knowledge is narrow; it measures nobody's merit"


@rule("SUP009", stage="operate", level="gold", profiles=("internal-product",))
def contributor_absence_factor(
    absence: Absence,
    clock: Clock,
    *,
    window: str = "365d",
    threshold: More[Share] = 0.5,
    min: More[int] = 2,  # noqa: A002 - so the option is called
    min_authors: int = 3,
    min_commits: int = 30,
    paths: More[Literal["overall", "critical"]] = "critical",
    critical_paths: More[tuple[str, ...]] = (),
) -> Iterator[Finding | Evidence]:
    """Half of the changes are made by more than one person, overall and to each critical part.

    Counts the commits of people in the window, and looks for the smallest set of people behind `threshold` of
    them. Who wrote a commit together (`Co-authored-by`) share it. Names are those that `.mailmap` gives; merges,
    programs and commits that `.git-blame-ignore-revs` names do not count. Critical parts are those of
    critical-paths-owned (CI, deployment, migrations, lock files ...), as far as they were changed often enough to
    judge. A commit to more than 100 files counts for none of them.

    It measures nobody's merit: a high share is a risk of the product, and no achievement or fault of a person.

    Why:
        Where one person knows a part, their holiday, illness or leaving stops it.
    Fix:
        Let a second person make the next changes there, as a pair with the first; name a second owner.
    Options:
        window: how far back is looked.
        threshold: the share of commits, from 0 to 1.
        min: the fewest people that may be behind it.
        min_authors: how many people must have made changes for the rule to apply.
        min_commits: how many commits there must be to judge by, overall and for a part.
        paths: `critical` looks at the critical parts too, `overall` at the whole alone.
        critical_paths: further critical files or folders.
    Source:
        CHAOSS, contributor absence factor (https://chaoss.community/kb/metric-contributor-absence-factor/); OpenSSF
        Best Practices Badge, bus_factor. It is 1 for 35 % of 82 projects with five authors or more.
    Bad:
        -- options --
        min_commits = 5
        -- git log --
        2026-01-05 ann@acme.test Start
        2026-02-05 ann@acme.test Add the basket
        2026-03-05 ann@acme.test Add the till
        2026-04-05 bob@acme.test Add the shelf
        2026-05-05 eve@acme.test Add the cart
        -- now --
        2026-11-22
    Bad:
        -- options --
        min_commits = 2
        -- .github/workflows/ci.yml --
        on: push
        -- .github/workflows/release.yml --
        on: push
        -- git log --
        2026-01-05 ann@acme.test Start
        2026-02-05 eve@acme.test Add the basket [+basket.py]
        2026-03-05 bob@acme.test Add the till [+till.py]
        2026-04-05 ann@acme.test Release [+.github/workflows/release.yml]
        -- now --
        2026-11-22
    Good:
        -- options --
        min_commits = 5
        -- git log --
        2026-01-05 ann@acme.test Start {Co-authored-by: eve@acme.test}
        2026-02-05 ann@acme.test Add the basket
        2026-03-05 bob@acme.test Add the till
        2026-04-05 bob@acme.test Add the shelf
        2026-05-05 eve@acme.test Add the cart
        2026-06-05 eve@acme.test Add the door
        -- now --
        2026-11-22
    """
    since = clock.since(window)
    overall, *parts = absence.since(since, parts=paths == "critical", own=critical_paths)
    if len(overall.people) < min_authors or overall.commits < min_commits:
        few = f"{len(overall.people)} people made {overall.commits} commits since {since}"
        raise NotApplicable(f"{few}, too few to judge by ({min_authors} people, {min_commits} commits)")
    judged = [overall, *(part for part in parts if part.commits >= min_commits)]
    for work in judged:
        fewest = work.fewest(threshold)
        if len(fewest) < min:
            yield _finding(work, fewest, min, since)
    yield Evidence(Location(""), f"{overall.commits} commits by {len(overall.people)} people since {since}")


def _finding(work: Work, fewest: tuple[tuple[str, float], ...], least: int, since: object) -> Finding:
    what = work.part or "the repository"
    who = f"{len(fewest)} people make" if len(fewest) > 1 else "one person makes"
    share = sum(share for _, share in fewest)
    top = ", ".join(f"{name} {share:.0%}" for name, share in work.people[:MOST_SHOWN])
    message = (
        f"{who} {share:.0%} of the {work.commits} commits to {what} since {since}, at least {least} shall:"
        f" {top}; {NO_MERIT}"
    )
    fix = "let somebody else make the next changes there, as a pair with them, and name a second owner"
    place = Location(work.paths[0]) if work.paths else None
    return Finding(
        work.part or "overall", message, place, fix, tuple(Evidence(Location(p)) for p in work.paths[:5])
    )
