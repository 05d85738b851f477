"""A difference as Markdown for the comment on a pull request; all text of the repository is made harmless."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.reports.differences.model import CAUSES, KINDS, Block, Change, Difference, Kind
from pytest_productops.reports.gfm import COMMENT, escaped


def as_markdown(difference: Difference) -> str:
    """Return headings and tables, the worst first, and as many rows as a comment can hold."""
    lines = [f"### Product operations of {escaped(difference.summary)}"]
    lines += [f"\n{escaped(remark)}" for remark in difference.remarks]
    lines += _given(difference)
    rows = [row for kind in KINDS for row in _rows(difference, kind)]
    return _cut("\n".join(lines), rows)


def _given(difference: Difference) -> Iterator[str]:
    if not difference.given:
        return
    yield from ("\n| cause | what differs |", "| --- | --- |")
    for cause in CAUSES:
        if said := difference.told(cause):
            yield f"| {cause} | {escaped('; '.join(said))} |"


def _rows(difference: Difference, kind: Kind) -> Iterator[str]:
    blocks = difference.of(kind)
    if blocks:
        yield f"\n#### {kind.capitalize()} ({difference.count(kind)})\n"
        yield "| rule | what | where | why |\n| --- | --- | --- | --- |"
    yield from (_row(block, change) for block in blocks for change in block.changes)


def _row(block: Block, change: Change) -> str:
    what = f"**{change.label}** {escaped(change.what)}"
    cells = (escaped(block.title), what.strip(), escaped(change.place), escaped(str(change.why)))
    return f"| {' | '.join(cells)} |"


def _cut(head: str, rows: list[str]) -> str:
    """Return as much as fits, and how many rows do not."""
    room = COMMENT - len(head) - 100
    taken: list[str] = []
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            break
        taken.append(row)
    left = sum(row.startswith("| ") and not row.startswith("| rule ") for row in rows[len(taken) :])
    more = [f"\nand {left} more"] if left else []
    return "\n".join([head, *taken, *more]).rstrip() + "\n"
