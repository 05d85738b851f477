"""Running text of a paragraph that may go over several lines, taken apart by one expression of its marks."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Literal

from pytest_productops.facts.documents.draft import Draft, Piece, squeeze
from pytest_productops.facts.documents.model import Code, Link

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers, without the indentation that they share."""


class Flow(ABC):
    """Reads a paragraph: what is between the marks of a format is text, each piece on its own line."""

    def __init__(self, lines: Lines, draft: Draft) -> None:
        self.draft = draft
        self.pieces: list[Piece] = []
        self._numbers = [number for number, _ in lines]
        self._index = 0

    def read(self, text: str, marks: re.Pattern[str]) -> list[Piece]:
        """Take the text apart; return what is visible of it."""
        at = 0
        for match in marks.finditer(text):
            self.text(text[at : match.start()])
            after = self._index + match[0].count("\n")
            self.mark(match)
            self._index, at = after, match.end()
        self.text(text[at:])
        return self.pieces

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self._numbers[min(self._index, len(self._numbers) - 1)]

    @abstractmethod
    def mark(self, match: re.Match[str]) -> None:
        """Take a mark."""

    def clean(self, text: str) -> str:
        """Return text without the signs of emphasis and the escapes of the format."""
        return text

    def text(self, text: str, kind: Literal["text", "link", "code"] = "text") -> None:
        """Add visible text, which may go over several lines."""
        text = text if kind == "code" else self.clean(text)
        for index, part in enumerate(text.split("\n")):
            self._index += bool(index)
            if part or index:
                self.pieces.append(Piece(part, self.line, kind))

    def code(self, text: str) -> None:
        """Add inline code."""
        self.draft.codes.append(Code(squeeze(text), self.line))
        self.text(text, "code")

    def link(self, target: str, text: str, *, image: bool = False) -> None:
        """Add a link, whose text is visible, or an image."""
        self.draft.links.append(Link(target, squeeze(self.clean(text)), self.line, image=image))
        if not image:
            self.text(text, "link")
