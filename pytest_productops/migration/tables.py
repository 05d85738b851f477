"""The tables of equivalence: one TOML file a peer, each row for one or more of its rules."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

from pytest_productops.facts.formats import toml
from pytest_productops.migration.model import Equivalence, Table

PEERS = ("repolinter", "repo-review", "clomonitor", "edx-repo-health")
_OWN = frozenset({"peer", "verdict", "reason", "rules", "near", "options"})


def load(peer: str) -> Table:
    """Return the table of a peer of `PEERS`."""
    text = resources.files(__package__ or "").joinpath("tables", f"{peer}.toml").read_text(encoding="utf-8")
    data = toml.load(text).data
    traits = {key: value for key, value in data.items() if key not in {"title", "row"}}
    return Table(data["title"], dict(_entries(data["row"])), traits)


def _entries(rows: list[dict[str, Any]]) -> Iterator[tuple[str, Equivalence]]:
    for row in rows:
        entry = Equivalence(
            row.get("verdict", "not covered"),
            row["reason"],
            tuple(row.get("rules", ())),
            tuple(row.get("near", ())),
            row.get("options", {}),
            {key: value for key, value in row.items() if key not in _OWN},
        )
        yield from ((name, entry) for name in row["peer"])
