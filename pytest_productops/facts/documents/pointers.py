"""Pointers: files that say no more than where the real document is."""

from __future__ import annotations

from pytest_productops.facts.documents.model import Document
from pytest_productops.lazy import regex

MAX_LINES = 7
"""Longest pointer, in lines that are not blank."""
MAX_WORDS = 16
"""Most words beside the link: "Please see our guide for how to contribute"."""
_INCLUDE = regex(
    r"(?:\.\.\s+include::|;?-+8<-+|@include|\{%-?\s*include(?:-markdown|_relative)?|\{!|<!--\s*@include:|`{3,}\{include\})"
    r"\s*[\"']?([^\"'\s%!]+)"
)
_BARE = regex(r"[\w./-]+\.(?:md|markdown|mdx|rst|adoc|txt|org)\Z")


def pointed(document: Document) -> str:
    """Return the target of a document that is a pointer, else nothing."""
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    if not lines or len(lines) > MAX_LINES:
        return ""
    includes = [match[1] for match in map(_INCLUDE.match, lines) if match]
    if includes:
        return includes[0] if len(includes) == 1 else ""
    if len(lines) == 1 and _BARE.match(lines[0]):
        return lines[0]
    return _linked(document)


def _linked(document: Document) -> str:
    links = {link.target: link.text for link in document.links if not link.image}
    if len(links) != 1 or document.code_blocks or document.codes or len(document.items) > 1:
        return ""
    target, text = links.popitem()
    words = sum(len(prose.text.split()) for prose in document.prose) - len(text.split())
    return target if words <= MAX_WORDS and not target.startswith(("#", "mailto:")) else ""
