"""SUP002."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    CodeOwners,
    Effect,
    Evidence,
    Finding,
    Idle,
    Less,
    Location,
    NotApplicable,
    rule,
)


@rule("SUP002", stage="review", level="bronze")
def codeowners_valid(
    effect: Effect, *, allow_unmatched: Less[tuple[str, ...]] = ()
) -> Iterator[Finding | Evidence]:
    """Each line of CODEOWNERS takes effect.

    Looks at the file that the forge reads, GitHub or GitLab. A line does nothing when its pattern matches no
    file, when a later line decides for all that it matches, or when a word of it is no owner. A second file,
    or one in a place that the forge does not read, does nothing either. Lines that name no owner leave files
    without one on purpose. Whether a user or team exists is not known here.

    Why:
        The forge says nothing of a line that does nothing: a change that somebody counts on reviewing is
        merged without them.
    Fix:
        Correct the path (the finding says where the files moved), put the general line before the special
        one, or delete the line.
    Options:
        allow_unmatched: patterns, written as in the file, that may match no file yet
    Source:
        https://docs.github.com/articles/about-code-owners,
        https://docs.gitlab.com/user/project/codeowners/reference/
    Bad:
        -- .github/CODEOWNERS --
        * @acme/all
        /src/billing/ @acme/payments
        -- src/payment/total.py --
        pass
    Bad:
        -- CODEOWNERS --
        /docs/ @acme/writers
        * @acme/all
        -- docs/index.md --
        # Invoices
    Bad:
        -- .github/CODEOWNERS --
        * acme-team
    Good:
        -- .github/CODEOWNERS --
        * @acme/all
        /docs/ @acme/writers
        /docs/generated/
        -- docs/index.md --
        # Invoices
        -- docs/generated/api.md --
        # API
    """
    owners = effect.codeowners
    if owners is None and not effect.ignored:
        raise NotApplicable("there is no CODEOWNERS file")
    for location, why in effect.ignored:
        yield Finding(
            f"file#{location.path}", f"{location.path} does nothing: {why}", location, fix="delete or move it"
        )
    if owners is not None:
        yield from _malformed(owners)
        yield from (
            _dead(owners, idle)
            for idle in effect.idle
            if idle.entry.pattern not in allow_unmatched or idle.by
        )
        yield Evidence(Location(owners.path), f"{len(owners.entries)} lines as {owners.dialect} reads them")


def _malformed(owners: CodeOwners) -> Iterator[Finding]:
    so = ", so GitHub skips the line" if owners.dialect == "github" else ""
    for line, word in owners.malformed:
        fix = "write @user, @organisation/team or an e-mail address, apart by spaces"
        yield Finding(f"owner#{word}", f"`{word}` is no owner{so}", Location(owners.path, line), fix)


def _dead(owners: CodeOwners, idle: Idle) -> Finding:
    """Say that a line does nothing."""
    entry = idle.entry
    fix = "move it below that line" if idle.by else "correct the path or delete the line"
    if idle.pattern:
        fix = f"write `{idle.pattern}`"
    elif idle.by and idle.by.pattern == entry.pattern:
        fix = "delete one of the two"
    evidence = (Evidence(Location(owners.path, idle.by.line), "decides in its stead"),) if idle.by else ()
    key = f"{entry.section}#{entry.pattern}" if entry.section else entry.pattern
    return Finding(key, f"`{entry.pattern}` {idle.why}", Location(owners.path, entry.line), fix, evidence)
