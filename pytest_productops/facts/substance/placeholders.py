"""Stand-ins for text that is not written: markers, templates' blanks, filler, promises to write it later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from pytest_productops.facts.documents import CELL, Prose
from pytest_productops.facts.substance.parts import Part, code_lines, link_texts, span, whole
from pytest_productops.lazy import dataclass, regex

MARKERS = ("TODO", "TBD", "FIXME", "XXX")
SCAFFOLD = "TODO(productops)"
"""What marks a blank in a text that `productops fix --scaffold` made."""
LONGEST_PROMISE = 80
"""Longest line, in characters, that may promise to be written later and say nothing else."""
Kind = Literal["marker", "fill-in", "filler", "later"]

# A marker that is talked about: "leave a TODO comment", "the TODO list".
_MENTION = (
    r"(?!\s+(?:comments?|lists?|items?|files?|pages?|markers?|tags?|notes?|entr|apps?|and|or|in|from|is)\b)"
)
_DASH = "-\u2013\u2014"
# Blanks that the author fills in. `<your-username>` is not one: the reader fills that in.
_PLEASE = r"(?:insert|add|enter|fill|replace|put|your)"
_WHAT = (
    r"(?:org|organi[sz]ation|company|project|product|team|service|app|application|package|library|"
    r"contact|e-?mail|maintainer|author|owner)s?"
)
_BLANKS = (
    regex(r"\[(?:INSERT|ADD|ENTER|FILL|REPLACE|YOUR|PROJECT NAME|COMPANY NAME)\b[^\]]*\](?!\()"),
    regex(
        rf"\[(?:insert|your|name of your)\s+[^\]]{{2,60}}\](?![(\[])|\[{_WHAT} name\](?![(\[])", re.IGNORECASE
    ),
    regex(r"(?<![$\\])\{\{[^{}\n]{1,80}\}\}"),
)
_ANGLE = regex(
    rf"<(?:{_PLEASE}[ _-]+(?:the[ _-]+|your[ _-]+)?{_WHAT}(?:[ _-]+(?:name|address|here))?"
    rf"|{_WHAT}[ _-]+name|insert [^<>]{{2,60}})>",
    re.IGNORECASE,
)
_FILLER = regex(
    r"\blorem ipsum dolor\b|^use this section to tell people (?:about which versions|how to report)\b",
    re.IGNORECASE,
)
"""The printers' text, and the two instructions in GitHub's template of a security policy."""
_LATER = regex(
    r"^\W{0,3}(?:(?:this|the|more|full|further)?\s*"
    r"(?:section|page|document(?:ation)?|docs?|details?|information|guide|text)?\s*(?:is|are|will be)?\s*)?"
    r"(?:coming soon|(?:please )?(?:write|fill) (?:me|this)(?: in)?|under construction|work in progress|wip"
    r"|tbc|(?:still )?to be (?:written|completed|done|added|defined|determined|documented)"
    r"|nothing (?:here )?yet|placeholder|(?:your )?(?:text|content|description) (?:goes )?here|xxx+)\W*$",
    re.IGNORECASE,
)
_SPAN = regex(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True, order=True)
class Placeholder:
    """A stand-in: its line, its columns in the line's prose (0 to 0: not in it) and its text.

    `rest` tells that whatever follows it in the paragraph is part of it ("TODO: say how to deploy").
    """

    line: int
    start: int
    end: int
    text: str
    kind: Kind = "fill-in"
    rest: bool = False


def placeholders(part: Part, markers: tuple[str, ...] = MARKERS) -> tuple[Placeholder, ...]:
    """Return the stand-ins in running text: never those in code, URLs and the texts of links."""
    found = [each for prose in part.prose for each in _in_line(prose, link_texts(part, prose.line), markers)]
    if whole(part).format == "markdown":  # a reader of HTML takes `<your-org>` for a tag
        known = {(each.line, each.text) for each in found}
        found += [each for each in _tags(part) if (each.line, each.text) not in known]
    return tuple(sorted({(each.line, each.start, each.text): each for each in found}.values()))


@lru_cache(maxsize=512)
def said(part: Part) -> tuple[Prose, ...]:
    """Return the running text without its stand-ins: what may count as an answer."""
    stands = placeholders(part)
    if not stands:
        return part.prose
    items = {item.line for item in part.items}
    kept: list[Prose] = []
    unwritten = -1  # the last line of a paragraph that a marker opened
    for prose in part.prose:
        if unwritten == prose.line - 1 and prose.line not in items:
            unwritten = prose.line
            continue
        here = [each for each in stands if each.line == prose.line and each.end]
        unwritten = prose.line if any(each.rest for each in here) else unwritten
        text = _without(prose.text, here)
        if text:
            kept.append(Prose(text, prose.line))
    return tuple(kept)


def _without(text: str, stands: list[Placeholder]) -> str:
    for each in sorted(stands, reverse=True):
        text = text[: each.start] + ("" if each.rest else text[each.end :])
    return text.strip(" *_[]()-:|") if stands else text


def _in_line(prose: Prose, links: list[str], markers: tuple[str, ...]) -> Iterator[Placeholder]:
    """Find the stand-ins of a line; in a table's row each cell is on its own, and the rest of it is its end."""
    text = prose.text
    for link in links:  # masked, so that columns stay
        text = text.replace(link, " " * len(link), 1)
    cells = text.split(CELL)
    at = 0
    for cell in cells:
        for each in _in_text(prose.line, cell, markers):
            alone = len(cells) > 1
            end = len(cell) if each.rest and alone else each.end
            yield replace(each, start=at + each.start, end=at + end, rest=each.rest and not alone)
        at += len(cell) + len(CELL)


