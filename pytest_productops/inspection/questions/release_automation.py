"""Whether CI publishes or tags a release, whatever the workflow's name and the file it hides in.

Uploading to a package index, a registry or an app store counts, a release of the forge, a tag that is pushed,
an image of the product. Dry runs, snapshots in change requests, notifications and sites do not.
"""

from __future__ import annotations

from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(publishing: Publishing) -> Answer:
    """Look at every command and action of every job."""
    if publishing.all:
        return yes(*(seen(each.location, f"publishes {each.what}: {each.by}") for each in publishing.all[:4]))
    return no(note(publishing.searched))
