"""Markdown: CommonMark (https://spec.commonmark.org) and tables by markdown-it-py, HTML and front matter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pytest_productops.facts.documents import front_matter, html, markdown_inline, mdx, myst
from pytest_productops.facts.documents.draft import Draft, Piece, slugify, visible
from pytest_productops.facts.documents.markdown_dialects import plain_commonmark
from pytest_productops.facts.documents.model import CELL, CodeBlock, Document, Link
from pytest_productops.lazy import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ANCHOR = regex(r"(?<!\s)\s*\{:?\s*#([\w:.-]+)(?![\w:.-])[^{}]*\}\s*$")
_LANGUAGE = regex(r"[{.\s]*([\w+#-]+)")
_ALERT = regex(r"\[!\w+\]\s*\Z")
_NESTING = 60
"""Deepest nesting of blocks that is taken apart."""


@cache
def _parser(*, indented_code: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only a repository with Markdown pays for it

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    parser = parser if indented_code else parser.disable("code")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    markdown_inline.keep_places(parser)
    return parser


def read(path: str, text: str) -> Document:
    """Read a Markdown document; any text is one."""
    draft = Draft()
    draft.front_matter, body = front_matter.split(text)
    javascript = path.lower().endswith(".mdx")
    Reader(draft, indented_code=not javascript).read(mdx.plain_markdown(body, draft) if javascript else body)
    return draft.document(path, "markdown", text)


class Reader:
    """Walks over the blocks of a document."""

    def __init__(self, draft: Draft, *, indented_code: bool = True) -> None:
        self.draft = draft
        self.parser = _parser(indented_code=indented_code)
        self.spans = html.Spans(draft)
        self.ordered: list[bool] = []  # the lists that are open
        self.items: list[tuple[int, list[Piece]]] = []  # the list items that are open

    def read(self, text: str, offset: int = 0) -> None:
        """Read a text whose first line is the one after `offset`."""
        before: Token | None = None
        self.draft.explicit += myst.labels(text)
        for token in self.parser.parse(plain_commonmark(text)):
            self._block(token, (token.map[0] if token.map else 0) + offset + 1, before)
            before = token
        if not offset:
            self.spans.close()

    def _block(self, token: Token, line: int, before: Token | None) -> None:
        if token.type == "inline":
            self._inline(token, line, before)
        elif token.type == "html_block":
            self._text(list(html.read(token.content.rstrip("\n"), line, self.spans)))
        elif token.type == "code_block":
            self.draft.code_blocks.append(CodeBlock("", token.content, line))
        elif token.type == "fence":
            self._fence(token, line)
        else:
            self._list(token, line)

    def _fence(self, token: Token, line: int) -> None:
        directive = myst.directive(token.info)
        options, text = myst.split(token.content) if directive else (0, token.content)
        if directive and directive[0] in myst.INCLUDE:
            self.draft.links.append(Link(directive[1], "include", line))
        elif directive and directive[0] == "toctree":
            self.draft.links += myst.entries(text, line + 1 + options)
        elif directive and myst.is_text(directive[0]):
            self.read(text, line + options)
        else:
            name = directive[1] if directive and directive[0] in myst.CODE else token.info
            language = _LANGUAGE.match(name)
            first = line + 1 + options if text else line
            self.draft.code_blocks.append(CodeBlock(language[1].lower() if language else "", text, first))

    def _inline(self, token: Token, line: int, before: Token | None) -> None:
        titled = before is not None and before.type == "heading_open"
        if titled:
            self.spans.end("a")  # a link that nobody closed does not go on over a heading
        pieces = list(markdown_inline.read(token, line, self.spans))
        if before is not None and titled:
            self._heading(int(before.tag[1:]), pieces, line, token)
        elif before is not None and before.type in {"td_open", "th_open"}:
            self._text([*pieces, Piece(CELL, line)])
        else:
            self._text([piece for piece in pieces if not _ALERT.match(piece.text)])

    def _heading(self, level: int, pieces: list[Piece], line: int, token: Token) -> None:
        text = visible(pieces)
        anchor = _ANCHOR.search(text)
        text = text[: anchor.start()] if anchor else text
        if anchor:
            self.draft.explicit.append(slugify(text))
        images = " ".join(child.content for child in token.children or () if child.type == "image")
        self.draft.heading(level, text or images, line, anchor[1] if anchor else slugify(text))

    def _text(self, pieces: list[Piece]) -> None:
        self.draft.say(pieces)
        if self.items:
            self.items[-1][1].extend(pieces)

    def _list(self, token: Token, line: int) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self.ordered.append(token.type == "ordered_list_open")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.ordered.pop()
        elif token.type == "list_item_open":
            self.items.append((line, []))
        elif token.type == "list_item_close":
            start, pieces = self.items.pop()
            self.draft.item(visible(pieces), start, ordered=self.ordered[-1], depth=len(self.items))
