"""What documents and sections have in common, and which of their lines hold what."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from pytest_productops.facts.documents import CodeBlock, Document, Section

Part = Document | Section


def whole(part: Part) -> Document:
    """Return the document of a part."""
    return part if isinstance(part, Document) else part.document


def span(part: Part) -> tuple[int, int]:
    """Return the first and the last line of a part."""
    return (1, len(part.lines)) if isinstance(part, Document) else (part.start, part.end)


@lru_cache(maxsize=256)
def code_lines(blocks: tuple[CodeBlock, ...]) -> frozenset[int]:
    """Return the numbers of the lines that blocks of code take."""
    lengths = ((block.line, block.text.rstrip("\n").count("\n") + 1) for block in blocks)
    return frozenset(line for start, length in lengths for line in range(start, start + length))


def link_texts(part: Part, line: int) -> list[str]:
    """Return the texts of the links on a line, the longest first."""
    links = whole(part).links
    end = bisect_right(links, line, key=lambda link: link.line)
    texts = []
    while end and links[end - 1].line == line:
        end -= 1
        texts.append(links[end].text)
    return sorted((text for text in texts if text), key=len, reverse=True)
