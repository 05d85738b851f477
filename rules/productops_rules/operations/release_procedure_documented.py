"""OPS003."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Evidence,
    Finding,
    Location,
    NotApplicable,
    Publishing,
    ReleaseProcedure,
    Releases,
    Unavailable,
    rule,
)

Topic = Literal["steps", "verify", "undo"]
DECLARE = "declare where it is: `release = ...` under [tool.productops.artifacts]"
QUESTIONS = {
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
    *,
    required: tuple[Topic, ...] = ("steps", "verify", "undo"),
) -> Iterator[Finding | Evidence]:
    """It is written how to make a release: the steps, how to verify it, and what to do when it is bad.

    Looks at documents named after releasing, at sections about it in documents for those who work on the
    product, at checklists that are templates of issues, and at comments of release scripts and workflows. A
    policy on versions or a calendar is no procedure. Where a machine makes the release, verifying is its task.

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
    made = _made(publishing, releases)
    if procedure.lacking:
        document, reason = procedure.lacking
        yield Finding("procedure", f"the release procedure {reason}", document.at(), fix="write the steps")
    elif procedure.external:
        raise Unavailable(f"the release procedure is at {procedure.external}, which is not read: {DECLARE}")
    elif not procedure.written:
        where = procedure.near[0].at() if procedure.near else made.location
        fix = f"write RELEASING.md with numbered steps, or {DECLARE}"
        yield Finding("procedure", f"{made.note}, and nothing says how to make a release", where, fix)
    else:
        place = procedure.written[0]
        yield Evidence(place.location, place.note)
        for topic in ("verify", "undo"):
            needed = topic in required and not (topic == "verify" and procedure.automated)
            if needed and not procedure.says(topic):
                what, fix = QUESTIONS[topic]
                yield Finding(topic, f"the release procedure does not say {what}", place.location, fix)


def _made(publishing: Publishing, releases: Releases) -> Evidence:
    """Return what shows that releases are made; raise `NotApplicable` where none are."""
    tags = [each for each in releases.all if each.version.stable] or releases.all
    if tags:
        return Evidence(Location(""), f"{tags[-1].tag} is released")
    shipped = [each for each in publishing.all if each.what != "a container image"]
    if not shipped:
        raise NotApplicable("nothing is released: no version is tagged, no workflow publishes one")
    return Evidence(shipped[0].location, f"CI publishes {shipped[0].what}")
