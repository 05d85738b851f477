"""A difference as text for a person: worse first, then better, then the rest."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from pytest_productops.reports.differences.model import CAUSES, KINDS, Block, Change, Difference

WIDTH = 100


def as_text(difference: Difference) -> str:
    """Return the summary, what differs in what was judged, and the changes."""
    lines = [difference.summary, *difference.remarks, *_given(difference)]
    for kind in KINDS:
        blocks = difference.of(kind)
        if blocks:
            lines += ["", kind.capitalize(), *(line for block in blocks for line in _block(block))]
    return "\n".join(lines) + "\n"


def _given(difference: Difference) -> Iterator[str]:
    if difference.given:
        yield ""
    for cause in CAUSES:
        for index, each in enumerate(difference.told(cause)):
            yield from _wrapped(f"{'' if index else cause:<10}  ", each)


def _block(block: Block) -> Iterator[str]:
    gap = " " * max(2, WIDTH - 2 - len(block.title) - len(block.ended))
    yield f"  {block.title}{gap}{block.ended}".rstrip()
    width = max(len(change.label) for change in block.changes)
    for why, changes in groupby(block.changes, key=lambda change: change.why):
        label = ""
        for change in changes:
            label = "" if _told(change) else change.label
            yield from _wrapped(f"    {change.label:<{width}}  ", _told(change)) if _told(change) else ()
        yield from _wrapped(f"    {label:<{width}}  why  ", str(why))


def _told(change: Change) -> str:
    return "  ".join(part for part in (change.place, change.what) if part)


def _wrapped(start: str, text: str) -> list[str]:
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [start.rstrip()]
