"""SUP002."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    CodeOwners,
    Edit,
    Effect,
    Evidence,
    Files,
    Finding,
    Idle,
    Insert,
    Less,
    Location,
    NotApplicable,
    Remove,
    Replace,
    fixes,
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
    message = f"`{entry.pattern}` {idle.why}"
    return Finding(_key(idle), message, Location(owners.path, entry.line), fix, evidence)


def _key(idle: Idle) -> str:
    section = idle.entry.section
    return f"{section}#{idle.entry.pattern}" if section else idle.entry.pattern


@fixes(codeowners_valid, "safe")
def follow_the_files(finding: Finding, effect: Effect) -> Iterator[Edit]:
    """Name where the files are now."""
    for idle, path, _ in _lines(finding, effect):
        if idle.pattern and idle.sure:
            yield Replace(path, idle.entry.line, idle.entry.pattern, idle.pattern)


@fixes(codeowners_valid, "safe")
def drop_the_repeated(finding: Finding, effect: Effect) -> Iterator[Edit]:
    """Drop the line that a later one repeats."""
    for idle, path, text in _lines(finding, effect):
        if idle.by and (idle.by.pattern, idle.by.section) == (idle.entry.pattern, idle.entry.section):
            yield Remove(path, idle.entry.line, text)


@fixes(codeowners_valid, "unsafe")
def follow_the_likeness(finding: Finding, effect: Effect, files: Files) -> Iterator[Edit]:
    """Name what git takes for the renamed file or folder."""
    for idle, path, _ in _lines(finding, effect):
        if idle.pattern.strip("/") in files or (idle.pattern and idle.removal and idle.removal.surely):
            yield Replace(path, idle.entry.line, idle.entry.pattern, idle.pattern)


@fixes(codeowners_valid, "unsafe")
def set_in_order(finding: Finding, effect: Effect) -> Iterator[Edit]:
    """Put the line below the one that overrules it."""
    for idle, path, text in _lines(finding, effect):
        if idle.by:
            yield Remove(path, idle.entry.line, text)
            yield Insert(path, idle.by.line, f"{text}\n")


@fixes(codeowners_valid, "unsafe")
def drop_the_deleted(finding: Finding, effect: Effect) -> Iterator[Edit]:
    """Drop the line, since its files were deleted."""
    for idle, path, text in _lines(finding, effect):
        if idle.removal and not idle.pattern and not idle.by:
            yield Remove(path, idle.entry.line, text)


def _lines(finding: Finding, effect: Effect) -> Iterator[tuple[Idle, str, str]]:
    """Yield what a finding is about: the idle line, its file, its text."""
    for idle in effect.idle:
        at = finding.location
        if at and effect.codeowners and _key(idle) == finding.key and idle.entry.line == at.line:
            yield idle, effect.codeowners.path, effect.lines[idle.entry.line - 1]
