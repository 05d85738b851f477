"""Dated rows of a table, in Markdown or in a CSV file: one more, in the order of those that are there."""

from __future__ import annotations

import csv
import io

from pytest_productops.facts.register.recording.model import Refused, Run, like
from pytest_productops.facts.register.records import Entry, cells, entries, ruled

NOTES = ("note", "notes", "comment", "comments", "remark", "remarks")
"""The columns that a note goes to."""


def text(path: str, old: str, column: str, run: Run) -> str:
    """Return the text with a row for the run; raise `Refused` where the table has no column for what it says."""
    lines = old.rstrip("\n").split("\n") if old.strip() else []
    head = next((at for at, line in enumerate(lines) if column.lower() in _names(line, path)), None)
    if head is None:
        begun = [*lines, ""] if lines and not _csv(path) else lines
        return "\n".join([*begun, *_table(path, column, run)]) + "\n"
    columns, end = cells(lines[head], path), _end(lines, head, path)
    if any(line.lstrip().startswith("+") for line in lines[head + 1 : end + 1]):
        raise Refused(f"the table of {path} is drawn with lines: add the row by hand")
    dated = [e for e in entries(path, old, f"table:{column}") if head < e.line - 1 < end]
    row = _row(
        _values(path, columns, column, run, dated), path, bare=not lines[head].lstrip().startswith("|")
    )
    lines.insert(_place(dated, run, end), row)
    return "\n".join(lines) + "\n"


def _names(line: str, path: str) -> list[str]:
    return [cell.lower() for cell in cells(line, path)]


def _end(lines: list[str], head: int, path: str) -> int:
    """Return the first line below a head that is no row any more."""
    end = head + 1
    while end < len(lines) and (cells(lines[end], path) or ruled(lines[end])):
        end += 1
    return end


def _place(dated: list[Entry], run: Run, end: int) -> int:
    """Return the line before which the row belongs: oldest first, unless the others are the other way round."""
    newest_first = bool(dated) and dated[0].day > dated[-1].day
    after = [e for e in dated if (e.day < run.day if newest_first else e.day > run.day)]
    return after[0].line - 1 if after else dated[-1].line if dated else end


def _values(path: str, columns: list[str], column: str, run: Run, dated: list[Entry]) -> list[str]:
    known = [name.lower() for name in columns]
    reasons = [
        f"the table of {path} has no column `{name}`" for name in run.fields if name.lower() not in known
    ]
    if run.note and not set(known) & set(NOTES):
        reasons.append(f"the table of {path} has no column for a note: leave --note out")
    if reasons:
        raise Refused(*reasons)
    day = like(run.day, dated[-1].written if dated else "")
    return [day if name == column.lower() else run.said(name) or _noted(name, known, run) for name in known]


def _noted(name: str, known: list[str], run: Run) -> str:
    first = next((each for each in known if each in NOTES), None)
    return run.note if name == first else ""


def _table(path: str, column: str, run: Run) -> list[str]:
    """Return a new table with one row."""
    note = ["Note"] if run.note else []
    columns = [column, *run.fields, *note]
    rule = [] if _csv(path) else [_row(["---"] * len(columns), path)]
    return [_row(columns, path), *rule, _row(_values(path, columns, column, run, []), path)]


def _row(values: list[str], path: str, *, bare: bool = False) -> str:
    values = [" ".join(value.split()) for value in values]
    if _csv(path):
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow(values)
        return out.getvalue()
    row = " | ".join(value.replace("|", "&#124;") for value in values)
    return row if bare else f"| {row} |"


def _csv(path: str) -> bool:
    return path.lower().endswith(".csv")
