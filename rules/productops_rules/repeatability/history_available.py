"""REP010 history-available."""

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Checkout,
    Evidence,
    Finding,
    Location,
    More,
    NotApplicable,
    Unavailable,
    rule,
)


@rule("REP010", stage="build", level="bronze", demands={"strict": {"require": "fail"}})
def history_available(
    checkout: Checkout, *, require: More[Literal["warn", "fail"]] = "warn", git: More[bool] = True
) -> Iterator[Finding | Evidence]:
    """The checkout holds the history that other rules judge by.

    Asks whether this is a git repository with commits, whether history was cut off (a shallow clone) or objects
    left out (a partial clone), and whether there are tags where CI acts on tags.

    A lack is no fault of the repository but of this checkout. So with `require = "warn"` the answer is
    unknown, with the command that mends it; with `"fail"` each lack is a finding. Set `"fail"` where the gate
    runs in CI, so that a checkout of one commit does not pass for a judgement.

    Why:
        A CI service fetches one commit unless told otherwise. Then every rule on history says unknown, and
        nobody notices that half of the gate is off.

    Fix:
        Fetch all of it: `fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` in GitLab CI, else
        `git fetch --unshallow --tags`. For a source archive that has no history set `git = false`.

    Options:
        require: what a lack is: `warn` makes the answer unknown, `fail` a finding.
        git: whether a history is expected; `false` for a source archive.

    Source:
        https://github.com/actions/checkout#fetch-all-history-for-all-tags-and-branches,
        https://docs.gitlab.com/ci/runners/configure_runners/#shallow-cloning.

    Bad:
        -- options --
        require = "fail"
        -- README.md --
        # A copy without history

    Good:
        -- git log --
        2026-01-01 ann@example.org Start
        -- README.md --
        # With history
    """
    if not git:
        raise NotApplicable("no history is expected here (git = false)")
    if checkout.lacks and require == "warn":
        raise Unavailable("; ".join(f"{lack.message}: {lack.mend}" for lack in checkout.lacks))
    for lack in checkout.lacks:
        yield Finding(
            lack.key, f"rules on history need all of it, but {lack.message}", lack.location, lack.mend
        )
    if not checkout.lacks:
        yield Evidence(Location(".git"), "a full clone")
