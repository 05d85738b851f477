"""SUP008 second-person-evidence."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Evidence,
    Finding,
    Less,
    Location,
    More,
    NotApplicable,
    SecondPerson,
    Share,
    Shown,
    rule,
)

MOST_SHOWN = 3


@rule("SUP008", stage="review", level="gold", profiles=("strict",))
def second_person_evidence(
    second: SecondPerson,
    *,
    window: int = 200,
    min_share: More[Share] = 0.5,
    min_changes: int = 20,
    min_authors: int = 2,
    sources: Less[tuple[Literal["trailer", "merger"], ...]] = ("trailer",),
) -> Iterator[Finding | Evidence]:
    """Changes show in git that a second person approved them.

    Looks at the newest changes on the mainline (first parents) that people made, with the commits that merges
    brought. A second person is seen in `Reviewed-by`, `Approved-by` or `Acked-by` of somebody else than who wrote
    it, in bors' `r=`, and in a merge by Prow or Zuul, which merge only what was approved. With `merger` among the
    sources it is enough that somebody who wrote nothing of it merged or committed it; use that only if
    your policy is that authors do not merge their own.

    That nothing is seen does not say that nobody reviewed: forges keep approvals to themselves. It says that the
    proof is lost with the forge. Where one person writes nearly everything the rule does not apply.

    Why:
        Who approved a change must be known when the forge has moved, and to those who audit.
    Fix:
        Let approvals be written into commits: GitLab's merge commit template with `%{approved_by}`, or a merge
        queue or bot that adds `Reviewed-by:`.
    Options:
        window: how many changes are looked at.
        min_share: the share that must show a second person, from 0 to 1.
        min_changes: how many changes there must be to judge by.
        min_authors: how many people must write changes for the rule to apply.
        sources: what shows a second person: `trailer`, `merger`.
    Source:
        OpenSSF Best Practices Badge, two_person_review; DORA, streamlining change approval. In half of 106 projects
        at most 7 % of the changes show one.
    Bad:
        -- options --
        min_changes = 3
        -- git log --
        2026-01-01 ann@acme.test Start
        2026-01-02 ann@acme.test Add the basket (#1)
        2026-01-03 bob@acme.test Add the till (#2) {Reviewed-by: bob@acme.test}
        2026-01-04 bob@acme.test Add the shelf (#3) {Reviewed-by: ann@acme.test}
    Good:
        -- options --
        min_changes = 3
        -- git log --
        2026-01-01 ann@acme.test Start
        2026-01-02 ann@acme.test Add the basket (#1)
        2026-01-03 bob@acme.test Add the till (#2) {Approved-by: ann@acme.test}
        2026-01-04 bob@acme.test Add the shelf (#3) {Reviewed-by: ann@acme.test}
    """
    found = second.newest(window, merger="merger" in sources)
    if len(found) < min_changes:
        raise NotApplicable(
            f"{len(found)} changes by people are too few to judge by (min_changes {min_changes})"
        )
    shown = [each for each in found if each.by]
    writers = Counter(who.email.lower() or who.name for each in found for who in each.writers)
    regular = [who for who, count in writers.items() if count * 20 >= len(found)]
    if len(shown) < min_share * len(found):
        if len(regular) < min_authors:
            raise NotApplicable("one person writes nearly all changes")
        yield _finding(found, len(shown), min_share)
    yield Evidence(Location(""), f"{len(shown)} of the last {len(found)} changes show a second person")


def _finding(found: tuple[Shown, ...], shown: int, least: float) -> Finding:
    newest = "; ".join(str(each.landing) for each in [e for e in found if not e.by][:MOST_SHOWN])
    message = (
        f"{least:.0%} of the changes shall show a second person's approval in git, {shown} of the last {len(found)}"
        f" ({shown / len(found):.0%}) do; newest without: {newest}"
    )
    fix = "let approvals be written into commits: a merge commit template with %{approved_by}, or Reviewed-by: by a bot"
    return Finding("second-person", message, fix=fix)
