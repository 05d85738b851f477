"""TOML with places: tomli's data, and the line of every key (https://toml.io/en/v1.0.0).

No TOML reader for Python tells where a key stands, so a second, light pass over a text that tomli has already
accepted notes the lines: of tables, arrays of tables, dotted keys, inline tables and elements of arrays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any, NamedTuple

import tomli

from pytest_productops.lazy import dataclass, regex

Path = tuple[str | int, ...]
"""The way to a value: keys, and indexes into arrays: `("task", 0, "evidence", 1, "path")`."""

_TOKEN = regex(
    r'''(?P<string>"""(?:\\.|[^\\])*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"|(?P<blank>[ \t]+|#[^\n]*|\.)|(?P<end>\n)|(?P<mark>[\[\]{},=])|(?P<bare>[^\s\[\]{},=.\"'#]+)",
    re.DOTALL,
)
_TWICE = regex(r"Cannot declare \((.*?),?\) twice")
_CLOSED = regex(r"Cannot mutate immutable namespace \((.*?),?\)")
_PART = regex(r"'((?:\\.|[^'\\])*)'|\"((?:\\.|[^\"\\])*)\"")
"""tomli names a table by a tuple of its keys, as Python writes one."""
_AT = regex(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlError(ValueError):
    """A text is no TOML. `reason` says why, `line` where (0: unknown)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Loaded:
    """A TOML document: its data, and where each key stands."""

    data: Mapping[str, Any]
    text: str

    def line(self, path: Path) -> int:
        """Return the line of a key or element; of the nearest table around it where it is missing; else 0."""
        known = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self._lines), None)
        return self._lines[known] if known else 0

    def last(self, path: Path) -> int:
        """Return the last line on which a key or an element at a path or below it begins; 0 where there is none."""
        return max((line for way, line in self._lines.items() if way[: len(path)] == path), default=0)

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return _Places(self.text).lines


def load(text: str) -> Loaded:
    """Read a text; raise `TomlError` where it is no TOML, or deeper or longer than tomli reads."""
    try:
        return Loaded(tomli.loads(text), text)
    except tomli.TOMLDecodeError as error:
        raise _error(str(error), text) from error
    except RecursionError as error:
        raise TomlError("it is nested too deeply") from error
    except ValueError as error:
        raise TomlError(str(error)) from error


def _error(message: str, text: str) -> TomlError:
    message = _TWICE.sub(lambda match: f"[{_dotted(match[1])}] stands there twice", message)
    message = _CLOSED.sub(lambda match: f"`{_dotted(match[1])}` stands there already, whole", message)
    at = _AT.search(message)
    if at is None:
        return TomlError(message)
    return TomlError(message[: at.start()], int(at[1]) if at[1] else text.rstrip("\n").count("\n") + 1)


def _dotted(parts: str) -> str:
    return ".".join(match[1] or match[2] or "" for match in _PART.finditer(parts))


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


@dataclass
class _Frame:
    """An array or inline table that is open: its path and, for an array, the index of the next element."""

    path: Path
    index: int | None = None


@dataclass
class _Places:
    """The pass that notes lines.

    `table` is the last header's path, `stack` what is open inside a value, `arrays` the last index of each
    array of tables; `fresh` says that a key or header may start here.
    """

    text: str
    lines: dict[Path, int] = field(default_factory=dict)
    table: Path = ()
    stack: list[_Frame] = field(default_factory=list)
    arrays: dict[Path, int] = field(default_factory=dict)
    fresh: bool = True

    def __post_init__(self) -> None:
        tokens = _tokens(self.text)
        for token in tokens:
            if self.stack:
                self._inside(self.stack[-1], token, tokens)
            elif token.kind == "end":
                self.fresh = True
            elif self.fresh and token.text == "[":
                self._header(tokens, token.line)
            elif self.fresh:
                self._assign(self.table, token, tokens)

    def _header(self, tokens: Iterator[_Token], line: int) -> None:
        """Read `[a.b]` or `[[a.b]]`, the first bracket gone, up to the end of its line."""
        parts: list[str] = []
        brackets = 1
        for token in tokens:
            if token.kind == "end":
                break
            brackets += token.text == "["
            if token.kind != "mark":
                parts.append(_name(token))
        self.table = self._enter(parts, many=brackets > 1)
        self._note(self.table, line)

    def _enter(self, parts: list[str], *, many: bool) -> Path:
        """Return a header's path, with the index of each array of tables on its way."""
        path: Path = ()
        for position, part in enumerate(parts, 1):
            path += (part,)
            if many and position == len(parts):
                self.arrays[path] = self.arrays.get(path, -1) + 1
            if path in self.arrays:
                path += (self.arrays[path],)
        return path

    def _assign(self, base: Path, first: _Token, tokens: Iterator[_Token]) -> None:
        """Read `a.b =` and the start of its value, `first` being the token of `a`."""
        path = (*base, _name(first))
        for token in tokens:
            if token.kind == "mark":
                break
            path += (_name(token),)
        self._note(path, first.line)
        self.fresh = False
        self._open(path, next(tokens))

    def _open(self, path: Path, token: _Token) -> None:
        """Go into a value if it is an array or an inline table."""
        if token.kind == "mark" and token.text == "[":
            self.stack.append(_Frame(path, 0))
        elif token.kind == "mark" and token.text == "{":
            self.stack.append(_Frame(path))
            self.fresh = True

    def _inside(self, frame: _Frame, token: _Token, tokens: Iterator[_Token]) -> None:
        """Read on in an array or inline table."""
        if token.kind == "end":
            return
        if token.kind == "mark" and token.text in "]}":
            self.stack.pop()
            self.fresh = False
        elif token.kind == "mark" and token.text == ",":
            self.fresh = True
            frame.index = None if frame.index is None else frame.index + 1
        elif frame.index is not None:
            self._note((*frame.path, frame.index), token.line)
            self._open((*frame.path, frame.index), token)
        elif self.fresh:
            self._assign(frame.path, token, tokens)

    def _note(self, path: Path, line: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)


def _tokens(text: str) -> Iterator[_Token]:
    """Split a text, blanks, comments and dots dropped; a scalar may fall into several `bare` tokens."""
    line = 1
    for match in _TOKEN.finditer(text):
        kind, found = match.lastgroup or "", match[0]
        if kind != "blank":
            yield _Token(kind, found, line)
        line += found.count("\n")
    yield _Token("end", "", line)


def _name(token: _Token) -> str:
    """Return the key that a token spells."""
    if token.text[:1] in "\"'" and token.kind == "string":
        return str(tomli.loads(f"key = {token.text}")["key"])
    return token.text
