"""The days that a record holds: in its name, its front matter, its headings or a table of it."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator

from pytest_productops.lazy import dataclass, regex

_DAY = regex(r"(?<!\d)(\d{4})([-_./]?)(\d\d)\2(\d\d)(?!\d)")
_NEARLY = regex(r"(?<!\d)\d{4}([-_./])\d{1,2}\1\d{1,2}(?!\d)")
_DIGIT = regex(r"\d")
_HEADING = regex(r"^(?:#{1,6}|={1,6}|\*{1,6})[ \t]+(\S.*)$")
_UNDERLINE = regex(r"^([=\-~^\"'`#*+_:.])\1{2,}\s*$")
_RULE = regex(r"^[\s|:+=-]+$")
_UNFILLED = regex(
    r"(?:todo|tbd|tba|fixme|xxx|n/?a|none|\?+|-+|_+|\.{3}|…|<[^>]*>|\[[^\]]*\]|\{\{.*\}\})\.?", re.IGNORECASE
)

_Row = tuple[tuple[str, str], ...]
"""The cells of a row with the names of their columns."""


@dataclass(frozen=True)
class Entry:
    """One dated entry of a record: day, line (0: the whole file), the day as `written`, text, table cells."""

    day: datetime.date
    line: int
    written: str
    text: str
    cells: tuple[tuple[str, str], ...] = ()

    def lacks(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the fields that say nothing."""
        return tuple(name for name in fields if not self._says(name))

    def _says(self, name: str) -> bool:
        cells = {key.lower(): value for key, value in self.cells}
        if cells:
            return _filled(cells.get(name.lower(), ""))
        label = re.sub(r"\\[ -]|_", "[ _-]", re.escape(name))
        inline = re.search(
            rf"^[ \t>*+:|\"'`-]*{label}[\s*\"'`]*[:=|]+[*\"'`]*[ \t]*(\S.*)$",
            self.text,
            re.IGNORECASE | re.MULTILINE,
        )
        below = re.search(
            rf"^(?:#+|=+|\*+)[ \t]*{label}[ \t:]*\n+(?!#|=)(\S.*)$", self.text, re.IGNORECASE | re.MULTILINE
        )
        return any(_filled(match[1]) for match in (inline, below) if match)


def entries(path: str, text: str, where: str) -> tuple[Entry, ...]:
    """Return the dated entries of a file; `where` is filename, heading, front-matter:KEY or table:COLUMN."""
    kind, _, name = where.partition(":")
    if kind == "filename":
        day = in_name(path)
        return (Entry(day, 0, "", text),) if day and text.strip() else ()
    if kind == "front-matter":
        return tuple(_front_matter(text, name.strip()))
    if kind == "heading":
        return tuple(_headings(text))
    return tuple(_rows(path, text, name.strip().lower()))


def malformed(path: str, text: str, where: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) where a day is meant and none can be read: 2026-02-30, 2026-1-5, `10 Jan` in the column."""
    kind, _, name = where.partition(":")
    if kind == "filename":
        meant = [(0, path.rpartition("/")[2])] if not in_name(path) else []
    elif kind == "heading":
        meant = list(_titles(text.splitlines()))
    elif kind == "front-matter":
        meant = list(_values(text, name.strip()))
    else:
        column = name.strip().lower()
        meant = [(number, _cell(row, column)) for number, _, row in _table_rows(path, text, column)]
    near = _DIGIT if kind in {"front-matter", "table"} else _NEARLY
    for line, said in meant:
        found = near.search(said)
        if found and not _days(said):
            yield line, found[0] if near is _NEARLY else said.strip()


def in_name(path: str) -> datetime.date | None:
    """Return the day in a file's name, else in its path (`2026/01/10.md`)."""
    found = _days(path.rpartition("/")[2]) or _days(path)
    return found[0][0] if found else None


def spelled(text: str) -> Iterator[str]:
    """Yield the days in a text as they are written."""
    return (written for _, written in _days(text))


def _days(text: str) -> list[tuple[datetime.date, str]]:
    """Return the days in a text with their spelling; 2026-02-30 is none."""
    found = []
    for match in _DAY.finditer(text):
        try:
            found.append((datetime.date(int(match[1]), int(match[3]), int(match[4])), match[0]))
        except ValueError:
            continue
    return found


def _front_matter(text: str, key: str) -> Iterator[Entry]:
    for number, value in _values(text, key):
        for day, written in _days(value)[:1]:
            yield Entry(day, number, written, text)


def _values(text: str, key: str) -> Iterator[tuple[int, str]]:
    """Yield the values of a key of front matter, with their lines."""
    lines = text.splitlines()
    fence = lines[0].strip() if lines else ""
    if fence not in {"---", "+++"}:
        return
    for number, line in enumerate(lines[1:], 2):
        if line.strip() in {fence, "..."}:
            return
        match = re.match(rf"[\"']?{re.escape(key)}[\"']?\s*[:=]\s*(.+)$", line)
        if match:
            yield number, match[1]


def _headings(text: str) -> Iterator[Entry]:
    """Yield each dated heading with the text below it, up to the next dated one."""
    lines = text.splitlines()
    dated = [(n, *_days(title)[0]) for n, title in _titles(lines) if _days(title)]
    ends = [number - 1 for number, *_ in dated[1:]] + [len(lines)]
    for (number, day, written), end in zip(dated, ends, strict=False):
        yield Entry(day, number, written, "\n".join(lines[number:end]))


def _titles(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        match = _HEADING.match(line)
        if match:
            yield number, match[1]
        elif line.strip() and number < len(lines) and _UNDERLINE.match(lines[number]):
            yield number, line


def _rows(path: str, text: str, column: str) -> Iterator[Entry]:
    for number, line, row in _table_rows(path, text, column):
        for day, written in _days(_cell(row, column))[:1]:
            yield Entry(day, number, written, line, row)


def _table_rows(path: str, text: str, column: str) -> Iterator[tuple[int, str, _Row]]:
    """Yield the rows of the tables (Markdown, or a CSV file) that have the column."""
    header: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        row = cells(line, path)
        if not row or _RULE.match(line):
            header = header if row or "|" in line else []
        elif not header and column in [cell.lower() for cell in row]:
            header = row
        elif header:
            yield number, line, tuple(zip(header, row, strict=False))


def _cell(row: _Row, column: str) -> str:
    return {key.lower(): value for key, value in row}.get(column, "")


def ruled(line: str) -> bool:
    """Whether a line of a table only divides rows."""
    return "|" in line and bool(_RULE.match(line))


def cells(line: str, path: str) -> list[str]:
    """Return what stands in a row; nothing where it is none."""
    if path.lower().endswith(".csv"):
        return [cell.strip() for cell in next(csv.reader(io.StringIO(line)), [])]
    if "|" not in line:
        return []
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _filled(value: str) -> bool:
    value = value.strip().strip("|*`\"'").strip()
    return bool(value) and not _UNFILLED.fullmatch(value)
