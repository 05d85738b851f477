"""Shell text as tokens: words without their quotes, and operators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.lazy import dataclass, regex

_OPERATOR = regex(r"&&|\|\||;;&?|;&|\|&|[;|&()\n]")
_REDIRECT = regex(r"\d*(?:<<-?|<<<|[<>]&|>>|<>|>\||&>>?|[<>])")


@dataclass(frozen=True)
class Token:
    """A word (`operator` false) or an operator, with its line from 0."""

    text: str
    line: int
    operator: bool = False
    quoted: bool = False


def tokens(text: str) -> Iterator[Token]:
    """Return the words and operators of a text; comments, redirections and here-documents are dropped."""
    return iter(_Scanner(text).scan())


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 0
        self._ends: list[str] = []  # delimiters of here-documents that start at the next line

    def scan(self) -> Iterator[Token]:
        while self.at < len(self.text):
            char = self.text[self.at]
            if char in " \t\r\f\v":
                self.at += 1
            elif self.text.startswith("\\\n", self.at):
                self.at += 2
                self.line += 1
            elif char == "#":
                self.at = self._end_of_line()
            elif match := _REDIRECT.match(self.text, self.at):
                self._redirect(match)
            elif match := _OPERATOR.match(self.text, self.at):
                yield self._operator(match)
            else:
                yield self._word()

    def _end_of_line(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _operator(self, match: re.Match[str]) -> Token:
        token = Token(match[0], self.line, operator=True)
        self.at = match.end()
        if match[0] == "\n":
            self.line += 1
            self._skip_documents()
        return token

    def _skip_documents(self) -> None:
        ends, self._ends = self._ends, []
        for end in ends:
            while self.at < len(self.text):
                stop = self._end_of_line()
                line = self.text[self.at : stop]
                self.at = min(stop + 1, len(self.text))
                self.line += 1
                if line.strip() == end:
                    break

    def _redirect(self, match: re.Match[str]) -> None:
        self.at = match.end()
        while self.text[self.at : self.at + 1] in {" ", "\t"}:
            self.at += 1
        if _OPERATOR.match(self.text, self.at) or self.at >= len(self.text):
            if self.text[self.at : self.at + 1] == "(":  # process substitution
                self._nested(self.at + 1, ")")
            return
        word = self._word()
        if match[0].lstrip("0123456789") in {"<<", "<<-"} and word.text:
            self._ends.append(word.text)

    def _word(self) -> Token:
        parts: list[str] = []
        line, quoted = self.line, False
        start = self.at
        while self.at < len(self.text) and not self._stops(start):
            char = self.text[self.at]
            quoted = quoted or char in "'\""
            parts.append(self._part(char))
        return Token("".join(parts), line, quoted=quoted)

    def _stops(self, start: int) -> bool:
        char = self.text[self.at]
        return char in " \t\r\f\v\n;|&()" or (char in "<>" and self.at > start)

    def _part(self, char: str) -> str:
        """Read one part of a word (quoted text, substitution, character) and move behind it."""
        begin = self.at
        if char == "'":
            return self._until("'")
        if char == '"':
            return self._double()
        if char == "`":
            return "`" + self._until("`") + "`"
        if char == "$" and self.text[begin + 1 : begin + 2] in {"(", "{"}:
            self._nested(begin + 2, ")" if self.text[begin + 1] == "(" else "}")
            return self.text[begin : self.at]
        self.at += 2 if char == "\\" else 1
        taken = self.text[begin : self.at]
        self.line += taken.count("\n")
        return taken[1:].replace("\n", "") if char == "\\" else taken

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        end = len(self.text) if end < 0 else end
        inner = self.text[self.at + 1 : end]
        self.line += inner.count("\n")
        self.at = min(end + 1, len(self.text))
        return inner

    def _double(self) -> str:
        self.at += 1
        parts: list[str] = []
        while self.at < len(self.text) and self.text[self.at] != '"':
            char = self.text[self.at]
            if (
                char == "\\" and self.text[self.at + 1 : self.at + 2] not in {'"', "\\", "$", "`", "\n"}
            ) or char == "'":
                parts.append(char)
                self.at += 1
            else:
                parts.append(self._part(char))
        self.at = min(self.at + 1, len(self.text))
        return "".join(parts)

    def _nested(self, begin: int, close: str) -> None:
        """Move behind the bracket that closes a substitution which starts before `begin`."""
        opening = "(" if close == ")" else "{"
        depth, at = 1, begin
        while at < len(self.text) and depth:
            char = self.text[at]
            depth += (char == opening) - (char == close)
            at += 2 if char == "\\" else 1
        self.at = min(at, len(self.text))
        self.line += self.text.count("\n", begin, self.at)
