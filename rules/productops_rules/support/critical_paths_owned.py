"""SUP003."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    LAST,
    CriticalPaths,
    Edit,
    Evidence,
    Finding,
    Gap,
    Insert,
    Location,
    More,
    NotApplicable,
    fixes,
    rule,
)

SHOWN = 5
"""Most files that are shown as evidence."""


@rule(
    "SUP003",
    stage="review",
    level="silver",
    demands={"service": {"require_codeowners": True}, "strict": {"min_owners": 2}},
)
def critical_paths_owned(
    critical: CriticalPaths,
    *,
    min_owners: More[int] = 1,
    require_codeowners: More[bool] = False,
    critical_paths: More[tuple[str, ...]] = (),
) -> Iterator[Finding | Evidence]:
    """Whatever builds, releases or protects the product has an owner.

    Critical are, where they exist: CI configuration, CODEOWNERS itself, container builds, deployment and
    infrastructure, migrations of a database, release scripts, lock files and the package manifest at the root; in
    a product that is deployed also code for authentication, security, cryptography and payment. Owners are read
    as the forge does: the last line that matches decides, on GitLab that of each section; a line without owners
    takes them away. Such a line is accepted for lock files and manifests, which machines update.

    Why:
        One line in a workflow publishes a package or prints a secret. Without an owner nobody is asked.
    Fix:
        Add a line for the paths named, or `* @org/team` as the first line of CODEOWNERS.
    Options:
        min_owners: fewest owners of each file; a team counts as two
        require_codeowners: a repository without CODEOWNERS fails
        critical_paths: further critical files or folders
    Source:
        https://docs.github.com/articles/about-code-owners, https://docs.gitlab.com/user/project/codeowners/reference/;
        OpenSSF Scorecard, Branch-Protection (code owner review)
    Bad:
        -- .github/CODEOWNERS --
        /src/ @acme/developers
        -- .github/workflows/release.yml --
        on: push
    Bad:
        -- CODEOWNERS --
        * @acme/all
        .github/
        -- .github/workflows/release.yml --
        on: push
    Good:
        -- .github/CODEOWNERS --
        * @acme/all
        package-lock.json
        -- .github/workflows/release.yml --
        on: push
        -- package-lock.json --
        {}
    """
    owners, kinds = critical.codeowners, critical.kinds(critical_paths)
    if owners is None:
        if not require_codeowners:
            raise NotApplicable("there is no CODEOWNERS file")
        yield Finding(
            "codeowners",
            "there is no CODEOWNERS file, so nobody is asked about critical files",
            fix="add one",
        )
        return
    if not any(entry.owners for entry in owners.entries):
        if require_codeowners:
            message = f"{owners.path} names no owner, so nobody is asked about critical files"
            yield Finding("codeowners", message, Location(owners.path), "name them")
            return
        raise NotApplicable(f"{owners.path} names no owner of anything")
    if not kinds:
        raise NotApplicable("no file is critical")
    for gap in critical.gaps(critical_paths, min_owners):
        yield _finding(owners.path, gap, min_owners)
    yield Evidence(Location(owners.path), f"owners of {', '.join(kinds)}")


def _finding(codeowners: str, gap: Gap, least: int) -> Finding:
    """Say what has no owner, and why."""
    which = gap.paths[0] if len(gap.paths) == 1 else f"{len(gap.paths)} of {gap.total} files"
    few = "no owner" if least == 1 else f"fewer than {least} owners"
    line = f": line {gap.unset.line}, `{gap.unset.pattern}`, names none" if gap.unset else ""
    place = Location(codeowners, gap.unset.line if gap.unset else 0)
    fix = "add a line that names their owner" if gap.unset is None else "name an owner on that line"
    evidence = tuple(Evidence(Location(path)) for path in gap.paths[:SHOWN])
    return Finding(gap.kind, f"CODEOWNERS names {few} for {gap.kind} ({which}){line}", place, fix, evidence)


@fixes(critical_paths_owned, "scaffold")
def outline(
    finding: Finding, critical: CriticalPaths, *, min_owners: int, critical_paths: tuple[str, ...]
) -> Iterator[Edit]:
    """Make lines for you to name the owners in."""
    for gap in critical.gaps(critical_paths, min_owners) if critical.codeowners else ():
        if critical.codeowners and gap.kind == finding.key and gap.unset is None:
            lines = "".join(
                f"# /{path.replace(' ', chr(92) + ' ')} @organisation/team\n" for path in gap.paths[:SHOWN]
            )
            text = f"# TODO(productops): name the owner of {gap.kind}, as in\n{lines}"
            yield Insert(critical.codeowners.path, LAST, text)
