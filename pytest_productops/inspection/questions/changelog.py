"""Whether the repository itself tells what changed from release to release, in any form and place.

A changelog counts anywhere in the tree, per package and per version too, and so do the fragments of the next
one. Releases on the forge only do not count; a file that only sends to another site is `external`.
"""

from __future__ import annotations

from pytest_productops.facts.releases.changelogs import Changelogs
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes
from pytest_productops.model import Location


def answer(changelogs: Changelogs) -> Answer:
    """Look at every file that is named or placed like a changelog."""
    if changelogs.all:
        return yes(*(seen(Location(each.path, 1), each.says) for each in changelogs.all[:3]))
    if changelogs.fragments:
        return yes(
            seen(Location(changelogs.fragments[0]), f"{len(changelogs.fragments)} fragments of a changelog")
        )
    if changelogs.external:
        return external(note(f"changes are told at {changelogs.external}"))
    found = [seen(Location(each.path), "is no changelog: " + (each.lack or each.pointer or "tells of no release"))
             for each in changelogs.files[:3]]  # fmt: skip
    names = "CHANGELOG, CHANGES, HISTORY, NEWS, release notes in any folder and format, fragments"
    return no(note(f"searched: {names}"), *found)
