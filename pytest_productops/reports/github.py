"""Annotations of GitHub: workflow commands that its runner reads from a log.

It shows ten of a kind in a step, so the tenth says how many more there are. Values are escaped as the runner's own
toolkit does it, so no text of the repository is a command
(https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands,
actions/toolkit: packages/core/src/command.ts).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.reports.entries import Entry, entries

MOST = 10
"""So many of a kind are shown."""
KINDS = ("error", "warning")
"""The kinds of annotations that are written."""


def render(data: dict[str, Any]) -> str:
    """Return a command a finding, the errors first."""
    return "".join(f"{line}\n" for line in commands(data))


def commands(data: dict[str, Any], kinds: tuple[str, ...] = KINDS, *, placed: bool = True) -> Iterator[str]:
    """Yield the commands of some kinds; not `placed`, they name no file, as for a repository elsewhere."""
    for kind in kinds:
        found = [each for each in entries(data) if each.severity == kind]
        shown = found if len(found) <= MOST else found[: MOST - 1]
        yield from (_command(each, placed=placed) for each in shown)
        if left := len(found) - len(shown):
            yield f"::{kind} title=productops::{left} more, see the job summary or the report"


def _command(entry: Entry, *, placed: bool) -> str:
    place = f"file={_property(entry.path)},line={entry.line}," if placed and entry.found else ""
    where = "" if placed or not entry.found else f"{entry.path}:{entry.line}: "
    message = f"{where}{entry.message}" + (f"\nfix: {entry.fix}" if entry.fix else "")
    return f"::{entry.severity} {place}title={_property(entry.title)}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
