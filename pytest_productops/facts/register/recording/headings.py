"""Dated headings in one file: one more, in the order and form of those that are there."""

from __future__ import annotations

import re

from pytest_productops.facts.register.recording.model import Run, like
from pytest_productops.facts.register.records import Entry, entries

_MARK = re.compile(r"(#{1,6}|={1,6}|\*{1,6})[ \t]")


def listed(run: Run, mark: str) -> str:
    """Return the fields as a list."""
    return "\n".join(f"{mark} {name}: {value}" for name, value in run.fields.items())


def text(path: str, old: str, run: Run) -> str:
    """Return the text with a section for the run."""
    dated = entries(path, old, "heading")
    if not dated:
        return (old.rstrip() + "\n\n" if old.strip() else _title(path, run)) + _section(path, "", run)
    lines = old.rstrip("\n").split("\n")
    at = _place(lines, dated, run)
    section = _section(path, _heading(lines, dated[0], run), run).split("\n")
    before = [""] if at and lines[at - 1].strip() else []
    after = section if at < len(lines) else section[:-1]
    return "\n".join([*lines[:at], *before, *after, *lines[at:]]) + "\n"


def _place(lines: list[str], dated: tuple[Entry, ...], run: Run) -> int:
    """Return the number of lines before the new section: oldest first, unless the others are the other way round."""
    newest_first = dated[0].day > dated[-1].day
    after = [e for e in dated if (e.day < run.day if newest_first else e.day > run.day)]
    if after:
        return after[0].line - 1
    return _end(lines, dated[-1].line)


def _end(lines: list[str], heading: int) -> int:
    """Return the line before which the section of a heading ends: the next one of its level or above."""
    mine = _MARK.match(lines[heading - 1])
    for at in range(heading, len(lines)):
        other = _MARK.match(lines[at])
        if mine and other and other[1][0] == mine[1][0] and len(other[1]) <= len(mine[1]):
            return at
    return len(lines)


def _heading(lines: list[str], entry: Entry, run: Run) -> str:
    """Return a heading of the same form."""
    day = like(run.day, entry.written)
    mark = _MARK.match(lines[entry.line - 1])
    return f"{mark[1]} {day}" if mark else f"{day}\n{lines[entry.line][:1] * len(day)}"


def _section(path: str, heading: str, run: Run) -> str:
    underlined = f"{run.day}\n{'-' * len(str(run.day))}"
    own = {"rst": underlined, "adoc": f"== {run.day}", "asciidoc": f"== {run.day}", "org": f"** {run.day}"}
    suffix = path.rpartition(".")[2].lower()
    mark = "*" if suffix in {"adoc", "asciidoc"} else "-"
    parts = [heading or own.get(suffix, f"## {run.day}"), listed(run, mark), run.note]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(path: str, run: Run) -> str:
    suffix = path.rpartition(".")[2].lower()
    marks = {"rst": "", "adoc": "= ", "asciidoc": "= ", "org": "* "}
    line = f"{marks.get(suffix, '# ')}{run.title}"
    return f"{line}\n{'=' * len(line)}\n\n" if suffix == "rst" else f"{line}\n\n"
