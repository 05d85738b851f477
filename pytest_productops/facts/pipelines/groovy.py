"""Groovy as far as a Jenkinsfile needs it: statements of words, texts and blocks. Never run, never refused.

https://groovy-lang.org/syntax.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from pytest_productops.lazy import dataclass, regex

MAX_DEPTH = 60
MAX_TOKENS = 200_000
_TOKEN = regex(
    r"(?P<space>[ \t\r\f\v]+|\\\n|//[^\n]*|/\*.*?(?:\*/|\Z)|#![^\n]*)|(?P<end>[\n;])"
    r"|(?P<word>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)"
    r"|(?P<long>'''.*?(?:'''|\Z)|\"\"\".*?(?:\"\"\"|\Z))"
    r"|(?P<text>'(?:\\.|[^'\\\n])*'?|\"(?:\\.|[^\"\\\n])*\"?)|(?P<other>.)",
    re.DOTALL,
)
_ESCAPE = regex(r"\\(\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "", "\n": ""}


@dataclass(frozen=True)
class Token:
    """A word, a text (`kind` "text") or a sign of a statement, with its line from 1."""

    kind: str
    text: str
    line: int


@dataclass
class Statement:
    """A statement: its tokens, and the blocks in braces that belong to it, in order."""

    tokens: list[Token] = field(default_factory=list)
    blocks: list[list[Statement]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The word that it begins with."""
        return self.tokens[0].text if self.tokens and self.tokens[0].kind == "word" else ""

    @property
    def line(self) -> int:
        """The line that it begins on."""
        return self.tokens[0].line if self.tokens else 0

    @property
    def texts(self) -> list[str]:
        """Its texts."""
        return [token.text for token in self.tokens if token.kind == "text"]

    def words(self) -> list[str]:
        """Return its words."""
        return [token.text for token in self.tokens if token.kind == "word"]


def statements(source: str) -> list[Statement]:
    """Return the statements of a source; one too deep or too long is cut."""
    return _Parser(source).block(0)


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = list(tokens(source))
        self.at = 0

    def block(self, depth: int) -> list[Statement]:
        """Read statements up to the brace that closes them."""
        found, current, parens = list[Statement](), Statement(), 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.text == "{" and token.kind == "other" and depth < MAX_DEPTH:
                current.blocks.append(self.block(depth + 1))
            elif token.text == "}" and token.kind == "other":
                break
            elif token.kind == "end":
                if parens <= 0 and not self._goes_on():
                    found.append(current)
                    current, parens = Statement(), 0
            else:
                parens += (
                    (token.text in ("(", "[")) - (token.text in (")", "]")) if token.kind == "other" else 0
                )
                current.tokens.append(token)
        return [one for one in [*found, current] if one.tokens or one.blocks]

    def _goes_on(self) -> bool:
        """Whether the next line goes on with this statement: `} else {` and the like in a line of its own."""
        rest = (one for one in self.tokens[self.at : self.at + 20] if one.kind != "end")
        following = next(rest, None)
        return following is not None and following.text in ("else", "catch", "finally", ".")


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of a source, comments and spaces left out."""
    line = 1
    for number, match in enumerate(_TOKEN.finditer(source)):
        if number > MAX_TOKENS:
            return
        kind = match.lastgroup or ""
        if kind == "long":
            yield Token("text", _plain(match[0], 3), line)
        elif kind == "text":
            yield Token("text", _plain(match[0], 1), line)
        elif kind != "space":
            yield Token(kind, match[0], line)
        line += match[0].count("\n")


def _plain(written: str, marks: int) -> str:
    """Return a text without its quotes, its escapes read."""
    inner = (
        written[marks:-marks]
        if len(written) >= 2 * marks and written.endswith(written[0])
        else written[marks:]
    )
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), inner)
