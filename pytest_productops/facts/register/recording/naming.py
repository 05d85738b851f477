"""Which file a record belongs in: one that is there, or a new one that the pattern matches and the day is in."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.patterns import matches, plain
from pytest_productops.facts.register.model import Evidence
from pytest_productops.facts.register.recording.model import Known, Refused, Run, like
from pytest_productops.facts.register.records import in_name, spelled
from pytest_productops.lazy import regex

_WILD = regex(r"\*+|\?|\[[^\]]*\]")
_DIGIT = regex(r"\[0-9\]|\[\d-\d\]")
_MASKS = ("????-??-??", "????_??_??", "????.??.??", "????????")
"""A day as a pattern of single characters."""
_FOLDERS = ("%Y", "%Y-%m", "%Y%m", "%Y_%m")
"""How folders are named after a time."""


def path(files: Files, evidence: Evidence, run: Run, known: list[Known]) -> str:
    """Return where to record a run; raise `Refused` where that cannot be told.

    A pattern without wildcards is the file. One for dated files, or for files with the day in their front matter,
    needs a new file; what gathers many records goes on in the file of the newest.
    """
    pattern = plain(evidence.path)
    if {part.lower() for part in pattern.split("/")} & {".git", ".."}:
        raise Refused(f"{pattern} is no place for records")
    if not _WILD.search(pattern):
        return pattern
    if evidence.type == "front-matter":
        return _document(files, evidence, run)
    one_each = evidence.date.partition(":")[0] in {"filename", "front-matter"}
    if known and not one_each:
        return known[-1].path
    return _new(files, pattern, run, known, dated=one_each)


def _document(files: Files, evidence: Evidence, run: Run) -> str:
    """Return the one document that a pattern matches."""
    found = [path for path in files if matches(path, (evidence.path,))]
    if len(found) != 1:
        which = f"in that of {len(found)} documents which you reviewed" if found else "in a document"
        raise Refused(f"set `{evidence.key}: {run.day}` {which}, {evidence.path}: which it is cannot be told")
    return found[0]


def _new(files: Files, pattern: str, run: Run, known: list[Known], *, dated: bool) -> str:
    """Return the first name of a new file that will do."""
    named = run.day if dated else None
    for name in _names(pattern, run, known, dated=dated):
        fits = matches(name, (pattern,)) and not _WILD.search(name)
        if fits and (in_name(name) == named or not dated) and name not in files:
            return name
    holds = f" and that holds {run.day}" if dated else ""
    raise Refused(f"cannot tell a new file that {pattern} matches{holds}: write it by hand")


def _names(pattern: str, run: Run, known: list[Known], *, dated: bool) -> Iterator[str]:
    """Yield names to try: as the newest record is called, then as the pattern has it."""
    folder, _, base = pattern.rpartition("/")
    if dated and known:
        yield from _after(known[-1], run.day, _WILD.sub("", base))
    word = str(run.day) if dated else run.id
    if _WILD.search(base):
        yield posixpath.join(_folders(folder, run.day), filled(base, word, run.day))
    else:
        yield posixpath.join(filled(folder.replace("**/", ""), word, run.day), base)


def _after(known: Known, day: datetime.date, rest: str) -> Iterator[str]:
    """Yield the path of an earlier record with another day, unless its name says more than the pattern does."""
    folder, _, base = known.path.rpartition("/")
    written = next(spelled(base), "")
    old = known.entry.day
    if not written and base.startswith(f"{old:%d}"):
        written, new = f"{old:%d}", f"{day:%d}"
    else:
        new = like(day, written)
    if written and base.replace(written, "", 1) == rest:
        yield posixpath.join(_moved(folder, old, day), base.replace(written, new, 1))


def _moved(folder: str, old: datetime.date, day: datetime.date) -> str:
    """Return a folder with its years and months moved on."""
    times = {f"{old:{form}}": f"{day:{form}}" for form in _FOLDERS}
    parts: list[str] = []
    year = False
    for part in folder.split("/"):
        parts.append(times.get(part, f"{day:%m}" if year and part == f"{old:%m}" else part))
        year = part == f"{old:%Y}"
    return "/".join(parts)


def _folders(folder: str, day: datetime.date) -> str:
    """Return a pattern of folders filled: no further folder for `**`, the year for `*`."""
    parts = (part for part in folder.split("/") if part != "**")
    return "/".join(part.replace("*", str(day.year)) for part in parts)


def filled(name: str, word: str, day: datetime.date) -> str:
    """Return a pattern with a word in place of its wildcards."""
    name = _DIGIT.sub("?", name)
    for mask in _MASKS:
        if mask in name:
            return name.replace(mask, like(day, mask.replace("?", "0")), 1).replace("*", "")
    head, star, tail = name.partition("*")
    begun = max((size for size in range(len(word)) if head.endswith(word[:size])), default=0)
    return head + (word[begun:] if star else "") + tail.replace("*", "")
