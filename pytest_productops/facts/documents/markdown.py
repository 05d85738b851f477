"""Markdown: CommonMark and tables by markdown-it-py, HTML and front matter included. https://spec.commonmark.org"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pytest_productops.facts.documents import front_matter, html, markdown_inline
from pytest_productops.facts.documents.draft import Draft, Piece, slugify, visible
from pytest_productops.facts.documents.model import CodeBlock, Document
from pytest_productops.facts.documents.markdown_dialects import plain_commonmark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ANCHOR = re.compile(r"\s*\{:?\s*#([\w:.-]+)[^{}]*\}\s*$")
_LANGUAGE = re.compile(r"\{?\.?([\w+#-]+)(?:\}\s*([\w+#-]+))?")
_NESTING = 60


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only a repository with Markdown pays for it

    parser = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("table")
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    markdown_inline.keep_places(parser)
    return parser


def read(path: str, text: str) -> Document:
    """Read a Markdown document; any text is one."""
    draft = Draft()
    draft.front_matter, body = front_matter.split(text)
    Reader(draft).blocks(_parser().parse(plain_commonmark(body)))
    return draft.document(path, "markdown", text)


class Reader:
    """Walks over the blocks of a document."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.spans = html.Spans(draft)
        self.ordered: list[bool] = []  # the lists that are open
        self.items: list[tuple[int, list[Piece]]] = []  # the list items that are open

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Read all blocks in order."""
        before: Token | None = None
        for token in tokens:
            line = (token.map[0] if token.map else 0) + 1
            if token.type == "inline":
                self._inline(token, line, before)
            elif token.type == "html_block":
                self._text(list(html.read(token.content.rstrip("\n"), line, self.spans)))
            elif token.type in {"fence", "code_block"}:
                self.draft.code_blocks.append(_code(token, line))
            else:
                self._list(token, line)
            before = token
        self.spans.close()

    def _inline(self, token: Token, line: int, before: Token | None) -> None:
        pieces = list(markdown_inline.read(token, line, self.spans))
        if before is not None and before.type == "heading_open":
            self._heading(int(before.tag[1:]), pieces, line, token)
        else:
            self._text(pieces)

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


def _code(token: Token, line: int) -> CodeBlock:
    if token.type == "code_block":
        return CodeBlock("", token.content, line)
    language = _LANGUAGE.match(token.info.strip())
    name = (language[2] or language[1]).lower() if language else ""
    return CodeBlock(name, token.content, line + 1)
