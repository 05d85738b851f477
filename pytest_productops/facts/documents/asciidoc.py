"""AsciiDoc, read line by line and tolerantly (https://docs.asciidoctor.org/asciidoc/latest/).

Attributes that the document defines are filled in, conditions (`ifdef`) are taken as fulfilled, and includes
are links. What is not known stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.facts.documents import asciidoc_inline, front_matter
from pytest_productops.facts.documents.draft import Draft, Piece, slugify, visible
from pytest_productops.facts.documents.flow import Lines
from pytest_productops.facts.documents.model import CELL, CodeBlock, Document, Link
from pytest_productops.lazy import regex

MAX_DEPTH = 30
"""Deepest nesting that is taken apart; what is deeper is prose."""
MAX_GROWTH = 2**18
"""Most characters that filling in attributes may add to a document."""
_HEADING = regex(r"(={1,6}|#{1,6})[ \t]+(\S.*?)(?:(?<=\S)[ \t]+\1)?\Z")
_UNDERLINE = regex(r"(=+|-+|~+|\^+|\++)\Z")
_LEVELS = "=-~^+"
_DELIMITER = regex(r"(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|`{3,}[\w+#-]*|[|,:!]={3,})\Z")
_ATTRIBUTE = regex(r":(!?)([A-Za-z0-9_][\w-]*)(!?):(?:[ \t]+(.*))?\Z")
_REFERENCE = regex(r"\{([A-Za-z0-9_][\w-]{0,80})\}")
_BLOCK = regex(r"\[(?!\[)((?![^\],=]* [^\],=]* )[^\[\]]*)\]\Z")
"""A line of attributes; several words that no comma parts are text."""
_ANCHOR = regex(r"\[\[([^\[\],]+)(?:,[^\[\]]*)?\]\]\Z")
_TITLE = regex(r"\.(?![\s.])(\S.*)")
_MACRO = regex(
    r"(include|image|video|audio|toc|ifdef|ifndef|ifeval|endif|leveloffset)::([^\s\[\]]*)\[(.*)\]\Z"
)
_ITEM = regex(
    r"[ \t]*(?:([*]{1,5}|-|\.{1,5})|\d{1,3}\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)[ \t]+(?=\S)(?:(\[[ xX*]\])[ \t]+)?"
)
_TERM = regex(r"([^\s:].{0,200}?)(?:::{1,3}|;;)(?:[ \t]+(.*)|\Z)")
_ADMONITION = regex(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_RULE = regex(r"(?:'{3,}|-{3}|\*{3}|- - -|\* \* \*|<{3,})\Z")
_CELL = regex(r"(?:(?<=\s)|^)(?:\d+(?:\.\d+)?[+*])?[<^>.]*[aehlmsd]?\||(?<=\S)\|")
_VERBATIM = frozenset("-.`")
_GIVEN: Mapping[str, str] = MappingProxyType(
    {"nbsp": " ", "empty": "", "blank": "", "sp": " ", "zwsp": "", "plus": "+", "asterisk": "*", "backtick": "`",
     "tilde": "~", "caret": "^", "startsb": "[", "endsb": "]", "vbar": "|", "amp": "&", "lt": "<", "gt": ">",
     "cpp": "C++", "pp": "++", "two-colons": "::", "two-semicolons": ";;", "apos": "'", "quot": '"'}
)  # fmt: skip


def read(path: str, text: str) -> Document:
    """Read an AsciiDoc document; any text is one."""
    draft = Draft()
    draft.front_matter, body = front_matter.split(text)
    lines = [(number, line.expandtabs(4).rstrip()) for number, line in enumerate(body.split("\n"), 1)]
    reader = Reader(draft)
    reader.body(lines)
    draft.front_matter = {**reader.settings, **draft.front_matter}
    return draft.document(path, "asciidoc", text)


class Reader:
    """Walks over the blocks of a document; `settings` are the attributes that it defines."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.settings: dict[str, str] = {}
        self._growth = MAX_GROWTH
        self._style = ""  # of the block that follows
        self._id = ""
        self._item: list[Piece] | None = None
        self._depth = 0

    def body(self, lines: Lines) -> None:
        """Read blocks."""
        if self._depth > MAX_DEPTH:
            self.draft.say(Piece(text, number) for number, text in lines)
            return
        self._depth += 1
        at = 0
        while at < len(lines):
            at = self._block(lines, at) if lines[at][1] else at + 1
        self._depth -= 1

    def _block(self, lines: Lines, at: int) -> int:
        """Read the block that begins at an index; return the index after it."""
        number, text = lines[at]
        if _DELIMITER.match(text):
            return self._delimited(lines, at)
        if text.startswith("//"):
            self.draft.comment(text[2:], number)
        elif macro := _MACRO.match(text):
            self._macro(number, *macro.groups())
        elif not (self._setting(text) or self._attributes(text) or _RULE.match(text) or text == "+"):
            return self._text(lines, at)
        return at + 1

    def _text(self, lines: Lines, at: int) -> int:
        text = lines[at][1]
        if self._titled(lines, at):
            return at + (1 if _HEADING.match(text) else 2)
        if item := _ITEM.match(text):
            return self._list_item(lines, at, item)
        if text[0] == " " and self._style not in {"normal", "quote", "verse"}:
            return self._literal(lines, at)
        return self._paragraph(lines, at)

    def _setting(self, text: str) -> bool:
        match = _ATTRIBUTE.match(text)
        if match is None:
            return False
        if match[1] or match[3]:
            self.settings.pop(match[2].lower(), None)
        else:
            self.settings[match[2].lower()] = self._filled((match[4] or "").removesuffix("\\").strip())[:500]
        return True

    def _attributes(self, text: str) -> bool:
        """Take a line of attributes for the next block, its anchor or its title; return whether it is one."""
        if anchor := _ANCHOR.match(text):
            self.draft.explicit.append(anchor[1])
            self._id = anchor[1]
        elif block := _BLOCK.match(text):
            self._style = block[1]
            if named := re.match(r"[^,#\"]{0,80}#([\w:.-]+)|(?:.{0,200},)?\s*id=[\"']?([\w:.-]+)", block[1]):
                self._id = named[1] or named[2]
                self.draft.explicit.append(self._id)
        return bool(anchor or block)

    def _titled(self, lines: Lines, at: int) -> bool:
        """Read a section's title, marked in front or underlined; return whether there is one."""
        number, text = lines[at]
        match = _HEADING.match(text)
        if match:
            self._heading(len(match[1]), match[2], number)
            return True
        below = lines[at + 1][1] if at + 1 < len(lines) else ""
        alike = min(len(text), len(below)) > 1 and abs(len(below) - len(text)) <= 1
        if alike and _UNDERLINE.match(below) and not _TITLE.match(text) and re.search(r"\w", text):
            self._heading(_LEVELS.index(below[0]) + 1, text, number)
            return True
        return False

    def _heading(self, level: int, title: str, number: int) -> None:
        if self._style.startswith(("discrete", "float")):
            self._style = ""
        text = visible(asciidoc_inline.read([(number, self._filled(title))], self.draft))
        slug = slugify(text)
        self.draft.heading(level, text, number, self._id or slug)
        self.draft.explicit += [slug, "_" + re.sub(r"[^\w]+", "_", text.lower()).strip("_")]
        self._style = self._id = ""
        self._item = None

    def _macro(self, number: int, name: str, target: str, label: str) -> None:
        target = self._filled(target)
        if name == "include":
            self.draft.links.append(Link(target, "include", number))
        elif name == "image":
            self.draft.links.append(
                Link(target, asciidoc_inline.words(label).partition(",")[0], number, image=True)
            )
        elif name in {"ifdef", "ifndef"} and label:
            self._say([(number, label)])

    def _delimited(self, lines: Lines, at: int) -> int:
        number, fence = lines[at]
        close = "```" if fence.startswith("`") else fence
        end = next((index for index in range(at + 1, len(lines)) if lines[index][1] == close), len(lines))
        inside, style, self._style, self._id = lines[at + 1 : end], self._style, "", ""
        sign = fence[0]
        if sign == "/" or style.startswith("comment"):
            self.draft.comment("\n".join(text for _, text in inside), number)
        elif (sign in _VERBATIM and fence != "--") or style.startswith(("source", "listing", "literal")):
            self._code(inside, _language(style) or fence.strip("`-. "))
        elif fence[1] == "=" and sign in "|,:!":
            self._table(inside, sign)
        elif sign != "+":
            self.body(inside)
        return end + 1

    def _code(self, lines: Lines, language: str) -> None:
        if lines:
            width = min((len(text) - len(text.lstrip()) for _, text in lines if text), default=0)
            text = "".join(f"{self._unset(text[width:])}\n" for _, text in lines)
            self.draft.code_blocks.append(CodeBlock(language.lower(), text, lines[0][0]))

    def _unset(self, text: str) -> str:
        """Return a line of code without its callouts (`<1>`)."""
        return re.sub(r"(?:[ \t]*(?://|#|;;)?[ \t]*<(?:\d{1,2}|\.)>)+\Z", "", text)

    def _literal(self, lines: Lines, at: int) -> int:
        """Read an indented paragraph: code, or the text of a list item."""
        end = at
        while end < len(lines) and lines[end][1].startswith(" "):
            end += 1
        if self._item is not None and (not at or lines[at - 1][1]):
            self._say([(number, text.strip()) for number, text in lines[at:end]])
        else:
            self._code(lines[at:end], _language(self._style))
            self._style = ""
        return end

    def _table(self, lines: Lines, sign: str) -> None:
        for number, text in lines:
            cells = _CELL.sub("|", text).strip("| ") if sign in "|!" else text
            row = cells.replace(sign if sign in ",:" else "|", CELL)
            self.draft.say(asciidoc_inline.read([(number, self._filled(row))], self.draft))

    def _list_item(self, lines: Lines, at: int, item: re.Match[str]) -> int:
        number, text = lines[at]
        end = _paragraph_end(lines, at + 1)
        self._item, self._style = [], ""
        self._say([(number, text[item.end() :]), *((n, t.strip()) for n, t in lines[at + 1 : end])])
        mark = item[1] or ""
        box = "" if not item[2] else "[x] " if item[2] != "[ ]" else "[ ] "
        ordered = not mark or mark[0] == "."
        self.draft.item(box + visible(self._item), number, ordered=ordered, depth=max(len(mark) - 1, 0))
        return end

    def _paragraph(self, lines: Lines, at: int) -> int:
        number, text = lines[at]
        style, self._style = self._style, ""
        end = max(_paragraph_end(lines, at + 1), at + 1)
        if style.startswith(("source", "listing", "literal")):
            self._code(lines[at:end], _language(style))
            return end
        if style.startswith("comment"):
            self.draft.comment("\n".join(text for _, text in lines[at:end]), number)
            return end
        if not at or not lines[at - 1][1]:
            self._item = None
        if title := _TITLE.match(text):
            self._say([(number, title[1])])
            return at + 1
        if term := _TERM.match(text):
            self._say([(number, f"{term[1]}: {term[2] or ''}")])
            return at + 1
        first = text[note.end() :] if (note := _ADMONITION.match(text)) else text
        self._say([(number, first), *lines[at + 1 : end]])
        return end

    def _say(self, lines: Lines) -> None:
        filled = [(number, self._filled(text.removesuffix(" +"))) for number, text in lines]
        pieces = asciidoc_inline.read(filled, self.draft)
        self.draft.say(pieces)
        if self._item is not None:
            self._item.extend(pieces)

    def _filled(self, text: str) -> str:
        """Return a text with the attributes that are known filled in."""
        if "{" not in text:
            return text
        filled = _REFERENCE.sub(lambda m: self._value(m[1].lower(), m[0]), text)
        self._growth -= max(len(filled) - len(text), 0)
        return filled if self._growth > 0 else text

    def _value(self, name: str, otherwise: str) -> str:
        return self.settings.get(name, _GIVEN.get(name, otherwise))


def _language(style: str) -> str:
    """Return the language of `[source,ruby,linenums]`, `[,ruby]` or `[source%linenums,ruby]`."""
    parts = [part.strip() for part in style.split(",")]
    named = (
        len(parts) > 1 and "=" not in parts[1] and re.match(r"(?:source|listing)?(?:[%#.].*)?\Z", parts[0])
    )
    return parts[1] if named else ""


def _paragraph_end(lines: Lines, at: int) -> int:
    """Return where the paragraph ends whose second line may be at an index."""
    while at < len(lines):
        text = lines[at][1]
        if not text or text == "+" or _ITEM.match(text) or _BLOCK.match(text) or _MACRO.match(text):
            return at
        if text.startswith("//") or _DELIMITER.match(text) or _TERM.match(text):
            return at
        at += 1
    return at
