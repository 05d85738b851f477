"""Targets of codecov's statuses (https://docs.codecov.com/docs/commit-status)."""

from __future__ import annotations

from pytest_productops.facts.coverage.model import Configured, at, number
from pytest_productops.facts.formats.yaml import Map, read
from pytest_productops.model import Location

_OFF = (False, "no", "off")


def codecov(text: str, path: str, out: Configured) -> None:
    """Read the statuses of a codecov.yml; one that it leaves out is unclear, since codecov has defaults."""
    statuses = at(read(text, path).value, "coverage", "status")
    for kind in ("project", "patch") if isinstance(statuses, Map) else ():
        if kind not in statuses:
            out.unclear.append(Location(path, statuses.line))
            continue
        shared = statuses.get("informational") is True
        status = statuses[kind]
        if status is True or status in ("on", "yes"):
            place = Location(path, statuses.keys_at.get(kind, statuses.line))
            out.add("codecov", None, place, shared, stated=False)
        for one in status.values() if isinstance(status, Map) else ():
            if isinstance(one, Map) and one.get("enabled", True) not in _OFF:
                _status(one, path, out, informational=shared)
        if isinstance(status, Map) and any(not isinstance(one, Map) for one in status.values()):
            _status(status, path, out, informational=shared)


def _status(status: Map, path: str, out: Configured, *, informational: bool) -> None:
    target = status.get("target", "auto")
    percent = None if target == "auto" else number(target)
    place = Location(path, status.keys_at.get("target", status.line))
    quiet = informational or status.get("informational") is True
    stated = "target" in status or "threshold" in status
    out.add("codecov", percent, place, quiet or (target != "auto" and percent is None), stated=stated)
