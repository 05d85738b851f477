"""A file's text with all that an edit may not lose: byte order mark, encoding, each line's end, a missing last one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pytest_productops.edits import LAST, Insert, Remove, Replace
from pytest_productops.fixing.model import Unfit
from pytest_productops.lazy import regex

_END = regex(r"\r\n|\r|\n")
_OPENING = frozenset("(<[]{'\"`")
"""Signs that begin something, whatever stands before them."""
_MARK = "\ufeff"


class Span(NamedTuple):
    """The characters from `start` to `end` become `new`; an insertion has no characters."""

    start: int
    end: int
    new: str

    def meets(self, other: Span) -> bool:
        """Whether two spans cannot both be changed; insertions at one place can, one behind the other."""
        if self.start == self.end and other.start == other.end:
            return False
        if self.start == self.end:
            return other.start < self.start < other.end
        if other.start == other.end:
            return self.start < other.start < self.end
        return self.start < other.end and other.start < self.end


class Line(NamedTuple):
    """A line: where it starts, where its text ends, where the next one starts."""

    start: int
    end: int
    next: int


class Source:
    """A file's text as it is, and its lines as `Files.read` counts them."""

    def __init__(self, data: bytes) -> None:
        self.encoding = "utf-8"
        try:
            self.text = data.decode()
        except UnicodeDecodeError:
            self.encoding = "latin-1"
            self.text = data.decode("latin-1")
        if "\0" in self.text:
            raise Unfit("it is no text")
        self.start = int(self.text.startswith(_MARK))
        self.lines = tuple(self._lines())

    def _lines(self) -> Iterable[Line]:
        at = self.start
        for match in _END.finditer(self.text, at):
            yield Line(at, match.start(), match.end())
            at = match.end()
        if at < len(self.text):
            yield Line(at, len(self.text), len(self.text))

    def span(self, edit: Replace | Insert | Remove) -> tuple[Span, ...]:
        """Return what an edit changes; raise `Unfit` where the text is not what it expects."""
        if isinstance(edit, Insert):
            return (self._inserted(edit),)
        if not 0 < edit.line <= len(self.lines):
            raise Unfit(f"it has no line {edit.line}")
        line = self.lines[edit.line - 1]
        if isinstance(edit, Remove):
            return (self._removed(edit, line),)
        found = tuple(
            Span(m.start(), m.end(), edit.new)
            for m in _whole(edit.old).finditer(self.text, line.start, line.end)
        )
        if not found:
            raise Unfit(f"line {edit.line} does not hold `{edit.old}`")
        return found

    def _inserted(self, edit: Insert) -> Span:
        """Lines that come behind the last one of a file without a last line end leave it without one."""
        count = len(self.lines)
        after = count if edit.line == LAST else edit.line
        if not 0 <= after <= count:
            raise Unfit(f"it has no line {after}")
        at = self.lines[after - 1].next if after else self.start
        end = self._line_end(after)
        text = edit.text.replace("\n", end)
        open_end = after and after == count and self.lines[-1].end == self.lines[-1].next
        return Span(at, at, end + text.removesuffix(end) if open_end else text)

    def _removed(self, edit: Remove, line: Line) -> Span:
        if self.text[line.start : line.end] != edit.text:
            raise Unfit(f"line {edit.line} says something else")
        if (
            self.text[max(0, line.start - 1) : line.start] == "\r"
            and self.text[line.next : line.next + 1] == "\n"
        ):
            raise Unfit("its line ends are mixed")  # the two would become one
        above = self.lines[edit.line - 2] if edit.line > 1 and line.end == line.next else line
        return Span(above.end if above.start < above.end < line.start else line.start, line.next, "")

    def _line_end(self, near: int) -> str:
        """Return the line end of the line, else of the first one."""
        for line in (*self.lines[max(0, near - 1) : near], *self.lines[:1]):
            if line.end < line.next:
                return self.text[line.end : line.next]
        return "\n"

    def edited(self, spans: Iterable[Span]) -> bytes:
        """Return the file with some spans changed, none of which meet; raise `Unfit` where it cannot be encoded."""
        parts, at = [], 0
        for span in sorted(spans, key=lambda span: span[:2]):
            parts += [self.text[at : span.start], span.new]
            at = span.end
        try:
            return "".join([*parts, self.text[at:]]).encode(self.encoding)
        except UnicodeEncodeError as error:
            raise Unfit("its encoding lacks a character") from error


def _whole(old: str) -> re.Pattern[str]:
    """Return an expression for a text that is no part of a longer word or path; `./` before it is no part of one."""
    start = "" if old[:1] in _OPENING else r"(?:(?<![\w./@%~-])|(?<=(?<![\w./@%~-])\./))"
    return re.compile(rf"{start}{re.escape(old)}(?![\w/-]|\.\w)")
