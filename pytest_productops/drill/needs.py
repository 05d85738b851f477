"""Needs: whether a document tells its reader to have a program before she begins."""

from __future__ import annotations

import re

from pytest_productops.facts.documents import Document
from pytest_productops.facts.substance.parts import code_lines
from pytest_productops.lazy import regex
from pytest_productops.model import Location

LEAD = 12
"""How many lines above an item of a list its introduction may be."""
_NEED = regex(
    r"\b(?:install\w*|require\w*|requirements?|needs?|needed|prerequisites?|depend\w*|must have|make sure|ensure)\b",
    re.IGNORECASE,
)
_ITEM = regex(r"\s*(?:[-*+\u2022]|\d+[.)])\s")


def told_to_have(document: Document, program: str) -> Location | None:
    """Return the line that names a program as needed, outside of code; None where none does."""
    code = code_lines(document.code_blocks)
    named = re.compile(rf"(?<![\w./-]){re.escape(program)}(?![\w-])", re.IGNORECASE)
    for number, line in enumerate(document.lines, 1):
        if (
            number in code
            or not named.search(line)
            or re.search(rf"`[^`]*\b{re.escape(program)} [^`]*`", line)
        ):
            continue
        if _NEED.search(line) or (_ITEM.match(line) and _introduced(document, number)):
            return document.at(number)
    return None


def _introduced(document: Document, number: int) -> bool:
    """Whether the text above an item, up to what is no item any more, speaks of needs."""
    for line in reversed(document.lines[max(0, number - 1 - LEAD) : number - 1]):
        if line.strip() and not _ITEM.match(line):
            return bool(_NEED.search(line))
    return False
