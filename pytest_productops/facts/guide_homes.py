"""Guide homes: which README is shown, and where a guide is that a pointer leads to by way of a site."""

from __future__ import annotations

import re
from dataclasses import replace

from pytest_productops.facts.documents import Artifact, Document, Documents
from pytest_productops.facts.inside import Inside
from pytest_productops.lazy import regex

_GUIDE = regex(
    r"(?:\A|/)(?:how[-_]to[-_])?contribut(?:e|ing|ors?[-_]guide)(?:[-_](?:guide|guidelines))?\.\w+\Z",
    re.IGNORECASE,
)
_OTHERS = regex(
    r"(?:\A|/)(?:packages?|crates|libs?|plugins?|modules|examples?|samples?|tests?|themes?|vendor"
    r"|third[-_]party|deps"
    r"|external|blog|versioned_docs|templates?|archive|old|i18n)/|(?:\A|/)[a-z]{2}[-_][A-Z]{2}/",
)
"""Folders with guides of parts, of others, or of former times."""


def front_page(documents: Documents) -> tuple[Document, ...]:
    """Return the README that the forge shows, or nothing: the one in its own folder, of several the one with markup."""
    found = documents.artifact("readme").documents
    folders = [each.path.rpartition("/")[0] for each in found]
    shown = next((folder for folder in folders if folder.startswith(".")), folders[0] if folders else "")
    beside = [each for each, folder in zip(found, folders, strict=True) if folder == shown]
    return tuple(sorted(beside, key=lambda each: each.format == "text")[:1])


def beyond(documents: Documents) -> Artifact | None:
    """Return a guide in an unusual place, such as the source of a site; None where there is one in a usual place."""
    if documents.artifact("contributing"):
        return None
    found = [path for path in documents.paths if _GUIDE.search(path) and not _OTHERS.search(path)]
    document = documents.get(min(found, key=lambda path: (path.count("/"), path))) if found else None
    return Artifact("contributing", (document,)) if document else None


def at_home(guide: Artifact, documents: Documents, inside: Inside) -> Artifact:
    """Return the guide itself where a pointer leads to the page of a site whose source is in the repository."""
    pointer = (
        documents.get(guide.pointer.path) if guide.pointer and guide.external and not guide.declared else None
    )
    path = inside.path(pointer, guide.external) if pointer else None
    source = documents.get(path) if path else None
    return replace(guide, documents=(source,), external="") if source else guide
