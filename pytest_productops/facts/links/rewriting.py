"""Rewriting: a document's own words for a path, written anew, as edits."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from pytest_productops.edits import Edit, Insert, Replace
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.lazy import regex

_DEFINED = regex(r"\s{0,3}\[[^\]]+\]:\s|\.\. _[^:]+:|:[\w-]+:\s")
"""A line that says where the links of a name lead: of Markdown, reStructuredText, AsciiDoc."""

_BEFORE = ("(", "(<", '"', "'", "]: ", "]: <")
"""What stands before a target: in Markdown, in HTML, where links are defined."""
_ITEM = regex(r"(?P<mark>\s*[-*+]\s+)\[[^\]]+\]\([^)\s]+\)")
_ANY_ITEM = regex(r"\s*(?:[-*+]|\d+[.)])\s")
SIBLINGS = 2
"""Fewest siblings of a document in a list that it belongs to."""


def relinked(document: Document, target: str, now: str) -> str:
    """Return a link's target with the path that it should have, written in the manner of the old one."""
    at = min(found if (found := target.find(mark)) >= 0 else len(target) for mark in "#?")
    old, tail = target[:at], target[at:]
    if old.startswith("/"):
        new = f"/{now}"
    else:
        new = posixpath.relpath(now, posixpath.dirname(document.path) or ".")
        new = f"./{new}" if old.startswith("./") and not new.startswith("../") else new
    new = f"{new}/" if old.endswith("/") else new
    return (quote(new, safe="/.-_~@+,()&") if "%" in old or " " in new else new) + tail


def rewritten(document: Document, lines: Iterable[int], old: str, new: str) -> Iterator[Edit]:
    """Yield what writes another text into those of the lines that hold it, and where links are defined."""
    if old == new or old not in document.text:
        return
    named = frozenset(lines)
    for number, line in enumerate(document.lines, 1):
        if old in line and (number in named or _DEFINED.match(line)):
            yield Replace(document.path, number, old, new)


def readdressed(document: Document, lines: Iterable[int], old: str, new: str) -> Iterator[Edit]:
    """Yield what writes another target into the links of some lines, and leaves what a reader sees of them."""
    for mark in _BEFORE:
        yield from rewritten(document, lines, mark + old, mark + new)


def listed(documents: Documents, parent: Document, document: Document) -> Iterator[Edit]:
    """Yield what adds a document to the list in Markdown that links to others of its folder, if there is one."""
    folder = posixpath.dirname(document.path)
    lines = sorted(
        {
            link.line
            for link in parent.links
            if posixpath.dirname(documents.resolve(parent, link.target) or "/") == folder
            and _ITEM.match(parent.lines[link.line - 1])
        }
    )
    if parent.format == "markdown" and len(lines) >= SIBLINGS:
        end = _item_end(parent.lines, lines[-1])
        mark = _ITEM.match(parent.lines[lines[-1] - 1])
        title = document.headings[0].text if document.headings else posixpath.basename(document.path)
        plain = title.translate({ord(letter): None for letter in "[]<>`\\"})
        if mark and end:
            target = relinked(parent, "", document.path)
            yield Insert(parent.path, end, f"{mark['mark']}[{plain}]({target})\n")


def _item_end(lines: tuple[str, ...], line: int) -> int:
    """Return the last line of a list item, 0 where that is not plain to see."""
    depth = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    for at in range(line, len(lines)):
        text = lines[at]
        if not text.strip() or (_ANY_ITEM.match(text) and len(text) - len(text.lstrip()) <= depth):
            return at
        if len(text) - len(text.lstrip()) <= depth:
            return 0
    return len(lines)
