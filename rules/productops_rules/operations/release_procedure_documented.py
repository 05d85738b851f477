"""OPS003."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pytest_productops.api import (
    Documents,
    Edit,
    Evidence,
    Finding,
    Location,
    Mirror,
    More,
    NotApplicable,
    Product,
    Publishing,
    ReleaseProcedure,
    Releases,
    Unavailable,
    fixes,
    page,
    rule,
    section,
)

Topic = Literal["steps", "verify", "undo"]
DECLARE = "declare where it is: `release = ...` under [tool.productops.artifacts]"
QUESTIONS: Mapping[Literal["verify", "undo"], tuple[str, str]] = {
    "verify": (
        "how to see that the release is right",
        "say what to check before or after: tests, the package installed anew",
    ),
    "undo": (
        "what to do when a release is bad",
        "say how to yank it, to roll back, or to make a fix release",
    ),
}


@rule("OPS003", stage="release", level="silver")
def release_procedure_documented(
    procedure: ReleaseProcedure,
    publishing: Publishing,
    releases: Releases,
    product: Product,
    mirror: Mirror,
    *,
    required: More[tuple[Topic, ...]] = ("steps", "verify", "undo"),
) -> Iterator[Finding | Evidence]:
    """It is written how to make a release: the steps, how to verify it, and what to do when it is bad.

    Looks at documents named after releasing, at sections about it in documents for those who work on the
    product, at checklists that are templates of issues, and at comments of release scripts and workflows. A
    policy on versions or a calendar is no procedure. Where a machine makes the release, verifying is its task. A
    service whose newest tags are no versions is deployed, not released: nothing is asked. Of a mirror, which
    is released where its changes are made, the rule cannot tell.

    Why:
        A product whose releases one person knows how to make waits for that person, and so do its fixes.
    Fix:
        Write RELEASING.md with numbered steps, or a section in CONTRIBUTING.md. Where it is kept elsewhere,
        declare that: `[tool.productops.artifacts] release = "https://..."`.
    Options:
        required: what must be written: steps, verify, undo
    Source:
        OpenSSF Best Practices `access_continuity`; CNCF release process; Google SRE, chapter 8.
    Bad:
        -- RELEASING.md --
        # Releasing
        Minor releases come every month, patch releases when needed.
        -- git log --
        2026-01-05 ann@example.org Begin <v1.0.0>
    Bad:
        -- README.md --
        # Invoices
        Sends invoices.
        -- git log --
        2026-01-05 ann@example.org Begin <v1.0.0>
    Good:
        -- RELEASING.md --
        # Releasing
        1. Update the changelog and the version.
        2. Push the tag: `git push origin v1.2.0`.
        3. Verify that the package installs.
        ## When it goes wrong
        Yank the release and publish a patch release.
        -- git log --
        2026-01-05 ann@example.org Begin <v1.0.0>
    """
    place, made = _made(publishing, releases, product)
    if procedure.lacking:
        document, reason = procedure.lacking
        yield Finding("procedure", f"the release procedure {reason}", document.at(), fix="write the steps")
    elif procedure.external:
        raise Unavailable(f"the release procedure is at {procedure.external}, which is not read: {DECLARE}")
    elif not procedure.written:
        mirror.sends_on()
        where = procedure.near[0].at() if procedure.near else place or procedure.expected
        fix = f"write RELEASING.md with numbered steps, or {DECLARE}"
        yield Finding("procedure", f"{made}, and nothing says how to make a release", where, fix)
    else:
        yield Evidence(procedure.written[0].location, procedure.written[0].note)
        yield from _unsaid(procedure, required)


def _unsaid(procedure: ReleaseProcedure, required: tuple[Topic, ...]) -> Iterator[Finding]:
    for topic, (what, fix) in QUESTIONS.items():
        needed = topic in required and not (topic == "verify" and procedure.automated)
        if needed and not procedure.says(topic):
            message = f"the release procedure does not say {what}"
            yield Finding(topic, message, procedure.written[0].location, fix)


def _made(publishing: Publishing, releases: Releases, product: Product) -> tuple[Location | None, str]:
    """Return the workflow that releases, and what shows that releases are made; raise `NotApplicable` for none."""
    shipped = [each for each in publishing.all if each.what != "a container image"]
    place = shipped[0].location if shipped else None
    if releases.newest:
        return place, f"{releases.newest.tag} is released"
    if not shipped:
        raise NotApplicable("nothing is released: no version is tagged, no workflow publishes one")
    if product.kind == "service":
        raise NotApplicable("it is deployed, not released: no version is tagged")
    return place, f"CI publishes {shipped[0].what}"


SECTIONS = {
    "verify": ("Verify the release", "say what to check before and after it is published"),
    "undo": ("When a release is bad", "say how to yank it, to roll back, or to make a fix release"),
}
STEPS = (
    "number the steps that raise the version and write the changelog",
    "name the command that publishes it",
)


@fixes(release_procedure_documented, "scaffold")
def outline(finding: Finding, documents: Documents, procedure: ReleaseProcedure) -> Iterator[Edit]:
    """Make the procedure, or the section that it lacks, for you to write."""
    if finding.key == "procedure" and not procedure.lacking:
        sections = {"Steps": STEPS, **{title: (want,) for title, want in SECTIONS.values()}}
        yield page("RELEASING.md", "Releasing", sections)
    elif finding.key in SECTIONS and finding.location:
        yield from section(documents.get(finding.location.path), *SECTIONS[finding.key])
