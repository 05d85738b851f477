"""Plain text, and any format without a reader: its lines are prose, underlined ones headings."""

from __future__ import annotations

from pytest_productops.facts.documents.draft import Draft, Piece
from pytest_productops.facts.documents.model import Document
from pytest_productops.lazy import regex

_UNDERLINE = regex(r"(=+|-+|~+|\*+|#+)\s*\Z")
_ITEM = regex(r"(\s*)(?:([-*+])|\d{1,3}[.)])\s+(\S.*)")


def read(path: str, text: str) -> Document:
    """Read plain text."""
    draft = Draft()
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if _underlined(lines, number):
            draft.heading(1 if lines[number].startswith("=") else 2, line, number)
        elif not _UNDERLINE.match(line):
            draft.say([Piece(line, number)])
            item = _ITEM.match(line)
            if item:
                draft.item(item[3], number, ordered=not item[2], depth=0)
    return draft.document(path, "text", text)


def _underlined(lines: list[str], number: int) -> bool:
    """Whether the line of this number is a heading: a line of at least three signs, as long, is below it."""
    line = lines[number - 1].strip()
    below = lines[number].strip() if number < len(lines) else ""
    return (
        bool(line)
        and not _UNDERLINE.match(line)
        and bool(_UNDERLINE.match(below))
        and len(below) >= max(3, len(line) - 2)
    )
