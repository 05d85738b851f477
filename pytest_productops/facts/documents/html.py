"""The HTML inside Markdown: links, images, headings, anchors, code, comments and the text between tags."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field

from pytest_productops.facts.documents.draft import Draft, Piece, visible
from pytest_productops.facts.documents.model import CELL, Code, CodeBlock, Link
from pytest_productops.lazy import dataclass, regex

# Each alternative starts differently and none crosses the next `<`, so matching takes linear time.
_MARK = regex(
    r"<!--(?P<comment>.*?)(?:--!?>|\Z)"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?![a-zA-Z0-9-])(?P<attributes>[^<>\"']*(?:(?:\"[^\"<]*\"|'[^'<]*')[^<>\"']*)*)>"
    r"|<[!?][^<>]*>",
    re.DOTALL,
)
_ATTRIBUTE = regex(r"(?<![\w:.-])([a-zA-Z_:][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_HEADING = regex(r"h([1-6])\Z")
_APART = {"br": " ", "li": " ", "p": " ", "div": " ", "tr": " ", "td": CELL, "th": CELL}
"""Tags that end a stretch of text -> what then stands between it and the next one."""
_NESTING = 40
_UNSEEN = frozenset({"script", "style", "template"})


@dataclass
class Span:
    """An element that is open: its text is collected until it closes."""

    name: str
    line: int
    target: str = ""
    anchor: str = ""
    pieces: list[Piece] = field(default_factory=list)


class Spans:
    """The open elements and links of a document, and what becomes of them when they close."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.open: list[Span] = []

    def text(self, text: str, line: int) -> list[Piece]:
        """Take visible text; return its pieces, one a line, but for what an open element keeps for itself."""
        names = {span.name for span in self.open}
        if names & _UNSEEN:
            return []
        kind = Piece.kind if not names & {"a", "code", "pre"} else "link" if "a" in names else "code"
        pieces = [Piece(part, line + index, kind) for index, part in enumerate(text.split("\n"))]
        for span in self.open:
            span.pieces.extend(pieces)
        return [] if any(_HEADING.match(name) or name == "pre" for name in names) else pieces

    def code(self, text: str, line: int) -> list[Piece]:
        """Take inline code."""
        self.draft.codes.append(Code(text, line))
        for span in self.open:
            span.pieces.append(Piece(text, line, "code"))
        return [Piece(text, line, "code")]

    def start(self, name: str, line: int, target: str = "", anchor: str = "") -> None:
        """Open an element; one within very many others, each of which keeps the text, is as if it was not there."""
        if len(self.open) < _NESTING:
            self.open.append(Span(name, line, target, anchor))

    def end(self, name: str) -> None:
        """Close the innermost element of this name, and those inside it."""
        at = next((i for i in reversed(range(len(self.open))) if self.open[i].name == name), None)
        if at is not None:
            self.close(at)

    def close(self, keep: int = 0) -> None:
        """Close all open elements but the outermost `keep`."""
        while len(self.open) > keep:
            self._finish(self.open.pop())

    def _finish(self, span: Span) -> None:
        text = visible(span.pieces)
        heading = _HEADING.match(span.name)
        if span.name == "a":
            self.draft.links.append(Link(span.target, text, span.line))
        elif heading and text:
            self.draft.heading(int(heading[1]), text, span.line, span.anchor)
        elif span.name == "code" and not any(outer.name == "pre" for outer in self.open):
            self.draft.codes.append(Code(text, span.line))
        elif span.name == "pre":
            self._block(span)

    def _block(self, span: Span) -> None:
        lines: dict[int, str] = {}
        for piece in span.pieces:
            lines[piece.line] = lines.get(piece.line, "") + piece.text
        full = [line for line, text in lines.items() if text.strip()]
        if full:
            text = "".join(f"{lines.get(line, '')}\n" for line in range(full[0], full[-1] + 1))
            self.draft.code_blocks.append(CodeBlock("", text, full[0]))


def read(text: str, line: int, spans: Spans) -> Iterator[Piece]:
    """Read HTML that begins on `line`; yield its visible text outside headings and code blocks."""
    at = 0
    for match in _MARK.finditer(text):
        yield from spans.text(html.unescape(text[at : match.start()]), line)
        line += text.count("\n", at, match.start())
        at = match.end()
        _mark(match, line, spans)
        name = (match["name"] or "").lower()
        if name in _APART and (match["close"] or name == "br"):
            yield from spans.text(_APART[name], line)
        line += match[0].count("\n")
    yield from spans.text(html.unescape(text[at:]), line)


def _mark(match: re.Match[str], line: int, spans: Spans) -> None:
    name = (match["name"] or "").lower()
    if match["comment"] is not None:
        spans.draft.comment(match["comment"], line)
    elif name and match["close"]:
        spans.end(name)
    elif name:
        _tag(name, attributes(match["attributes"]), line, spans)


def attributes(text: str) -> dict[str, str]:
    """Read a tag's attributes; names are lower-case, the first of a name holds."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4]
        found.setdefault(match[1].lower(), html.unescape(value))
    return found


def _tag(name: str, given: dict[str, str], line: int, spans: Spans) -> None:
    anchors = [given[key] for key in ("id", "name") if key in given and (key == "id" or name == "a")]
    spans.draft.explicit.extend(anchors)
    if name == "a" and "href" in given:
        spans.start("a", line, given["href"])
    elif name in {"img", "source"} and ("src" in given or "srcset" in given):
        source = given.get("src") or given.get("srcset", "").partition(" ")[0]
        spans.draft.links.append(Link(source, given.get("alt", ""), line, image=True))
    elif _HEADING.match(name) or name in {"pre", "code"} or name in _UNSEEN:
        spans.start(name, line, anchor=given.get("id", ""))
