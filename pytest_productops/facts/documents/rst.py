"""reStructuredText, read line by line and tolerantly.

Real documentation is full of roles and directives that only its own Sphinx knows; docutils loses their text
and stops at small slips, so this reader keeps what it does not know as text.
https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

from __future__ import annotations

import re

from pytest_productops.facts.documents import rst_explicit, rst_inline
from pytest_productops.facts.documents.draft import Draft, Piece, slugify, visible
from pytest_productops.facts.documents.flow import Lines
from pytest_productops.facts.documents.model import CELL, CodeBlock, Document
from pytest_productops.lazy import regex

MAX_DEPTH = 40
"""Deepest nesting that is taken apart; what is deeper is prose."""
_ADORNMENT = regex(r"(?!::\s*\Z)([!-/:-@\[-`{-~])\1+\s*\Z")
_TABLE = regex(r"\+[-=+]{3,}\+\s*\Z|={2,}(?: +={2,})+\s*\Z|-{2,}(?: +-{2,})+\s*\Z")
_GAP = regex(r"(?<=\S) {2,}(?=[^|\s])")
"""What is between the cells of a table without rules."""
_ITEM = regex(r"((?:[-*+•‣]|\(?(?:\d{1,3}|#|[a-zA-Z]|[ivxIVX]{1,5})[.)]) +)(?=\S)|[-*+•‣]\Z")
_FIELD = regex(r":(?!:)((?:[^:\\`]|\\.|:(?! |\Z|`))+):(?: +|\Z)")
_DOCTEST = regex(r">>>(?: |\Z)")


def read(path: str, text: str) -> Document:
    """Read a reStructuredText document; any text is one."""
    lines = [(number, line.expandtabs(8).rstrip()) for number, line in enumerate(text.split("\n"), 1)]
    reader = Reader(Draft(), rst_inline.targets(text))
    reader.body(lines)
    return reader.draft.document(path, "rst", text)


class Reader:
    """Walks over the blocks of a document; `language` is that of literal blocks (`.. highlight::`)."""

    def __init__(self, draft: Draft, targets: dict[str, str]) -> None:
        self.draft = draft
        self.targets = targets
        self.language = ""
        self._styles: list[str] = []
        self._items: list[list[Piece]] = []
        self._depth = 0

    def body(self, lines: Lines) -> None:
        """Read blocks that share an indentation."""
        if self._depth > MAX_DEPTH:
            self.draft.say(Piece(text, number) for number, text in lines)
            return
        self._depth += 1
        at = 0
        while at < len(lines):
            at = self._block(lines, at) if lines[at][1] else at + 1
        self._depth -= 1

    def say(self, lines: Lines) -> None:
        """Read a paragraph's inline markup."""
        pieces = rst_inline.read(lines, self.draft, self.targets)
        self.draft.say(pieces)
        if self._items:
            self._items[-1].extend(pieces)

    def literal(self, lines: Lines, language: str) -> None:
        """Note a block of code."""
        lines = trimmed(lines)
        if lines:
            text = "".join(f"{text}\n" for _, text in lines)
            self.draft.code_blocks.append(CodeBlock(language.lower(), text, lines[0][0]))

    def _block(self, lines: Lines, at: int) -> int:
        """Read the block that begins at an index; return the index after it."""
        text = lines[at][1]
        if text.startswith(" "):
            block, after = indented(lines, at)
            self.body(block)
            return after
        if text == ".." or text.startswith((".. ", "__ ")):
            block, after = indented(lines, at + 1)
            return after if rst_explicit.read(self, lines[at], block) else at + 1
        if title := _title(lines, at):
            self._heading(*title)
            return at + (3 if title[2][1:] else 2)
        if _ADORNMENT.match(text) or _TABLE.match(text):
            return at + 1
        return self._text_block(lines, at)

    def _text_block(self, lines: Lines, at: int) -> int:
        """Read a list item, a field, a doctest or a paragraph; return the index after it."""
        number, text = lines[at]
        if item := _ITEM.match(text):
            return self._item(lines, at, len(item[0]), ordered=text[0] not in "-*+•‣")
        if field := _FIELD.match(text):
            block, after = indented(lines, at + 1)
            self.body([(number, text[field.end() :]), *block])
            return after
        return self._doctest(lines, at) if _DOCTEST.match(text) else self._paragraph(lines, at)

    def _heading(self, number: int, text: str, style: str) -> None:
        if style not in self._styles:
            self._styles.append(style)
        title = visible(rst_inline.read([(number, text)], self.draft, self.targets))
        self.draft.heading(self._styles.index(style) + 1, title, number)
        self.draft.explicit.append(re.sub(r"[^a-z0-9]+", "-", slugify(title)).strip("-"))

    def _item(self, lines: Lines, at: int, width: int, *, ordered: bool) -> int:
        number, text = lines[at]
        block, after = indented(lines, at + 1)
        self._items.append([])
        self.body([(number, text[width:]), *block])
        self.draft.item(visible(self._items.pop()), number, ordered=ordered, depth=len(self._items))
        return after

    def _doctest(self, lines: Lines, at: int) -> int:
        end = at
        while end < len(lines) and lines[end][1]:
            end += 1
        self.literal(lines[at:end], "pycon")
        return end

    def _paragraph(self, lines: Lines, at: int) -> int:
        """Read a paragraph, a table row or a term, and the literal block that it may announce."""
        end = at
        while end < len(lines) and lines[end][1] and not lines[end][1].startswith(" "):
            end += 1
            if _TABLE.match(lines[end - 1][1]):
                break
        aligned = any(_TABLE.match(text) for _, text in (*lines[max(0, at - 1) : at], lines[end - 1]))
        rows = [(number, _GAP.sub(CELL, text.strip("|")) if aligned else text)
                for number, text in lines[at:end] if not _TABLE.match(text)]  # fmt: skip
        if not rows or not rows[-1][1].endswith("::"):
            self.say(rows)
            return end
        number, text = rows[-1]
        self.say([*rows[:-1], (number, text[:-1].rstrip(": ") + ":" if text.strip(": ") else "")])
        block, after = indented(lines, end)
        self.literal(block, self.language)
        return after


def indented(lines: Lines, at: int) -> tuple[Lines, int]:
    """Return the indented lines from an index on, without what all are indented by, and the index after."""
    end = at
    while end < len(lines) and (not lines[end][1] or lines[end][1].startswith(" ")):
        end += 1
    while end > at and not lines[end - 1][1]:
        end -= 1
    block = lines[at:end]
    width = min((len(text) - len(text.lstrip()) for _, text in block if text), default=0)
    return [(number, text[width:]) for number, text in block], end


def trimmed(lines: Lines) -> Lines:
    """Return the lines without the blank ones at the head."""
    start = next((index for index, (_, text) in enumerate(lines) if text), len(lines))
    return lines[start:]


def _title(lines: Lines, at: int) -> tuple[int, str, str] | None:
    """Return line, text and style (the sign, twice with an overline) of a title that begins at an index."""
    texts = [text for _, text in lines[at : at + 3]] + ["", ""]
    if _ADORNMENT.match(texts[0]):
        number = lines[at + 1][0] if at + 1 < len(lines) else 0
        inside = texts[1].strip()
        closed = bool(inside) and texts[2][:1] == texts[0][0] and bool(_ADORNMENT.match(texts[2]))
        return (number, inside, texts[0][0] * 2) if closed and not _ADORNMENT.match(inside) else None
    if not _ADORNMENT.match(texts[1]) or len(texts[1]) < min(len(texts[0]), 4):
        return None
    return lines[at][0], texts[0], texts[1][0]
