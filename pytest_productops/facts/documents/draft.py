"""A document while a reader takes it apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from pytest_productops.facts.documents.model import (
    CELL,
    Code,
    CodeBlock,
    Comment,
    Document,
    Format,
    Heading,
    Item,
    Link,
    Prose,
)
from pytest_productops.lazy import dataclass, regex

URL = regex(r"\b(?:https?|ftp|mailto):[^\s<>\"'`|\\^{}\[\]]+")
_SPACES = regex(r"\s+")
_NOT_SLUG = regex(r"[^\w\- ]")
_BOX = regex(r"\[([ xX])\]\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of visible text on one line: running text, the text of a link, or code."""

    text: str
    line: int
    kind: Literal["text", "link", "code"] = "text"


def visible(pieces: Iterable[Piece]) -> str:
    """Return what a reader sees of a block, code included, in one line."""
    parts: list[str] = []
    line = 0
    for piece in pieces:
        parts.append(piece.text if piece.line == line else f" {piece.text}")
        line = piece.line
    return squeeze("".join(parts))


def squeeze(text: str) -> str:
    """Return a text with each run of white space made one space."""
    return _SPACES.sub(" ", text).strip()


def slugify(text: str) -> str:
    """Return the anchor that GitHub gives a heading of this text (the first of its name)."""
    return _NOT_SLUG.sub("", text.strip().lower()).replace(" ", "-")


class Draft:
    """Collects what a reader finds; `document` puts it in order."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.code_blocks: list[CodeBlock] = []
        self.codes: list[Code] = []
        self.items: list[Item] = []
        self.comments: list[Comment] = []
        self.pieces: list[Piece] = []
        self.explicit: list[str] = []
        self.front_matter: Mapping[str, Any] = {}

    def heading(self, level: int, text: str, line: int, anchor: str = "") -> None:
        """Note a heading; its slug follows from its text unless an anchor is given."""
        self.headings.append(Heading(min(max(level, 1), 6), squeeze(text), line, anchor or slugify(text)))

    def say(self, pieces: Iterable[Piece]) -> None:
        """Note running text; bare URLs in it become links."""
        self.pieces.extend(pieces)

    def item(self, text: str, line: int, *, ordered: bool, depth: int) -> None:
        """Note a list item, with its task box read off the text."""
        text = squeeze(text)
        box = _BOX.match(f"{text} ")
        checked = box[1] != " " if box else None
        self.items.append(Item(text[box.end() :] if box else text, line, ordered, checked, depth))

    def comment(self, text: str, line: int) -> None:
        """Note a comment."""
        self.comments.append(Comment(text.strip(), line))

    def document(self, path: str, form: Format, text: str) -> Document:
        """Return the document, everything in the order of its lines."""
        prose = self._prose()
        return Document(
            path, form, text,
            headings=_distinct(_ordered(self.headings)), links=_ordered(self.links),
            code_blocks=_ordered(self.code_blocks), codes=_ordered(self.codes), items=_ordered(self.items),
            comments=_ordered(self.comments), prose=prose,
            front_matter=MappingProxyType(dict(self.front_matter)), explicit=tuple(self.explicit),
        )  # fmt: skip

    def _prose(self) -> tuple[Prose, ...]:
        """Make one entry a source line, and note the bare URLs."""
        said: dict[int, str] = {}
        bare: dict[int, str] = {}
        for line, pieces in _by_line(self.pieces).items():
            said[line] = "".join(" " if piece.kind == "code" else piece.text for piece in pieces)
            bare[line] = "".join(piece.text if piece.kind == "text" else " " for piece in pieces)
        for line, text in bare.items():
            self.links += [Link(url, url, line) for url in bare_urls(text)]
        prose = ((line, squeeze(URL.sub(" ", text)).strip(CELL)) for line, text in sorted(said.items()))
        return tuple(Prose(text, line) for line, text in prose if text)


def bare_urls(text: str) -> list[str]:
    """Return the URLs in a text, without the punctuation of the sentence around them."""
    found = []
    for match in URL.finditer(text):
        url = match[0].rstrip(".,;:!?*_~")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(".,;:!?*_~")
        if len(url) > len("mailto:"):
            found.append(url)
    return found


def _by_line(pieces: list[Piece]) -> dict[int, list[Piece]]:
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    return lines


def _ordered(things: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(things, key=lambda thing: thing.line))


def _distinct(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Number the slugs that occur again: `usage`, `usage-1`, `usage-2`."""
    taken: Counter[str] = Counter()
    found = []
    for heading in headings:
        slug, times = heading.slug, taken[heading.slug]
        while times and f"{slug}-{times}" in taken:
            times += 1
        taken[slug] = times + 1
        name = f"{slug}-{times}" if times else slug
        taken[name] = max(taken[name], 1)
        found.append(Heading(heading.level, heading.text, heading.line, name))
    return tuple(found)
