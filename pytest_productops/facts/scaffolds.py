"""Scaffolds: text that a person must fill in.

Each blank is a `TODO(productops): ...`, which `substance` takes for what it is, so that a scaffold satisfies no rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pytest_productops.edits import LAST, Create, Edit, Insert
from pytest_productops.facts.documents import Document
from pytest_productops.facts.substance import SCAFFOLD

_UNDERLINES = "=-~^'"
_TITLE = {"markdown": "# ", "asciidoc": "= ", "org": "* "}


def todo(*wants: str) -> str:
    """Return the blanks for what is to be written, a list where there are several."""
    lead = "- " if len(wants) > 1 else ""
    return "\n".join(f"{lead}{SCAFFOLD}: {want}" for want in wants)


def page(path: str, title: str, sections: Mapping[str, tuple[str, ...]]) -> Create:
    """Return a new document in Markdown with a section for each title, and blanks in it."""
    parts = [f"# {title}", *(f"## {name}\n\n{todo(*wants)}" for name, wants in sections.items())]
    return Create(path, "\n\n".join(parts) + "\n")


def section(document: Document | None, title: str, *wants: str) -> Iterator[Edit]:
    """Yield a new section at the end of a document, in its own markup.

    Yields nothing where the document has one of that title, or where its format has no sections.
    """
    heading = _heading(document, title) if document else ""
    if document and heading and title.lower() not in {each.text.lower() for each in document.headings}:
        lines = document.text.rstrip("\n").count("\n") + 1
        gap = "" if document.text[-2:] == "\n\n" or not document.text else "\n"
        blank = "\n" if lines and gap else ""
        yield Insert(document.path, LAST, f"{blank}{heading}\n\n{todo(*wants)}\n")


def _heading(document: Document, title: str) -> str:
    level = _level(document)
    if document.format == "rst":
        line = _underline(document, level)
        return f"{title}\n{line * len(title)}" if line else ""
    mark = _TITLE.get(document.format, "")
    return f"{mark[0] * level} {title}" if mark else ""


def _level(document: Document) -> int:
    """Return the level of the document's main sections: that below its title."""
    counts = Counter(heading.level for heading in document.headings)
    if not counts:
        return 1 if document.format == "rst" else 2
    top = min(counts)
    title = document.headings[0].level == top and counts[top] == 1
    return top + 1 if title else top


def _underline(document: Document, level: int) -> str:
    """Return the character that underlines headings of a level, else a fresh one for one level deeper than all."""
    used: dict[int, str] = {}
    for heading in document.headings:
        below = document.lines[heading.line : heading.line + 1]
        if below and below[0][:1] and not below[0][:1].isalnum():
            used.setdefault(heading.level, below[0][0])
    fresh = next((mark for mark in _UNDERLINES if mark not in used.values()), "")
    return used.get(level) or (fresh if level > max(used, default=0) else "")
