"""The inside of a Markdown paragraph: text, links, images and code, each on its source line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from pytest_productops.facts.documents import html, myst
from pytest_productops.facts.documents.draft import Piece
from pytest_productops.facts.documents.model import Link
from pytest_productops.lazy import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_OPEN = 10
"""Most brackets within each other or without an end: each costs a look at the rest of the paragraph."""
_BRACKET = regex(r"[\[\]]")
_BEGINS = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
"""What each of the parser's rules begins with: https://spec.commonmark.org/0.31.2/#inlines."""
_PLAIN = regex(r"[^\n\\`*_\[\]!<&]+")


def keep_places(parser: MarkdownIt) -> None:
    """Make a parser note where in its paragraph each inline token begins and ends, which it does not."""
    ruler = parser.inline.ruler
    for name, rule in zip(ruler.get_active_rules(), ruler.getRules(""), strict=True):
        ruler.at(name, _plain if name == "text" else _placed(rule, _BEGINS[name]))


def _plain(state: StateInline, silent: bool) -> bool:
    """Take what begins nothing, at once: the parser's own rule stops at each mark that some extension might know."""
    found = _PLAIN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _placed(rule: RuleFuncInlineType, begins: str) -> RuleFuncInlineType:
    def run(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] not in begins:
            return False
        start, before = state.pos, len(state.tokens)
        bracket = start + (state.src[start] == "!")
        if state.src.startswith("[", bracket) and bracket in _hopeless(state.src):
            return False
        matched = rule(state, silent)
        if matched and not silent and len(state.tokens) > before:
            for token in state.tokens[before:]:
                if token.type != "text":
                    token.meta.setdefault("start", start)
            state.tokens[-1].meta["end"] = state.pos
        return matched

    return run


@lru_cache(maxsize=4)
def _hopeless(text: str) -> frozenset[int]:
    """Return where brackets open that cannot be a link's: around many others, or many that nothing closes."""
    opened: list[tuple[int, int]] = []  # where, and how many brackets it is around
    hopeless: set[int] = set()
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append((match.start(), 0))
        elif opened:
            start, around = opened.pop()
            if around > MAX_OPEN:
                hopeless.add(start)
            if opened:
                opened[-1] = opened[-1][0], max(opened[-1][1], around + 1)
    return frozenset(hopeless.union(start for start, _ in opened) if len(opened) > MAX_OPEN else hopeless)


def read(token: Token, line: int, spans: html.Spans) -> Iterator[Piece]:
    """Read an inline token that begins on `line`; yield its visible text, one piece a line."""
    breaks = [at for at, letter in enumerate(token.content) if letter == "\n"]
    here = line
    children = token.children or []
    for child, following in zip_longest(children, children[1:]):
        if "start" in child.meta:
            here = line + bisect_right(breaks, child.meta["start"] - 1)
        if following and following.type == "code_inline" and (role := myst.role(child.content)):
            child.content, following.info = role
        yield from _child(child, here, spans)
        if "end" in child.meta:
            here = line + bisect_right(breaks, child.meta["end"] - 1)


def _child(child: Token, line: int, spans: html.Spans) -> Iterator[Piece]:
    if child.type in {"softbreak", "hardbreak"}:
        yield from spans.text(" ", line)
    elif child.type == "code_inline" and child.info:
        spans.draft.links.append(link := myst.link(child.info, child.content, line))
        yield from spans.text(link.text, line)
    elif child.type == "code_inline":
        yield from spans.code(child.content, line)
    elif child.type == "html_inline":
        yield from html.read(child.content, line, spans)
    elif child.type == "link_open":
        spans.start("a", line, str(child.attrs.get("href", "")))
    elif child.type == "link_close":
        spans.end("a")
    elif child.type == "image":
        spans.draft.links.append(Link(str(child.attrs.get("src", "")), child.content, line, image=True))
    elif child.content:
        yield from spans.text(child.content, line)
