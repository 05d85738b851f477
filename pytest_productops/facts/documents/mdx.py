"""MDX: Markdown with JavaScript in it, put in Markdown's words without moving a line.

https://mdxjs.com/docs/what-is-mdx/
Imports, exports, components' tags and expressions are no text; `{/* ... */}` is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.documents.draft import Draft
from pytest_productops.facts.documents.model import Link
from pytest_productops.lazy import regex

MAX_SPAN = 20_000
"""Longest tag or expression, in characters; a longer one is text."""
MAX_LOST = 2**20
"""Most characters that are looked through for the ends of tags and expressions that have none."""
_STATEMENT = regex(
    r"import\s*(?:[\"'{*]|[\w$]+\s+from\b|[\w$]+\s*,)"
    r"|export\s+(?:const|let|var|default|async|function|class|type|interface|\{|\*)"
)
_FENCE = regex(r" *(`{3,}|~{3,})")
_TOKEN = regex(r"`+|\{|<(?=[A-Za-z/>])|\\.", re.DOTALL)
_ADDRESS = regex(r"\b(href|to|src|url|link|image)\s*=\s*(?:\{\s*)?[\"'`]([^\"'`{}\n]{1,500})[\"'`]")
_LITERAL = regex(r"\{\s*(?:\"([^\"\\{}]*)\"|'([^'\\{}]*)'|`([^`\\${}]*)`)\s*\}\Z")
_INSIDE = regex(r"[{}\"'`>]")
_IMAGES = frozenset({"src", "image"})


def plain_markdown(text: str, draft: Draft) -> str:
    """Return a text as Markdown; note its comments and the addresses in its tags."""
    return "".join(_Chunk(part, line, draft).read() if prose else part for part, line, prose in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, int, bool]]:
    """Split a text at its blocks of code; statements of JavaScript become blank lines."""
    lines = text.split("\n")
    start, fence, code = 0, "", False
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        opens = mark is not None and not fence
        closes = (
            mark is not None
            and bool(fence)
            and mark[1].startswith(fence)
            and not line.strip().strip(fence[0])
        )
        if opens or closes:
            end = index + closes
            yield _joined(lines[start:end], end < len(lines)), start + 1, not code
            start, code, fence = end, opens, mark[1] if opens and mark else ""
        elif not fence:
            before = index == 0 or not lines[index - 1].strip() or lines[index - 1] == "\0"
            if before and (_STATEMENT.match(line) or (index and lines[index - 1] == "\0" and line.strip())):
                lines[index] = "\0"
    yield _joined(lines[start:], False), start + 1, not code


def _joined(lines: list[str], more: bool) -> str:
    return "\n".join("" if line == "\0" else line for line in lines) + ("\n" if more and lines else "")


class _Chunk:
    """A stretch of text without blocks of code."""

    def __init__(self, text: str, line: int, draft: Draft) -> None:
        self.text, self.line, self.draft = text, line, draft
        self._counted = 0  # up to where `line` is counted
        self._lost = 0

    def read(self) -> str:
        """Return it without tags of components and without expressions."""
        parts: list[str] = []
        at = 0
        while token := _TOKEN.search(self.text, at):
            parts.append(self.text[at : token.start()])
            at, kept = self._token(token)
            parts.append(kept)
        return "".join([*parts, self.text[at:]])

    def _token(self, token: re.Match[str]) -> tuple[int, str]:
        """Return where the token ends and what is kept of it."""
        start, sign = token.start(), token[0]
        if sign[0] in "`\\":
            end = self.text.find(sign, token.end(), token.end() + MAX_SPAN) if sign[0] == "`" else -1
            end = end + len(sign) if end >= 0 else token.end()
            return end, self.text[start:end]
        if self.text.startswith("<!--", start) or self.text.startswith("{#", start):
            return token.end(), sign
        end = _end(self.text, start) if self._lost < MAX_LOST else -1
        if end < 0:
            self._lost += MAX_SPAN
            return token.end(), sign
        inside = self.text[start:end]
        return end, (self._expression(inside, start) if sign == "{" else self._tag(inside, start))

    def _at(self, start: int) -> int:
        self.line += self.text.count("\n", self._counted, start)
        self._counted = start
        return self.line

    def _expression(self, text: str, start: int) -> str:
        if text.startswith("{/*"):
            self.draft.comment(text[3:].removesuffix("}").rstrip().removesuffix("*/"), self._at(start))
        literal = _LITERAL.match(text)
        shown = next(filter(None, literal.groups()), " ") if literal else ""
        return shown if "\n" not in text else "\n" * text.count("\n")

    def _tag(self, text: str, start: int) -> str:
        """Return a tag of HTML with its expressions empty, nothing of a component's."""
        if re.match(r"</?[a-z]+[\w-]*[\s/>]", text):
            plain = re.sub(r"=\s*\{[^\"'`{}\n]*[\"'`]([^\"'`{}\n]*)[\"'`][^\"'`{}\n]*\}", r'="\1"', text)
            return re.sub(
                r"\s[\w-]+=\{.*\}", lambda match: "\n" * match[0].count("\n"), plain, flags=re.DOTALL
            )
        for name, address in _ADDRESS.findall(text):
            self.draft.links.append(Link(address, "", self._at(start), image=name in _IMAGES))
        return "\n" * text.count("\n")


def _end(text: str, start: int) -> int:
    """Return where the tag or expression ends that begins at an index, -1 where it does not."""
    depth, quote = 0, ""
    for match in _INSIDE.finditer(text, start, start + MAX_SPAN):
        sign = match[0]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'`" and (depth or text[match.start() - 1] in "={(, "):
            quote = sign
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth <= 0 and text[start] == "{":
                return match.end()
        elif sign == ">" and depth <= 0 and text[start] == "<":
            return match.end()
    return -1
