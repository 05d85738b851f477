"""The inside of a reStructuredText paragraph: roles, references, code and emphasis."""

from __future__ import annotations

import re

from pytest_productops.facts.documents.draft import Draft, Piece, squeeze
from pytest_productops.facts.documents.flow import Flow, Lines
from pytest_productops.facts.documents.model import Link
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
_LABEL_ROLES = frozenset({"ref", "numref"})
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


def read(lines: Lines, draft: Draft, named: dict[str, str]) -> list[Piece]:
    """Read a paragraph; return its visible text, one piece a line or less."""
    return _Paragraph(lines, draft, named).read("\n".join(text for _, text in lines), _MARK) if lines else []


class _Paragraph(Flow):
    def __init__(self, lines: Lines, draft: Draft, named: dict[str, str]) -> None:
        super().__init__(lines, draft)
        self.named = named

    def clean(self, text: str) -> str:
        return _ESCAPE.sub(lambda match: match[1].strip(" "), _EMPHASIS.sub(r"\2", text))

    def mark(self, match: re.Match[str]) -> None:
        if match["code"] is not None:
            self.code(match["code"])
        elif match["role"] or match["after"]:
            self._role(match["role"] or match["after"], match["argument"] or match["phrase"])
        elif match["phrase"]:
            self._phrase(match["phrase"], bool(match["reference"]))
        elif match["name"]:
            self._name(match)
        else:
            self.text(re.sub(r"[^\n]+", " ", match[0]))

    def _role(self, role: str, argument: str) -> None:
        embedded = _EMBEDDED.match(argument)
        text, target = (embedded[1], embedded[2]) if embedded else (argument, argument)
        if role.split(":", maxsplit=1)[0].lower() in _CODE_ROLES:
            self.code(text)
            return
        if role in _FILE_ROLES and not _OTHER_PROJECT.match(target):
            self.draft.links.append(Link(target.strip(), squeeze(text), self.line))
        elif role in _LABEL_ROLES:
            self.draft.links.append(Link(f"#{squeeze(target).lower()}", squeeze(text), self.line))
        self.text(text, "link")

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
            self.text(text, "link")
        else:
            self.text(phrase)

    def _name(self, match: re.Match[str]) -> None:
        target = self.named.get(match["name"].lower(), "")
        if target:
            self.draft.links.append(Link(target, match["name"], self.line))
        self.text(match["name"] if target else match[0], "link" if target else "text")
