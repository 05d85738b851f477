"""Guide homes: which README is shown, and where a guide is that a pointer leads to by way of a site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pytest_productops.facts.documents import Artifact, Document, Documents
from pytest_productops.facts.guides.answers import NOTHING, own, sent_away
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.guides.topics import GUIDE
from pytest_productops.facts.substance import Part, words
from pytest_productops.facts.topics import ALIASES, sections
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

_DEVELOPING = regex(
    r"(?:\A|/)(?:docs?|documentation|site|website)/(?:.+/)?(?:contribut|develop|dev\b|hacking)[\w-]*\.\w+\Z",
    re.IGNORECASE,
)
_INCLUDE = regex(
    r"^[^\S\n]*(?:\.\. (?:md)?include::|[`:]{3,}\{include\}|include::"
    r"|\{%\s*include(?:-markdown|-relative|_relative)?|-{2,}8<-{2,})"
    r"\s*[\"']?([^\s\"'\[%]+)",
    re.MULTILINE,
)
MAX_PAGES = 30
"""Most pages that may include a guide that are read."""
_SIGNPOST = 40
"""Most words of a guide that does nothing but send its readers to another site."""
_ON_CONTRIBUTING = regex(
    r"\bcontribut(?:ing|ion guid\w+|or guid\w+|or docs)\b|\bhow to contribute\b", re.IGNORECASE
)
FOR_AGENTS = regex(
    r"(?:^|/)(?:copilot-instructions|claude|agents?|gemini|(?:cursor|ai)[-_]?rules)\.\w+\Z|(?:^|/)\.(?:claude|cursor|gemini|agents?)/"
    r"|(?:^|/)\.github/(?:instructions|prompts|agents|skills|chatmodes)/",
    re.IGNORECASE,
)
"""Files of instructions to coding agents, which are no guide for people."""


def front_page(documents: Documents) -> tuple[Document, ...]:
    """Return the README that the forge shows, or nothing: the one in its own folder, of several the one with markup."""
    found = documents.artifact("readme").documents
    folders = [each.path.rpartition("/")[0] for each in found]
    shown = next((folder for folder in folders if folder.startswith(".")), folders[0] if folders else "")
    beside = [each for each, folder in zip(found, folders, strict=True) if folder == shown]
    return tuple(sorted(beside, key=lambda each: each.format == "text")[:1])


def linked(readme: Iterable[Document], inside: Callable[[Document, str], object]) -> str:
    """Return the guide on another site that a README links to by that name, or nothing."""
    link = sent_away(readme, NOTHING, _ON_CONTRIBUTING, inside)
    return link.target if link else ""


def only_sends(guide: Part, inside: Callable[[Document, str], object]) -> str:
    """Return the site that a guide sends its readers to, if it says nothing else."""
    if words(guide) > _SIGNPOST or instructions(guide):
        return ""
    link = sent_away((guide,), NOTHING, GUIDE, inside)
    return link.target if link else ""


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


def alone(readme: Iterable[Document], topic: str) -> tuple[Part, ...]:
    """Return what else of a README may answer where there is no guide: the sections about the topic, never the lead.

    Of submission any sentence may tell, by its own words.
    """
    if topic not in ALIASES:
        return tuple(readme)
    if topic == "submit":
        return tuple(own(section) for document in readme for section in document.sections)
    found = (section for document in readme for section in sections(document, topic))
    return tuple(section for section in found if section.heading != section.document.headings[0])


def including(guides: Iterable[Document], documents: Documents) -> Iterator[Document]:
    """Yield the pages for developers that include a guide: what they say beside it belongs to it."""
    wanted = {guide.path for guide in guides}
    pages = [path for path in documents.paths if _DEVELOPING.search(path)] if wanted else []
    for page in filter(None, map(documents.get, pages[:MAX_PAGES])):
        targets = (target for target in _INCLUDE.findall(page.text) if not target.startswith("http"))
        if any(documents.resolve(page, target) in wanted for target in targets):
            yield page
