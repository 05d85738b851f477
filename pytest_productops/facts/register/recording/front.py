"""Dates in front matter: a new file that has some, or another day in one that is there."""

from __future__ import annotations

import json
import re

from pytest_productops.facts.register.recording.model import Refused, Run, like
from pytest_productops.facts.register.records import entries, spelled
from pytest_productops.lazy import regex

_BARE = regex(r"[A-Za-z_][\w-]*")
_FENCES = {"---": ":", "+++": " ="}
"""The line around front matter -> what stands between key and value in it."""


def fresh(name: str, run: Run) -> str:
    """Return a file with the day and the fields in its front matter."""
    head = [_line(key, value, ":") for key, value in _pairs(name, run)]
    note = ["", run.note] if run.note else []
    return "\n".join(["---", *head, "---", "", f"# {run.title}", *note, ""])


def edited(path: str, old: str, name: str, run: Run) -> str:
    """Return a file with another day and other fields in its front matter, which it may lack."""
    if run.note:
        raise Refused(f"{path} has no place for a note: leave --note out")
    later = [entry.day for entry in entries(path, old, f"front-matter:{name}") if entry.day > run.day]
    if later:
        raise Refused(f"{path} says {later[0]}, which is later than {run.day}")
    lines = old.split("\n")
    fence = lines[0].strip()
    if fence not in _FENCES:
        return "\n".join(["---", *(_line(*pair, ":") for pair in _pairs(name, run)), "---", "", old])
    end = next((at for at, line in enumerate(lines) if at and line.strip() in {fence, "..."}), 0)
    if not end:
        raise Refused(f"the front matter of {path} does not end")
    for pair in _pairs(name, run):
        end += _set(lines, end, *pair, _FENCES[fence])
    return "\n".join(lines)


def key(name: str) -> str:
    """Return a key as YAML and TOML write it."""
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def value(text: str) -> str:
    """Return a text as YAML and TOML write it; a day stands as it is."""
    return text if next(spelled(text), "") == text else json.dumps(text, ensure_ascii=False)


def _pairs(name: str, run: Run) -> list[tuple[str, str]]:
    return [(name, run.day.isoformat()), *run.fields.items()]


def _line(name: str, text: str, mark: str) -> str:
    return f"{key(name)}{mark} {value(text)}"


def _set(lines: list[str], end: int, name: str, text: str, mark: str) -> int:
    """Put a value in its place, or at the end; return by how many lines the end moves."""
    same = re.compile(rf"[\"']?{re.escape(name)}[\"']?\s*[:=]")
    at = next((at for at in range(1, end) if same.match(lines[at])), 0)
    if not at:
        lines.insert(end, _line(name, text, mark))
        return 1
    before, day = next(spelled(lines[at]), ""), next(spelled(text), "")
    if before and day == text:
        lines[at] = lines[at].replace(before, like(day, before), 1)
    else:
        lines[at] = _line(name, text, mark)
    return 0
