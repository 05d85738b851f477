"""The head of a decision record: its title, status and dates, in whichever form it is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pytest_productops.facts.decisions import words
from pytest_productops.facts.documents import Document, Link
from pytest_productops.facts.freshness.stamps import day
from pytest_productops.facts.substance.parts import code_lines
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex

LONGEST = 40
"""Most lines in which fields are looked for above the first section."""
_ORDINAL = regex(r"(?<=\d)(?:st|nd|rd|th)\b")
_MARKS = regex(r"[*_`\[\]<>\"'#]|\(https?:[^)]*\)")


class Field(NamedTuple):
    """A thing that a head says: its name in lower case, its text, and its line."""

    name: str
    text: str
    line: int


def fields(document: Document, settings: Mapping[str, Any] | None = None) -> tuple[Field, ...]:
    """Return what front matter, lines above the first section and sections say; `settings` come from a file beside."""
    return (
        *_settings(document.front_matter if settings is None else settings),
        *_lines(document),
        *_sections(document),
    )


def _settings(settings: Mapping[str, Any]) -> Iterator[Field]:
    for key, value in settings.items():
        texts = value if isinstance(value, list) else [value]
        text = ", ".join(str(each) for each in texts if isinstance(each, (str, int, datetime.date)))
        yield Field(" ".join(key.lower().replace("_", " ").replace("-", " ").split()), text.strip(), 1)


def _lines(document: Document) -> Iterator[Field]:
    """Yield the fields above the first section that is none itself."""
    above: list[str] = []
    for number, line in _head(document):
        row = [cell.strip() for cell in line.strip(" |").split("|")]
        match = words.FIELD.match(line)
        if len(row) > 2 and any(_is_field(cell) for cell in above):  # noqa: PLR2004 - two cells are name and value
            yield from (Field(normal(name), cell, number) for name, cell in zip(above, row, strict=False))
        elif match and len(row) < 3:  # noqa: PLR2004
            yield Field(" ".join(match[1].lower().split()), match[2].strip(), number)
        above = row if len(row) > 2 else above  # noqa: PLR2004


def _head(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the lines above the first section that is neither the title once more nor a field; no rules of tables."""
    code = code_lines(document.code_blocks)
    titles = {heading.text for heading in document.headings[:1]}
    body = (h.line for h in document.headings[1:] if h.text not in titles and not _is_field(h.text))
    front = _front(document)
    end = min(next(body, len(document.lines) + 1), front + LONGEST)
    for number, line in enumerate(document.lines[front : end - 1], front + 1):
        if number not in code and line.strip(" |:-\t"):
            yield number, line


def in_head(document: Document) -> tuple[str, ...]:
    """Return what names a day anywhere in the head, whatever it is the day of."""
    return tuple(match[0] for _, line in _head(document) for match in words.DAYLIKE.finditer(line))


def _front(document: Document) -> int:
    """Return the last line of the front matter."""
    if not document.front_matter:
        return 0
    ends = (number for number, line in enumerate(document.lines[1:], 2) if line.rstrip() in {"---", "+++"})
    return next(ends, 0)


def _is_field(heading: str) -> bool:
    """Whether a heading, or a cell above a column, names the status or a date."""
    name = normal(heading)
    return bool(words.STATUS.fullmatch(name) or words.DATE.fullmatch(name))


def _sections(document: Document) -> Iterator[Field]:
    """Yield the sections that are fields: their text as written, without markup."""
    for section in document.sections:
        if section.heading is None:
            continue
        name, _, beside = section.heading.text.partition(":")
        if _is_field(name) or _relates(name):
            text = "\n".join([beside, *document.lines[section.start : section.own_end]])
            yield Field(normal(name), text.strip(" \n=-~"), section.start)


def _relates(heading: str) -> bool:
    name = normal(heading)
    return bool(words.SUCCESSOR.fullmatch(name) or words.PREDECESSOR.fullmatch(name))


def plain(text: str) -> str:
    """Return a text without the marks of markup."""
    return " ".join(_MARKS.sub("", text).split())


def status(said: tuple[Field, ...]) -> Field | None:
    """Return the field that says the status, None where there is none or it is blank."""
    return next((each for each in said if words.STATUS.fullmatch(each.name) and plain(each.text)), None)


def meaning(text: str) -> str:
    """Return which of `STATUSES` a text says; "" where none, "choice" where it still offers several.

    >>> meaning("Superseded by [ADR 5](0005.md)"), meaning("proposed | accepted"), meaning("Approved, 2026-01-05")
    ('superseded', 'choice', 'accepted')
    """
    text = plain(text)
    found = [(m.start(), word) for word, pattern in words.STATUSES.items() if (m := pattern.search(text))]
    choices = len(found) > 2 or (len(found) > 1 and "|" in text)  # noqa: PLR2004 - who chooses between two decides
    if choices and words.CHOICE.search(text):
        return "choice"
    if words.SUPERSEDED.search(text):
        return "superseded"
    return min(found, key=lambda each: each[0])[1] if found else ""


def dates(said: tuple[Field, ...], name: str) -> tuple[str, ...]:
    """Return what names a day in the fields on dates and status, and in the file's name."""
    texts = [
        each.text for each in said if words.DATE.fullmatch(each.name) or words.STATUS.fullmatch(each.name)
    ]
    named = words.DATED.match(name)
    return tuple(
        [match[0] for text in texts for match in words.DAYLIKE.finditer(plain(text))]
        + ([f"{named[1]}-{named[2]}-{named[3]}"] if named else [])
    )


def latest(said: tuple[str, ...]) -> datetime.date | None:
    """Return the last day of those that can be read for certain; `01/02/2026` is none."""
    return max(filter(None, (day(_ORDINAL.sub("", each)) for each in said)), default=None)


def links(document: Document, field: Field) -> tuple[Link, ...]:
    """Return the links in a field."""
    end = field.line + field.text.count("\n") + 2
    return tuple(link for link in document.links if field.line <= link.line <= end)
