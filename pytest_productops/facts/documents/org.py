"""Org, read line by line and tolerantly (https://orgmode.org/worg/org-syntax.html)."""

from __future__ import annotations

import re
from bisect import bisect_right

from pytest_productops.facts.documents import org_inline
from pytest_productops.facts.documents.draft import Draft, Piece, visible
from pytest_productops.facts.documents.flow import Lines
from pytest_productops.facts.documents.model import CELL, CodeBlock, Document, Link
from pytest_productops.lazy import regex

MAX_DEPTH = 30
"""Deepest nesting of blocks that is taken apart; what is deeper is prose."""
_HEADING = regex(r"(\*{1,20})[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)[ \t]+)?(?:\[#\w\][ \t]+)?(\S.*)")
_TAGS = regex(r"[ \t]+:[\w@#%:]{1,200}:[ \t]*\Z")
_BEGIN = regex(r"[ \t]*#\+begin_(\w+)(?:[ \t]+(.*))?\Z", re.IGNORECASE)
_END = regex(r"[ \t]*#\+end_(\w+)\Z", re.IGNORECASE)
_KEYWORD = regex(r"[ \t]*#\+([\w-]+)(?:\[[^\]]{0,200}\])?:[ \t]*(.*)\Z")
_DRAWER = regex(r"[ \t]*:(?!END:)([\w-]+):[ \t]*\Z", re.IGNORECASE)
_PROPERTY = regex(r"[ \t]*:(CUSTOM_ID|ID):[ \t]+(\S+)", re.IGNORECASE)
_PLANNING = regex(r"[ \t]*(?:CLOSED|SCHEDULED|DEADLINE|CLOCK):[ \t]*[\[<]")
_COMMENT = regex(r"[ \t]*#(?:[ \t]+(.*))?\Z")
_FIXED = regex(r"[ \t]*:(?:[ \t](.*))?\Z")
_ITEM = regex(
    r"([ \t]*)(?:([-+]|(?<=[ \t])\*)|(?:\d{1,4}|[a-zA-Z])[.)])(?:[ \t]+|\Z)(?:\[@\d+\][ \t]+)?(?:(\[[ xX-]\])[ \t]+)?"
)
_TABLE = regex(r"[ \t]*\|")
_RULE = regex(r"[ \t]*-{5,}\Z|[ \t]*\|-[-+|]*\Z")
_NOTE = regex(r"\[fn:[\w-]{1,80}\][ \t]+")
_CODE = frozenset({"src", "example"})
_SILENT = frozenset({"export", "latex", "html", "beamer"})
_SETTINGS = frozenset({"title", "subtitle", "author", "date", "email", "description", "keywords", "filetags"})


def read(path: str, text: str) -> Document:
    """Read an Org document; any text is one."""
    draft = Draft()
    reader = Reader(draft)
    reader.body([(number, line.expandtabs(8).rstrip()) for number, line in enumerate(text.split("\n"), 1)])
    draft.front_matter = reader.settings
    return draft.document(path, "org", text)


