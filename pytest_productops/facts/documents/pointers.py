"""Pointers: files that say no more than where the real document is."""

from __future__ import annotations

import re

from pytest_productops.facts.documents.model import Document
from pytest_productops.lazy import regex

MAX_LINES = 7
"""Longest pointer, in lines that are not blank."""
MAX_WORDS = 40
"""Most words of a pointer, those of its link included."""
_INCLUDE = regex(
    r"(?:\.\.\s+include::|include::|#\+include:|;?-+8<-+|@include|\{%-?\s*include(?:-markdown|_relative)?|\{!"
    r"|<!--\s*@include:|`{3,}\{include\}|import\s+\w+\s+from(?=\s+[\"'][^\"']*\.mdx?[\"']))"
    r"\s*[\"']?([^\"'\s%!\[]+)",
    re.IGNORECASE,
)
_SENDS = regex(
    r"\b(?:see|read|refer|referr?ed|follow|visit|consult|check|moved?|found|find|available|located|lives?|here"
    r"|guides?|guidelines|docs?|documentation|manual|handbook|wiki|website|page|policy|instructions|details)\b",
    re.IGNORECASE,
)
_GREETS = regex(
    r"\b(?:thanks?|thank you|welcome|glad|happy|love|appreciate|excited|hello|hi|interest(?:ed)?)\b",
    re.IGNORECASE,
)
_SENTENCE = regex(r"(?<=[.!?:])\s+")
_WORD = regex(r"\w")
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
    """Return the target of the only link where every sentence sends the reader there, or greets."""
    links = {link.target: link.text for link in document.links if not link.image}
    if len(links) != 1 or document.code_blocks or document.codes or len(document.items) > 1:
        return ""
    target, text = links.popitem()
    said = " ".join(prose.text for prose in document.prose)
    sentences = [sentence for sentence in _SENTENCE.split(said) if _WORD.search(sentence)]
    sends = all(_SENDS.search(each) or _GREETS.search(each) or each.strip(" .") == text for each in sentences)
    short = len(said.split()) <= MAX_WORDS and len(document.headings) <= 1
    return target if sends and short and not target.startswith(("#", "mailto:")) else ""
