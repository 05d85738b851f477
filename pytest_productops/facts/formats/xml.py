"""XML with lines, read safely: no document type, no entity is ever expanded, nothing outside is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Any

from pytest_productops.lazy import dataclass

MAX_DEPTH = 200
"""Deepest nesting that is read."""


class XmlError(ValueError):
    """A text is no XML that is read here. `line` says where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


@dataclass
class Element:
    """An element: its name without namespace, its own text, and its children."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *path: str) -> Iterator[Element]:
        """Yield the elements at a path of names below this one."""
        if not path:
            yield self
            return
        for child in self.children:
            if child.name == path[0]:
                yield from child.all(*path[1:])

    def first(self, *path: str) -> Element | None:
        """Return the first of them, or None."""
        return next(self.all(*path), None)

    def get(self, *path: str) -> str:
        """Return the text of the first of them, stripped; nothing where there is none."""
        found = self.first(*path)
        return found.text.strip() if found else ""


def load(text: str) -> Element:
    """Return the root element; raise `XmlError` where a text is malformed, declares a type or is too deep."""
    from xml.parsers import expat  # noqa: PLC0415 - document types are refused below

    parser = expat.ParserCreate()
    parser.buffer_text = True  # else a long text comes in a piece a line
    reader = _Reader(parser)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(
            text.encode("utf-8", "replace") if not text.startswith("<?xml") else _undeclared(text), True
        )
    except expat.ExpatError as error:
        raise XmlError(expat.errors.messages.get(error.code, "is malformed"), error.lineno) from error
    if reader.root is None:
        raise XmlError("has no element", 1)
    return reader.root


def _undeclared(text: str) -> bytes:
    """Return the text as UTF-8 without its declaration, which may name another encoding."""
    head, end, tail = text.partition("?>")
    return ("\n" * head.count("\n") + tail if end else text).encode("utf-8", "replace")


@dataclass
class _Reader:
    parser: Any
    root: Element | None = None
    open: list[Element] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self.open) >= MAX_DEPTH:
            raise XmlError(f"is nested deeper than {MAX_DEPTH} levels", line)
        element = Element(name.rpartition(":")[2], line, attributes)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, _: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text

    def refuse(self, *_: Any) -> None:
        raise XmlError("declares a document type, which is not read", self.parser.CurrentLineNumber)
