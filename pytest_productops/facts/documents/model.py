"""What a document holds, whatever its format: headings, sections, links, code, items, comments, prose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

CELL = " | "
"""What stands between the cells of a table's row in running text."""
Format = Literal["markdown", "rst", "asciidoc", "org", "text"]


class Heading(NamedTuple):
    """A heading; `level` is 1 to 6, `slug` the anchor that the forge or an explicit id gives it."""

    level: int
    text: str
    line: int
    slug: str


class Link(NamedTuple):
    """A link or an image; `target` is as written, `text` what a reader sees (an image's alternative text)."""

    target: str
    text: str
    line: int
    image: bool = False


class CodeBlock(NamedTuple):
    """A block of code; `line` is that of its first content line, `language` is lower-case or empty."""

    language: str
    text: str
    line: int


class Code(NamedTuple):
    """Code within running text."""

    text: str
    line: int


class Item(NamedTuple):
    """A list item without the lists in it; depth 0 is an outermost list, `checked` None has no task box."""

    text: str
    line: int
    ordered: bool = False
    checked: bool | None = None
    depth: int = 0


class Comment(NamedTuple):
    """What readers of the rendered document never see; `line` is where the comment begins."""

    text: str
    line: int


class Prose(NamedTuple):
    """The running text of one source line: no headings, URLs, image texts; inline code is a space.

    The cells of a table's row are apart by `CELL`.
    """

    text: str
    line: int


class _Placed(Protocol):
    @property
    def line(self) -> int: ...


P = TypeVar("P", bound=_Placed)


def _between(things: tuple[P, ...], start: int, end: int) -> tuple[P, ...]:
    """Return those of line `start` to `end`; `things` are in the order of their lines."""
    first = bisect_left(things, start, key=lambda thing: thing.line)
    return things[first : bisect_right(things, end, key=lambda thing: thing.line)]


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed document. Everything is in the order of its lines, which count from 1.

    `explicit` are the anchors written by hand (`<a id>`, `{#id}`, `.. _label:`), `front_matter` is empty
    where there is none or it cannot be read.
    """

    path: str
    format: Format
    text: str = field(repr=False)
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = field(default=(), repr=False)
    code_blocks: tuple[CodeBlock, ...] = field(default=(), repr=False)
    codes: tuple[Code, ...] = field(default=(), repr=False)
    items: tuple[Item, ...] = field(default=(), repr=False)
    comments: tuple[Comment, ...] = field(default=(), repr=False)
    prose: tuple[Prose, ...] = field(default=(), repr=False)
    front_matter: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    explicit: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The source lines."""
        return tuple(self.text.split("\n"))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every anchor that a link into the document may name."""
        return frozenset(heading.slug for heading in self.headings).union(self.explicit)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections in order; what is before the first heading has the heading None."""
        last = len(self.lines)
        starts = [heading.line for heading in self.headings] + [last + 1]
        before = starts[0] - 1
        found = [Section(self, None, 1, before, before)] if before and self.text.strip() else []
        parents: list[Heading] = []
        ends = _ends(self.headings, last)
        for heading, following, end in zip(self.headings, starts[1:], ends, strict=True):
            while parents and parents[-1].level >= heading.level:
                parents.pop()
            own_end = max(heading.line, following - 1)
            found.append(Section(self, heading, heading.line, own_end, max(end, own_end), tuple(parents)))
            parents.append(heading)
        return tuple(found)

    def at(self, line: int = 0) -> Location:
        """Return the place of one of its lines (0: the whole file)."""
        return Location(self.path, line)


def _ends(headings: tuple[Heading, ...], last: int) -> list[int]:
    """Return the last line of each heading's section, its sub-sections included."""
    ends = [last] * len(headings)
    nearest: list[tuple[int, int]] = []  # (level, line) of later headings, the next one on top
    for index in range(len(headings) - 1, -1, -1):
        heading = headings[index]
        while nearest and nearest[-1][0] > heading.level:
            nearest.pop()
        ends[index] = nearest[-1][1] - 1 if nearest else last
        nearest.append((heading.level, heading.line))
    return ends


@dataclass(frozen=True)
class Section:
    """A heading and all below it, sub-sections included: lines `start` to `end`.

    `own_end` is the last line before the next heading of any level.
    """

    document: Document
    heading: Heading | None
    start: int
    own_end: int
    end: int
    parents: tuple[Heading, ...] = ()

    def at(self) -> Location:
        """Return the place of its first line."""
        return self.document.at(self.start)

    @property
    def text(self) -> str:
        """Its source text."""
        return "\n".join(self.document.lines[self.start - 1 : self.end])

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its own heading and those of its sub-sections."""
        return _between(self.document.headings, self.start, self.end)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links and images in it."""
        return _between(self.document.links, self.start, self.end)

    @property
    def code_blocks(self) -> tuple[CodeBlock, ...]:
        """The code blocks in it."""
        return _between(self.document.code_blocks, self.start, self.end)

    @property
    def codes(self) -> tuple[Code, ...]:
        """The inline code in it."""
        return _between(self.document.codes, self.start, self.end)

    @property
    def items(self) -> tuple[Item, ...]:
        """The list items in it."""
        return _between(self.document.items, self.start, self.end)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments in it."""
        return _between(self.document.comments, self.start, self.end)

    @property
    def prose(self) -> tuple[Prose, ...]:
        """The running text in it."""
        return _between(self.document.prose, self.start, self.end)