def _in_text(line: int, text: str, markers: tuple[str, ...]) -> Iterator[Placeholder]:
    if len(text.strip()) < LONGEST_PROMISE and _LATER.match(" ".join(text.split())):
        yield Placeholder(line, 0, len(text), text.strip(), "later")
        return
    filler = _FILLER.search(text)
    if filler:
        yield Placeholder(line, filler.start(), len(text), filler[0], "filler", rest=True)
    for pattern in (*_BLANKS, _ANGLE):
        for match in pattern.finditer(text):
            yield Placeholder(line, match.start(), match.end(), match[0])
    if markers:
        yield from _marked(line, text, "|".join(map(re.escape, markers)))


def _marked(line: int, text: str, names: str) -> Iterator[Placeholder]:
    """Find the first marker of a line that says "unfinished"; one that is only talked about is none."""
    opening = (
        rf"(?:^|[.!?:;|>{_DASH}]\s|[(\[])[\s*_\"'>|-]*(?P<name>{names})(?:\([^)]*\))?"
        rf"(?=\s*[:.!\u2026)\]*_|{_DASH}]|\s*$)"
    )
    ordering = rf"^[\s*_>-]*(?P<name>{names}){_MENTION}\s+\w"
    stating = rf"(?:\b(?:is|are|still|currently)|[:=|{_DASH}])\s+\**(?P<name>{names})(?=\**\s*(?:[.,;:)|]|$))"
    for pattern in (opening, ordering, stating):
        match = re.search(pattern, text)
        if match:
            start, end = match.span("name")
            rest = text[max(0, start - 1)] not in "([" and pattern is not stating
            yield Placeholder(line, start, end, match["name"], "marker", rest)
            return


def _tags(part: Part) -> Iterator[Placeholder]:
    """Find blanks in angle brackets in the source, outside code and addresses."""
    document = whole(part)
    first, last = span(part)
    code = code_lines(document.code_blocks)
    for number, line in enumerate(document.lines[first - 1 : last], first):
        if "<" in line and number not in code:
            for match in _ANGLE.finditer(_SPAN.sub(lambda span: " " * len(span[0]), line)):
                if match.start() == 0 or line[match.start() - 1] not in "/@:=":
                    yield Placeholder(number, 0, 0, match[0])
