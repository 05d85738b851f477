"""The inside of a reStructuredText paragraph: roles, references, code and emphasis."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pytest_productops.facts.documents.draft import Draft, Piece, squeeze
from pytest_productops.facts.documents.model import Code, Link
from pytest_productops.lazy import regex

_MARK = regex(
    r"``(?P<code>.+?)``(?!`)"
    r"|:(?P<role>[a-zA-Z][\w:+.-]*):`(?P<argument>[^`]+)`"
    r"|`(?P<phrase>[^`]+)`(?::(?P<after>[a-zA-Z][\w:+.-]*):|(?P<reference>__?)(?!\w))?"
    r"|\|(?P<substitution>[^\s|](?:[^|\n]*[^\s|])?)\|(?:__?)?(?!\w)"
    r"|(?<![\w/:.@-])(?P<name>[A-Za-z0-9](?:[A-Za-z0-9.-]|_(?=[A-Za-z0-9]))*)__?(?![\w/])"
    r"|\[[#*]?[\w.-]*\]_(?!\w)",
    re.DOTALL,
)
_EMBEDDED = regex(r"(.*?)\s*<([^<>]+)>\Z", re.DOTALL)
_EMPHASIS = regex(r"(?<![\w*\\])(\*\*?)(?=[^\s*])([^*]{1,500}?)(?<=[^\s*\\])\1(?![\w*])")
_ESCAPE = regex(r"\\(\s|.)")
_CODE_ROLES = frozenset(
    [
        "code",
        "command",
        "file",
        "samp",
        "program",
        "kbd",
        "literal",
        "envvar",
        "option",
        "makevar",
        "bash",
        "shell",
        "sh",
        "console",
        "cmd",
        "mailheader",
        "regexp",
        "func",
        "class",
        "meth",
        "mod",
        "attr",
        "data",
        "exc",
        "obj",
        "const",
        "type",
        "macro",
        "c",
        "py",
        "js",
        "cpp",
        "rst",
    ]
)
_FILE_ROLES = frozenset({"doc", "download"})
_OTHER_PROJECT = regex(r"[\w.-]+:(?!//)")
_TARGET = regex(r"^[ \t]*\.\. +_(?:`([^`\n]+)`|((?:[^:\\\n]|\\.|:(?=\S))+)):[ \t]+(\S[^\n]*)$", re.MULTILINE)
_NEXT_LINE = regex(r"^[ \t]*\.\. +_([^:`\n]+):[ \t]*\n[ \t]+(https?:\S+)$", re.MULTILINE)


def targets(text: str) -> dict[str, str]:
    """Return the named link targets of a document: name (lower-case) -> where it leads."""
    found = {squeeze(m[1] or m[2]).lower(): m[3].strip() for m in _TARGET.finditer(text)}
    found |= {squeeze(m[1]).lower(): m[2] for m in _NEXT_LINE.finditer(text)}
    direct = {name: found.get(squeeze(target.strip("`_")).lower(), target) if target.endswith("_") else target
              for name, target in found.items()}  # fmt: skip
    return {name.replace("\\", ""): target for name, target in direct.items()}


def read(lines: Sequence[tuple[int, str]], draft: Draft, named: dict[str, str]) -> list[Piece]:
    """Read a paragraph; return its visible text, one piece a line or less."""
    if not lines:
        return []
    return _Paragraph(lines, draft, named).pieces


class _Paragraph:
    def __init__(self, lines: Sequence[tuple[int, str]], draft: Draft, named: dict[str, str]) -> None:
        self.draft = draft
        self.named = named
        self.pieces: list[Piece] = []
        self.numbers = [number for number, _ in lines]
        text = "\n".join(text for _, text in lines)
        at = self.index = 0
        for match in _MARK.finditer(text):
            self._text(text[at : match.start()])
            after = self.index + match[0].count("\n")
            self._mark(match)
            self.index, at = after, match.end()
        self._text(text[at:])

    @property
    def line(self) -> int:
        return self.numbers[min(self.index, len(self.numbers) - 1)]

    def _text(self, text: str, kind: str = "text") -> None:
        """Add visible text, which may go over several lines."""
        text = _ESCAPE.sub(lambda m: m[1].strip(" "), _EMPHASIS.sub(r"\2", text)) if kind != "code" else text
        for index, part in enumerate(text.split("\n")):
            self.index += bool(index)
            if part or index:
                self.pieces.append(Piece(part, self.line, kind))  # type: ignore[arg-type]

    def _mark(self, match: re.Match[str]) -> None:
        if match["code"] is not None:
            self._code(match["code"])
        elif match["role"] or match["after"]:
            self._role(match["role"] or match["after"], match["argument"] or match["phrase"])
        elif match["phrase"]:
            self._phrase(match["phrase"], bool(match["reference"]))
        elif match["name"]:
            self._name(match)
        else:
            self._text(re.sub(r"[^\n]+", " ", match[0]))

    def _code(self, text: str) -> None:
        self.draft.codes.append(Code(squeeze(text), self.line))
        self._text(text, "code")

    def _role(self, role: str, argument: str) -> None:
        embedded = _EMBEDDED.match(argument)
        text, target = (embedded[1], embedded[2]) if embedded else (argument, argument)
        if role.split(":", maxsplit=1)[0].lower() in _CODE_ROLES:
            self._code(text)
            return
        if role in _FILE_ROLES and not _OTHER_PROJECT.match(target):
            self.draft.links.append(Link(target.strip(), squeeze(text), self.line))
        self._text(text, "link")

    def _phrase(self, phrase: str, reference: bool) -> None:
        embedded = _EMBEDDED.match(phrase)
        if reference:
            text = embedded[1] or embedded[2] if embedded else phrase
            target = (
                re.sub(r"\s+", "", embedded[2]) if embedded else self.named.get(squeeze(phrase).lower(), "")
            )
            if target.endswith("_"):
                target = self.named.get(target[:-1].lower(), target)
            if target:
                self.draft.links.append(Link(target, squeeze(text), self.line))
            self._text(text, "link")
        else:
            self._text(phrase)

    def _name(self, match: re.Match[str]) -> None:
        target = self.named.get(match["name"].lower(), "")
        if target:
            self.draft.links.append(Link(target, match["name"], self.line))
        self._text(match["name"] if target else match[0], "link" if target else "text")
