"""JSON and its relaxed forms JSON5 and JSONC: the data, and the line of every key (https://spec.json5.org).

Comments, trailing commas, single quotes and bare keys are accepted, so that one reader serves package.json,
composer.json and renovate.json5. Nothing is evaluated; nesting is limited. A name that an object has twice is an
error, for readers differ in which one they take (RFC 8259, section 4); but one that only comments, such as `//`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, NamedTuple

from pytest_productops.lazy import dataclass, regex

MAX_DEPTH = 200
"""Deepest nesting that is read."""
Path = tuple[str | int, ...]
"""The way to a value: keys, and indexes into arrays."""
_TOKEN = regex(
    r"(?P<comment>//[^\n]*|/\*(?:.*?\*/|.*))"
    r"|(?P<string>\"(?:\\.|[^\"\\])*\"?|'(?:\\.|[^'\\])*'?)"
    r"|(?P<mark>[{}\[\],:])|(?P<bare>[^\s{}\[\],:\"'/]+|/)",
    re.DOTALL,
)
_ESCAPE = regex(r"\\(u[0-9a-fA-F]{4}|\r?\n|.)", re.DOTALL)
_COMMENT = regex(r"//|[_#$]|comment", re.IGNORECASE)
"""How a name begins whose value is for readers: JSON has no comments, so people write them so, often."""
_PLAIN: dict[str, Any] = {"true": True, "false": False, "null": None}


class JsonError(ValueError):
    """A text is no JSON, relaxed or not. `line` says where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


@dataclass(frozen=True)
class Loaded:
    """A document: its data, and where each key and item stands."""

    data: Any
    lines: Mapping[Path, int]

    def line(self, *path: str | int) -> int:
        """Return the line of a key or item; of the nearest value around it where it is missing; else 0."""
        return next(
            (self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), 0
        )

    def table(self, *path: str) -> dict[str, Any]:
        """Return the object at a path of keys, empty where there is none."""
        found: Any = self.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found if isinstance(found, dict) else {}


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


def load(text: str) -> Loaded:
    """Read a text; raise `JsonError` where it is none."""
    builder = _Builder()
    for token in _tokens(text):
        builder.take(token)
    return builder.done()


def _tokens(text: str) -> Iterator[_Token]:
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if match.lastgroup != "comment":
            yield _Token(match.lastgroup or "", match[0], line)


@dataclass
class _Frame:
    """An object or array that is open, the path to it, and the key that waits for its value."""

    node: Any
    path: Path
    key: str | None = None
    colon: bool = False


@dataclass
class _Builder:
    stack: list[_Frame] = field(default_factory=list)
    lines: dict[Path, int] = field(default_factory=dict)
    root: list[Any] = field(default_factory=list)
    line: int = 1

    def take(self, token: _Token) -> None:
        """Take one token."""
        self.line = token.line
        if token.kind != "mark":
            self._scalar(token)
        elif token.text in "{[":
            self._open({} if token.text == "{" else [])
        elif token.text in "}]":
            self._close(token.text)
        elif token.text == ":":
            self._colon()

    def done(self) -> Loaded:
        """Return what was read."""
        if self.stack or len(self.root) != 1:
            raise JsonError(
                "the document is incomplete" if self.stack or not self.root else "text after its end",
                self.line,
            )
        return Loaded(self.root[0], self.lines)

    def _scalar(self, token: _Token) -> None:
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.node, dict) and top.key is None:
            top.key = _unquoted(token)
            self._once(top, top.key)
            self.lines[(*top.path, top.key)] = token.line
        else:
            self._add(_value(token))

    def _once(self, top: _Frame, key: str) -> None:
        if key in top.node and not _COMMENT.match(key):
            first = self.lines[(*top.path, key)]
            raise JsonError(f"key `{key[:40]}` is written twice, first on line {first}", self.line)

    def _open(self, node: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise JsonError(f"is nested deeper than {MAX_DEPTH} levels", self.line)
        path = self._add(node)
        self.stack.append(_Frame(node, path))

    def _close(self, mark: str) -> None:
        if not self.stack or isinstance(self.stack[-1].node, dict) != (mark == "}"):
            raise JsonError(f"`{mark}` closes nothing", self.line)
        if self.stack.pop().key is not None:
            raise JsonError("a key has no value", self.line)

    def _colon(self) -> None:
        if not self.stack or self.stack[-1].key is None or self.stack[-1].colon:
            raise JsonError("`:` follows no key", self.line)
        self.stack[-1].colon = True

    def _add(self, value: Any) -> Path:
        """Put a value where it belongs and return its path."""
        if not self.stack:
            self.root.append(value)
            return ()
        top = self.stack[-1]
        if isinstance(top.node, list):
            path: Path = (*top.path, len(top.node))
            top.node.append(value)
            self.lines[path] = self.line
            return path
        if top.key is None or not top.colon:
            raise JsonError("a value has no key", self.line)
        path = (*top.path, top.key)
        top.node[top.key] = value
        top.key, top.colon = None, False
        return path


def _value(token: _Token) -> Any:
    if token.kind == "string":
        return _unquoted(token)
    if token.text in _PLAIN:
        return _PLAIN[token.text]
    try:
        return json.loads(token.text.lstrip("+"))
    except (ValueError, RecursionError):
        raise JsonError(f"`{token.text[:40]}` is no value", token.line) from None


def _unquoted(token: _Token) -> str:
    if token.kind != "string":
        return token.text
    if len(token.text) < 2 or token.text[-1] != token.text[0]:  # noqa: PLR2004 - two quotes
        raise JsonError("a string has no end", token.line)
    if "\\" not in token.text:
        return token.text[1:-1]
    found = _ESCAPE.sub(_unescaped, token.text[1:-1])
    return found.encode("utf-16", "surrogatepass").decode(
        "utf-16", "replace"
    )  # two escapes may be one letter


def _unescaped(match: re.Match[str]) -> str:
    found = match[1]
    if found[0] == "u" and len(found) > 1:
        return chr(int(found[1:], 16))
    return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}.get(found, found)