class Reader:
    """Walks over the blocks of a document; `settings` are its keywords (`#+TITLE:`)."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.settings: dict[str, str] = {}
        self._hidden = 0  # the level of the COMMENT heading whose subtree is being read
        self._item: list[Piece] | None = None
        self._depth = 0
        self._ends: dict[str, list[int]] = {}  # where blocks end, by name

    def body(self, lines: Lines) -> None:
        """Read blocks."""
        if self._depth > MAX_DEPTH:
            self.draft.say(Piece(text, number) for number, text in lines)
            return
        self._depth += 1
        outer, self._ends = self._ends, _block_ends(lines)
        at = 0
        while at < len(lines):
            at = self._block(lines, at)
        self._ends = outer
        self._depth -= 1

    def _block(self, lines: Lines, at: int) -> int:
        """Read the block that begins at an index; return the index after it."""
        number, text = lines[at]
        if heading := _HEADING.match(text):
            self._heading(number, len(heading[1]), heading[2])
        elif self._hidden and text:
            self.draft.comment(text, number)
        elif begin := _BEGIN.match(text):
            return self._delimited(lines, at, begin[1].lower(), begin[2] or "")
        elif keyword := _KEYWORD.match(text):
            self._keyword(number, keyword[1].lower(), keyword[2])
        elif _DRAWER.match(text):
            return self._drawer(lines, at)
        elif comment := _COMMENT.match(text):
            self.draft.comment(comment[1] or "", number)
        elif text and not (_RULE.match(text) or _PLANNING.match(text)):
            return self._text(lines, at)
        return at + 1

    def _text(self, lines: Lines, at: int) -> int:
        number, text = lines[at]
        if _FIXED.match(text):
            return self._fixed(lines, at)
        if _TABLE.match(text):
            self.draft.say(org_inline.read([(number, CELL.join(text.strip("| ").split("|")))], self.draft))
            return at + 1
        if item := _ITEM.match(text):
            return self._list_item(lines, at, item)
        end = _paragraph_end(lines, at + 1)
        if text[0] != " " and at and not lines[at - 1][1]:
            self._item = None
        first = text[note.end() :] if (note := _NOTE.match(text)) else text
        self._say([(number, first), *lines[at + 1 : end]])
        return end

    def _heading(self, number: int, level: int, text: str) -> None:
        hides = text.startswith("COMMENT ") or text == "COMMENT"
        if self._hidden and (level > self._hidden or hides):
            self.draft.comment(text, number)
            return
        self._hidden = level if hides else 0
        self._item = None
        if hides:
            self.draft.comment(text, number)
            return
        title = visible(org_inline.read([(number, _TAGS.sub("", text))], self.draft))
        self.draft.heading(level + ("title" in self.settings), title, number)

    def _keyword(self, number: int, name: str, value: str) -> None:
        if name == "title" and value and "title" not in self.settings:
            self.draft.heading(1, visible(org_inline.read([(number, value)], self.draft)), number)
        if name == "include":
            target = re.match(r"\"([^\"]+)\"|(\S+)", value)
            self.draft.links += (
                [Link((target[1] or target[2]).partition("::")[0], "include", number)] if target else []
            )
        elif name in _SETTINGS:
            self.settings.setdefault(name, value)

    def _drawer(self, lines: Lines, at: int) -> int:
        """Read a drawer: properties, of which only the anchors count, or a log."""
        end = at + 1
        while end < len(lines) and lines[end][1] and not _HEADING.match(lines[end][1]):
            if lines[end][1].strip().upper() == ":END:":
                return end + 1
            if named := _PROPERTY.match(lines[end][1]):
                self.draft.explicit.append(named[2])
            end += 1
        return end

    def _delimited(self, lines: Lines, at: int, name: str, argument: str) -> int:
        ends = self._ends.get(name, [])
        index = bisect_right(ends, at)
        if index == len(ends):
            return at + 1  # never closed: its line is left out, the rest is text
        end = ends[index]
        inside = lines[at + 1 : end]
        if name in _CODE:
            language = argument.split(maxsplit=1)[0].lower() if name == "src" and argument else ""
            self._code(inside, language)
        elif name == "comment":
            self.draft.comment("\n".join(text for _, text in inside), lines[at][0])
        elif name not in _SILENT:
            self.body(inside)
        return end + 1

    def _code(self, lines: Lines, language: str) -> None:
        if lines:
            width = min((len(text) - len(text.lstrip()) for _, text in lines if text), default=0)
            text = "".join(f"{re.sub(r'^,(?=[*#])', '', text[width:])}\n" for _, text in lines)
            self.draft.code_blocks.append(CodeBlock(language, text, lines[0][0]))

    def _fixed(self, lines: Lines, at: int) -> int:
        found = []
        while at < len(lines) and (fixed := _FIXED.match(lines[at][1])):
            found.append((lines[at][0], fixed[1] or ""))
            at += 1
        self._code(found, "")
        return at

    def _list_item(self, lines: Lines, at: int, item: re.Match[str]) -> int:
        number, text = lines[at]
        end = _paragraph_end(lines, at + 1)
        self._item = []
        first = text[item.end() :].replace(" :: ", ": ", 1)
        self._say([(number, first), *lines[at + 1 : end]])
        box = "" if not item[3] else "[x] " if item[3] in {"[x]", "[X]"} else "[ ] "
        self.draft.item(box + visible(self._item), number, ordered=not item[2], depth=len(item[1]) // 2)
        return end

    def _say(self, lines: Lines) -> None:
        pieces = org_inline.read([(number, text.strip()) for number, text in lines], self.draft)
        self.draft.say(pieces)
        if self._item is not None:
            self._item.extend(pieces)


def _block_ends(lines: Lines) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, (_, text) in enumerate(lines):
        if end := _END.match(text):
            found.setdefault(end[1].lower(), []).append(index)
    return found


def _paragraph_end(lines: Lines, at: int) -> int:
    """Return where the paragraph ends whose second line may be at an index."""
    others = (_HEADING, _BEGIN, _KEYWORD, _DRAWER, _COMMENT, _FIXED, _ITEM, _TABLE, _RULE, _PLANNING)
    while at < len(lines) and lines[at][1] and not any(other.match(lines[at][1]) for other in others):
        at += 1
    return at
