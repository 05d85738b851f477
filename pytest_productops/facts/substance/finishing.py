"""What is not finished in a text that otherwise says something."""

from __future__ import annotations

import re
from collections import Counter

from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.substance.judging import lack
from pytest_productops.facts.substance.placeholders import Placeholder, placeholders
from pytest_productops.facts.topics import about
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MAX_HEADING = 3
"""Most words of a heading that only names a topic; a longer one may say all there is ("Use soft tabs")."""
MAX_SAME = 2
"""Most headings of one text; more are made by a generator, as in the reference of an interface."""
NEAR = 30
"""Within how many characters behind "we should" it must be said that something is to be written."""
_QUESTION = regex(r"(?:how|what|where|when|who|why)\b", re.IGNORECASE)
_CODE = regex(r"\S*\w\(.*\)\Z|\S*\w[.#:_]+\w\S*\Z")
"""A heading that is a name in code, as a list of an interface's methods has them."""
_EXAMPLES = regex(r"template|sample|example", re.IGNORECASE)
_IDEA = regex(
    r"(?:\([^)]*\))?[\s*_:.\u2013\u2014-]*"
    r"(?:it (?:may|might|could|would) be (?:possible|nice|good|better|worth\w*|useful|helpful)"
    r"|maybe\b|perhaps\b|we (?:may|might|could|should)\b|(?:could|might|should) we\b|consider\b)",
    re.IGNORECASE,
)
_WRITING = regex(
    r"\b(?:document|describ|explain|mention|writ|clarif|elaborat|expand|link|example|section|paragraph|docs?\b|list)",
    re.IGNORECASE,
)
_SITE = regex(r"(?:docs?|documentation|website|site|content|pages)/|\.(?:mdx|adoc)\Z", re.IGNORECASE)


def unfinished(
    document: Document, markers: tuple[str, ...], *, roadmap: bool = True
) -> dict[str, tuple[Location, ...]]:
    """Return the stand-ins of a document with their places, in order.

    `roadmap` leaves out markers in sections about plans. Braces are left out where a site's generator fills
    them.
    """
    if _EXAMPLES.search(document.path):
        return {}
    found: dict[str, list[Location]] = {}
    plans = (
        [s for s in document.sections if s.heading and about(s.heading.text, "roadmap")] if roadmap else []
    )
    for each in placeholders(document, markers):
        planned = each.kind in ("marker", "later") and any(s.start <= each.line <= s.end for s in plans)
        if not planned and not _generated(document, each) and not _idea(document, each):
            found.setdefault(each.text, []).append(document.at(each.line))
    return {text: tuple(places) for text, places in found.items()}


def filled_by_site(document: Document) -> bool:
    """Whether a document is the front matter of a folder's index, whose page the site's generator fills."""
    index = document.path.rpartition("/")[2].partition(".")[0] in {"_index", "index"}
    return index and bool(document.front_matter) and lack(document) == "is empty"


def _generated(document: Document, each: Placeholder) -> bool:
    return each.text.startswith("{{") and bool(_SITE.search(document.path))


def _idea(document: Document, each: Placeholder) -> bool:
    """Whether a marker stands before a thought on the product ("it may be possible to drop this"), not before a gap."""
    if each.kind != "marker":
        return False
    _, found, rest = document.lines[each.line - 1][:600].partition(each.text)
    idea = _IDEA.match(rest) if found else None
    return idea is not None and not _WRITING.search(rest[: idea.end() + NEAR])


def empty_sections(document: Document) -> tuple[Section, ...]:
    """Return the sections with nothing below the heading, neither text nor sub-section; never the title.

    A heading that is a sentence, a link or an image says something itself. Comments say nothing.
    """
    found = []
    sections = [section for section in document.sections if section.heading is not None]
    often = Counter(heading.text for heading in document.headings)
    for section in sections[1:]:
        own = section.heading.text if section.heading else ""
        if often[own] > MAX_SAME:
            continue
        speaks = (len(own.split()) > MAX_HEADING and not _QUESTION.match(own)) or bool(_CODE.match(own))
        if (
            section.own_end == section.end
            and not speaks
            and not section.links
            and not section.codes
            and lack(section)
        ):
            found.append(section)
    return tuple(
        s for s in found if lack(s) in {"has headings and no text", "holds only comments", "is empty"}
    )
