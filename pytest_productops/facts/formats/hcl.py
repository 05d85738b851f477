"""HCL, the language of Terraform, as far as blocks and plain attributes go; no expression is evaluated.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pytest_productops.lazy import regex

MAX_DEPTH = 100
_TOKEN = regex(
    r"(?P<comment>#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<here><<[-~]?[ \t]*(?P<word>\w+)[ \t]*\n.*?\n[ \t]*(?P=word)[ \t]*(?=\n|\Z))"
    r"|(?P<text>\"(?:\\.|\$\{[^{}\n]*\}|[^\"\\\n])*\")|(?P<mark>[{}])",
    re.DOTALL,
)
_HEAD = regex(r"([\w-]+)((?:[ \t]+(?:\"[^\"\n]*\"|[\w-]+))*)[ \t]*\Z")
_LABEL = regex(r"\"([^\"\n]*)\"|([\w-]+)")
_HERE = regex(r"<<[-~]?[ \t]*\w+[ \t]*\n(.*)\n[ \t]*\w+[ \t]*\Z", re.DOTALL)


class Block(NamedTuple):
    """A block: its type, its labels, what is between its braces, and the line where it begins."""

    type: str
    labels: tuple[str, ...]
    body: str
    line: int

    def blocks(self, *types: str) -> Iterator[Block]:
        """Yield the blocks directly in it."""
        yield from blocks(self.body, *types, line=self.line)

    def attribute(self, name: str) -> str:
        """Return the expression of an attribute as written (of a plain text its content), nothing without it."""
        own = _hollow(self.body)
        found = re.search(rf"(?m)^[ \t]*\"?{re.escape(name)}\"?[ \t]*[=:]", own)
        return _expression(self.body, _after(self.body, found.end())) if found else ""


def blocks(text: str, *types: str, line: int = 1) -> Iterator[Block]:
    """Yield the outermost blocks of these types (all, without any)."""
    depth, start, head = 0, 0, ""
    begun = 0
    for token in _TOKEN.finditer(text):
        if token["mark"] == "{":
            if depth == 0:
                head, begun, start = text[: token.start()].rpartition("\n")[2], token.start(), token.end()
            depth += 1
        elif token["mark"] == "}" and depth:
            depth -= 1
            found = _HEAD.match(head.strip()) if depth == 0 else None
            if found and (not types or found[1] in types):
                labels = tuple(one or two for one, two in _LABEL.findall(found[2]))
                yield Block(found[1], labels, text[start : token.start()], line + text.count("\n", 0, begun))


def _hollow(text: str) -> str:
    """Return a body with what is in its blocks, texts and comments blanked, so that its own attributes are left."""
    kept, depth, at = [], 0, 0
    for token in _TOKEN.finditer(text):
        kept.append(text[at : token.start()] if depth == 0 else _blank(text[at : token.start()]))
        at = token.end()
        depth += {"{": 1, "}": -1}.get(token["mark"] or "", 0)
        key = token["text"] and re.match(r"[ \t]*[=:]", text[token.end() : token.end() + 20])
        kept.append(token[0] if key and depth == 0 else _blank(token[0]))
    return "".join(kept) + (text[at:] if depth == 0 else _blank(text[at:]))


def _after(text: str, at: int) -> int:
    """Return the first place that is no blank, from a place on."""
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _expression(body: str, at: int) -> str:
    """Return the expression that begins at a place: to the end of its line, of its text, or of its brackets."""
    here = _TOKEN.match(body, at)
    if here and here["here"]:
        content = _HERE.match(here[0])
        return content[1] if content else ""
    if (
        here
        and here["text"]
        and body[here.end() :].partition("\n")[0].strip(" \t,").startswith(("#", "//", ""))
    ):
        rest = body[here.end() :].partition("\n")[0].strip(" \t,")
        if not rest or rest.startswith(("#", "//")):
            return here["text"][1:-1]
    end, depth = at, 0
    while end < len(body) and (depth > 0 or body[end] != "\n"):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(body[end], 0)
        end += 1
    return body[at:end].strip()
