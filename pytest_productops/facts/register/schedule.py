"""When a CI workflow runs by itself, as far as its file tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.formats.cron import cron, longest_gap
from pytest_productops.lazy import dataclass


@dataclass(frozen=True)
class Schedule:
    """The most days between two runs (None: no schedule), whether releases start it, why it is unknown."""

    gap: int | None = None
    on_release: bool = False
    unknown: str = ""


def schedule(data: object, path: str) -> Schedule:
    """Read a GitHub workflow's triggers; schedules of other services are not in their files."""
    if not path.startswith(".github/workflows/"):
        return Schedule(unknown=f"{path}: only schedules of GitHub workflows can be read from files")
    triggers = _triggers(data)
    lines = _cron_lines(triggers.get("schedule"))
    crons = [cron(line) for line in lines]
    for line, read in zip(lines, crons, strict=True):
        if read is None:
            return Schedule(unknown=f"{path}: cannot read the cron line {line[:60]!r}")
    return Schedule(longest_gap(c for c in crons if c), _on_release(triggers))


def _triggers(data: object) -> Mapping[str, Any]:
    """Return a workflow's `on`, which YAML 1.1 reads as true."""
    if not isinstance(data, Mapping):
        return {}
    on = data.get("on", data.get(True))
    if isinstance(on, str):
        return {on: None}
    if isinstance(on, list):
        return {name: None for name in on if isinstance(name, str)}
    return on if isinstance(on, Mapping) else {}


def _cron_lines(entries: object) -> list[str]:
    items = entries if isinstance(entries, list) else []
    return [str(item["cron"]) for item in items if isinstance(item, Mapping) and "cron" in item]


def _on_release(triggers: Mapping[str, Any]) -> bool:
    push = triggers.get("push")
    return "release" in triggers or (isinstance(push, Mapping) and "tags" in push)
