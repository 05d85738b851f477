"""A migration's table of equivalence, as text for a terminal and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pytest_productops.migration import Migration, Row
from pytest_productops.migration.model import Verdict
from pytest_productops.text import clean

WIDTH = 96
_RULE = 40
_OURS = 10
_VERDICT = 13
_INDENT = " " * 4
NEAR = "In brackets: it asks a related question, and may pass where the other fails."
_ORDER: tuple[Verdict, ...] = ("same", "stricter", "not covered", "off")


def as_text(migration: Migration) -> str:
    """Return a line a rule of the peer, the reason below it."""
    lines = [
        _head(migration),
        "",
        f"{'peer rule':<{_RULE}}{'ours':<{_OURS}}{'verdict':<{_VERDICT}}configured at",
    ]
    lines += [line for row in migration.rows for line in _row(row)]
    lines += ["", count(migration), NEAR, *(f"Note: {clean(note)}." for note in migration.notes)]
    return "\n".join(lines) + "\n"


def as_markdown(migration: Migration) -> str:
    """Return the table as Markdown."""
    lines = [
        f"## {_head(migration)}",
        "",
        "| peer rule | configured at | ours | verdict | reason |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [_cells(row) for row in migration.rows]
    lines += ["", count(migration), NEAR, *(f"\n{_plain(note)}." for note in migration.notes)]
    return "\n".join(lines) + "\n"


def count(migration: Migration) -> str:
    """Return how many rules of the peer ended how, as `26 rules: 0 same, 5 stricter, 19 not covered, 2 off`."""
    verdicts = [row.verdict for row in migration.rows]
    counts = ", ".join(f"{verdicts.count(each)} {each}" for each in _ORDER)
    return f"{len(verdicts)} rules: {counts}."


def _head(migration: Migration) -> str:
    return f"{migration.peer}: {clean(migration.source) or 'no configuration found, so its defaults'}"


def _row(row: Row) -> Iterator[str]:
    name = clean(row.rule)
    place = clean(str(row.place or ""))
    yield f"{name + '  ':<{_RULE}}{_ours(row) + '  ':<{_OURS}}{row.verdict:<{_VERDICT}}{place}".rstrip()
    yield from textwrap.wrap(
        clean(row.reason), WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
    )


def _ours(row: Row) -> str:
    return ", ".join(row.codes) or (f"({', '.join(row.near)})" if row.near else "-")


def _cells(row: Row) -> str:
    name = clean(row.rule).replace("`", "'").replace("|", "&#124;")
    cells = (
        f"`{name}`",
        _plain(str(row.place or "-")),
        _ours(row),
        row.verdict,
        _plain(row.reason),
    )
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Return text that is safe in a cell; our own words in backquotes stay code."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;")
