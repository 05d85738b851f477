"""Pieces of Markdown that every generated page is made of, beside those of `reports.gfm`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_productops.reports.gfm import code, fenced, prose

__all__ = ["code", "fenced", "page", "prose", "table"]


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a table; cells are Markdown already."""
    head = tuple(head)
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    yield from (f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)


def page(*lines: str) -> str:
    """Return lines and paragraphs as a page."""
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Return Markdown for a cell, which would end at a `|` in code too."""
    return " ".join(text.split()).replace("|", r"\|").replace(r"\\|", r"\|")
