"""REP009 process-changes-reviewed."""

from collections import Counter
from collections.abc import Iterator

from pytest_productops.api import (
    Clock,
    Evidence,
    Finding,
    Less,
    Location,
    More,
    NotApplicable,
    ProcessChanges,
    Regex,
    Touched,
    Unavailable,
    rule,
)

MOST_SHOWN = 3


@rule("REP009", stage="review", level="gold", profiles=("strict",))
def process_changes_reviewed(
    process: ProcessChanges,
    clock: Clock,
    *,
    window: More[str] = "180d",
    min_authors: int = 2,
    markers: Less[tuple[Regex, ...]] = (),
) -> Iterator[Finding | Evidence]:
    """Every change to the process itself came by a change request.

    Looks at the changes on the mainline (first parents) in the window that people made to CI configuration,
    CODEOWNERS, the definition of done, the task register and the documents on releasing. What shows a change
    request is that of changes-arrive-by-review: a merge, `(#12)`, `See merge request`, `Change-Id`, `Reviewed-by` of
    somebody else. Programs are exempt, and so is a release that writes its number into a document.

    A rebase or fast-forward merge leaves no mark. So where something speaks for a request (a number, another
    committer, a later commit time) and nothing was certainly pushed, the answer is unknown; so it is where no
    change at all shows a request and the forge is not known to leave marks. Where one person makes all changes the
    rule does not apply.

    Why:
        Who can change the gate alone can pass it: one line in a workflow or in CODEOWNERS is enough.
    Fix:
        Protect the mainline for everybody, administrators included, and let an owner approve these files.
    Options:
        window: how far back is looked.
        min_authors: how many people must make changes for the rule to apply.
        markers: regular expressions; a commit message that one matches came by a change request.
    Source:
        OSPS-AC-03.01 (https://baseline.openssf.org); Scorecard's Code-Review check; SLSA, source track.
    Bad:
        -- .github/CODEOWNERS --
        * @ann
        -- .github/workflows/release.yml --
        on: push
        -- git log --
        2026-01-01 ann@acme.test Start
        2026-10-02 bob@acme.test Add the till (#1)
        2026-10-03 ann@acme.test Release by hand [+.github/workflows/release.yml]
        -- now --
        2026-11-22
    Good:
        -- .github/workflows/release.yml --
        on: push
        -- git log --
        2026-01-01 ann@acme.test Start
        2026-10-02 bob@acme.test Add the till
        2026-10-03 ann@acme.test Release by hand (#2) [+.github/workflows/release.yml]
        -- now --
        2026-11-22
    """
    since = clock.since(window)
    landings, parts = process.since(since, markers)
    if not parts:
        raise NotApplicable(
            f"nobody changed CI, CODEOWNERS, done, register or release documents since {since}"
        )
    direct, doubtful = [part for part in parts if part.direct], [part for part in parts if part.doubtful]
    signed = any(each.sign for each in landings)
    if len(Counter(each.who for each in landings)) < min_authors and not signed:
        raise NotApplicable(f"one person made all changes since {since}")
    if direct and not signed and not process.changes.forge:
        raise Unavailable(
            "no change shows a change request; they may come by one that leaves no mark (list yours in `markers`)"
        )
    yield from (_finding(part, since) for part in direct)
    if doubtful and not direct:
        first = doubtful[0].doubtful[0]
        raise Unavailable(
            f"{doubtful[0].part}: {first} may have come without a change request: {first.doubt}"
        )
    yield Evidence(
        Location(""), f"{', '.join(part.part for part in parts)}: changed by request since {since}"
    )


def _finding(touched: Touched, since: object) -> Finding:
    newest = "; ".join(map(str, touched.direct[:MOST_SHOWN]))
    count = f"{len(touched.direct)} of {len(touched.landings)} changes to {touched.part} since {since}"
    message = f"{count} were pushed onto the mainline without a change request; newest: {newest}"
    fix = "require a change request for everybody, administrators included, before anything is merged"
    return Finding(touched.part, message, fix=fix)
