"""SUP007 changes-arrive-by-review."""

import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import islice

from pytest_productops.api import (
    Changes,
    Expression,
    Finding,
    Landing,
    Less,
    More,
    NotApplicable,
    Regex,
    Share,
    Unavailable,
    expression,
    rule,
)

MOST_SHOWN = 3
EXEMPT_PATHS = (
    "*CHANGELOG*",
    "*CHANGES*",
    "*HISTORY*",
    "*version*",
    "docs/releases/*",
)
EXEMPT = (
    r"^[^\w\[(]*(?:[\[(][^\])]{1,40}[\])][\s:]*)*(?:\w+\((?:release|version|changelog)s?\)"
    r"|(?:\w+(?:\([^)]*\))?!?: *)?(?:releas(?:e|ing)\b|bump|prepar(?:e|ing)\b|(?:(?:new|next) )?versions?\b|v?\d"
    r"|back to dev|post[- ]release|(?:start|begin|next) .*develop|update changelog"
    r"|(?:set|updat\w+|increment|change|raise) (?:(?:the|package|project) )?version"
    r"|(?:cut|tag|publish|finali[sz]e|mark|make|do|draft) (?:(?:the|an?|new|next) )*(?:release|version|v?\d)))"
)


@rule("SUP007", stage="review", level="silver")
def changes_arrive_by_review(
    changes: Changes,
    *,
    window: int = 200,
    min_share: More[Share] = 0.8,
    min_authors: int = 2,
    min_changes: int = 20,
    markers: Less[tuple[Regex, ...]] = (),
    exempt_paths: Less[tuple[str, ...]] = EXEMPT_PATHS,
    exempt_subjects: Regex = EXEMPT,
) -> Iterator[Finding]:
    """Changes reach the mainline by change requests.

    Looks at the newest changes on the mainline (first parents) that people made, and counts those that show a
    change request or a second reader: a merge of a branch, `(#12)`, `See merge request`, `Change-Id`,
    `Differential Revision`, `PR-URL`, `Reviewed-by` of somebody else and the like. What programs made, releases
    and pure changelog entries do not count.

    A rebase or fast-forward merge leaves no mark. So a change counts as pushed directly only if nothing speaks
    for a request: no number, no other committer, no later commit time. Where those in doubt decide, the answer
    is unknown; so it is where nothing shows any request at all and the forge is not known to leave marks. Where
    one person makes nearly all changes, nobody could review, and the rule does not apply.

    Why:
        A second reader finds what the first overlooks, and two people know the change afterwards.

    Fix:
        Protect the mainline: require a change request before merging. If your requests leave another mark in
        commit messages, list it in `markers`.

    Options:
        window: how many changes are looked at.
        min_share: the share that must come by a change request, from 0 to 1.
        min_authors: how many people must make changes for the rule to apply.
        min_changes: how many changes there must be to judge by.
        markers: regular expressions; a commit message that one matches came by a change request.
        exempt_paths: globs; a change to nothing else needs no request.
        exempt_subjects: a regular expression; a change with such a subject needs none.

    Source:
        OSPS-QA-07.01 (https://baseline.openssf.org), Scorecard's Code-Review check
        (https://github.com/ossf/scorecard/blob/main/docs/checks.md#code-review), Microsoft's engineering
        playbook. Among 47 projects with 20 authors a year half bring 97 % of their changes so, a quarter
        less than 80 %.

    Bad:
        -- options --
        min_changes = 3
        -- .github/CODEOWNERS --
        * @ann
        -- git log --
        2026-01-01 ann@example.org Start
        2026-01-02 ann@example.org Add the basket
        2026-01-03 bob@example.org Add the till (#2)
        2026-01-04 bob@example.org Add the shelf
        2026-01-05 ann@example.org Add the cart

    Good:
        -- options --
        min_changes = 3
        -- git log --
        2026-01-01 ann@example.org Start
        2026-01-02 ann@example.org Add the basket (#1)
        2026-01-03 bob@example.org Add the till (#2)
        2026-01-04 bob@example.org Add the shelf {Reviewed-by: Ann <ann@example.org>}
        2026-01-05 ann@example.org Release 1.0
    """
    own = exempt_subjects != EXEMPT
    exempt = (expression if own else re.compile)(exempt_subjects, re.IGNORECASE)
    marked = [expression(marker) for marker in markers]
    counted = (each for each in changes if not _exempt(each, exempt, exempt_paths))
    found = list(islice(counted, window))
    if len(found) < min_changes:
        raise NotApplicable(
            f"{len(found)} changes by people are too few to judge by (min_changes {min_changes})"
        )
    signed = [
        e for e in found if e.sign or any(m.search(f"{e.commit.subject}\n{e.commit.body}") for m in marked)
    ]
    direct = [each for each in found if each.direct and each not in signed]
    if len(signed) >= min_share * len(found):
        return
    people = Counter(each.who for each in found)
    regular = [who for who, count in people.items() if count * 20 >= len(found)]
    if len(regular) < min_authors:
        raise NotApplicable("one person makes or merges nearly all changes")
    counts = f"{len(signed)} of the last {len(found)} changes show a change request"
    if len(found) - len(direct) >= min_share * len(found) or not (signed or changes.forge):
        raise Unavailable(
            f"{counts}; the others may have come by one that leaves no mark (list yours in `markers`)"
        )
    yield _finding(len(found), direct, min_share)


def _finding(total: int, direct: list[Landing], min_share: float) -> Finding:
    share = f"{len(direct)} of the last {total} ({len(direct) / total:.1%}) were pushed onto the mainline directly"
    newest = "; ".join(map(str, direct[:MOST_SHOWN]))
    message = f"{min_share:.0%} of the changes shall come by a change request, but {share}; newest: {newest}"
    fix = "protect the mainline: require a change request before merging"
    return Finding("direct", message, fix=fix)


def _exempt(change: Landing, subjects: re.Pattern[str] | Expression, globs: tuple[str, ...]) -> bool:
    if not change.commit.merge and subjects.search(change.commit.subject) and not change.sign:
        return True
    paths = change.paths
    return bool(paths) and all(
        any(fnmatchcase(path.lower(), glob.lower()) for glob in globs) for path in paths
    )
