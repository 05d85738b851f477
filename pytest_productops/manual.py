"""A rule's docstring, read as its manual: what it verifies, why, how to fix it, and examples that run."""

from __future__ import annotations

import re
import textwrap
from dataclasses import field

from pytest_productops.lazy import dataclass

SECTIONS = ("Why", "Fix", "Options", "Source", "Bad", "Good")
REQUIRED = ("Why", "Fix", "Source", "Bad", "Good")
_HEADING = re.compile(rf"^({'|'.join(SECTIONS)}):\s*$")
_FILE = re.compile(r"^-- (.+?) --$")
_OPTION = re.compile(r"^([a-z]\w*): (.+)$")

Archive = dict[str, str]
"""A small tree of files: path to text (the idea is Go's txtar). Three names are special, see
`pytest_productops.testing`: `git log`, `now` and `options`."""


class IncompleteManual(ValueError):
    """A rule's docstring lacks a part; the message names the rule and the part."""


@dataclass(frozen=True)
class Manual:
    """What a rule says of itself.

    `summary` is true of a healthy repository; `bad` violate the rule and `good` pass it.
    """

    summary: str
    text: str
    why: str
    fix: str
    source: str
    bad: tuple[Archive, ...]
    good: tuple[Archive, ...]
    options: dict[str, str] = field(default_factory=dict)


def read(docstring: str | None, owner: str) -> Manual:
    """Read a docstring as a manual; `owner` names the rule in an `IncompleteManual`."""
    if not docstring:
        raise IncompleteManual(f"{owner}: the rule has no docstring (python -OO drops them)")
    head, sections = _split(_dedent(docstring))
    missing = [name for name in REQUIRED if not sections.get(name)]
    if missing:
        raise IncompleteManual(f"{owner}: the docstring has no section {', '.join(missing)}")
    summary, _, text = head.partition("\n")
    if not summary.endswith("."):
        raise IncompleteManual(f"{owner}: the docstring's first line is no sentence: {summary!r}")
    return Manual(
        summary=summary,
        text=text.strip(),
        why=_prose(sections["Why"]),
        fix=_prose(sections["Fix"]),
        source=_prose(sections["Source"]),
        options=_options(sections.get("Options", []), owner),
        bad=tuple(archive(part) for part in sections["Bad"]),
        good=tuple(archive(part) for part in sections["Good"]),
    )


def archive(text: str) -> Archive:
    """Read `-- path --` marker lines and the text below each."""
    files: Archive = {}
    path = None
    for line in text.splitlines():
        marker = _FILE.match(line)
        if marker:
            path = marker[1]
            files[path] = ""
        elif path is not None:
            files[path] += line + "\n"
    return {name: body.rstrip("\n") + "\n" if body.strip() else body for name, body in files.items()}


def _split(text: str) -> tuple[str, dict[str, list[str]]]:
    """Return the text before the first section, and the bodies of each section name."""
    head: list[str] = []
    sections: dict[str, list[str]] = {}
    lines = head
    bodies: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            lines = []
            bodies.append((heading[1], lines))
        else:
            lines.append(line)
    for name, body in bodies:
        sections.setdefault(name, []).append(textwrap.dedent("\n".join(body)).strip("\n"))
    return "\n".join(head).strip(), sections


def _dedent(docstring: str) -> str:
    """Return a docstring without its indentation; tabs stay, since an example may be a Makefile."""
    first, _, rest = docstring.partition("\n")
    return f"{first.strip()}\n{textwrap.dedent(rest)}"


def _prose(parts: list[str]) -> str:
    return "\n\n".join(parts).strip()


def _options(parts: list[str], owner: str) -> dict[str, str]:
    """Read `name: what it is` lines; a deeper line continues the one above."""
    options: dict[str, str] = {}
    name = None
    for line in "\n".join(parts).splitlines():
        start = _OPTION.match(line)
        if start:
            name = start[1]
            options[name] = start[2]
        elif name and line.startswith(" "):
            options[name] += " " + line.strip()
        elif line.strip():
            raise IncompleteManual(f"{owner}: no `name: text` in section Options: {line!r}")
    return options
