"""The settings that follow from a table of equivalence, and their text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pytest_productops.migration.model import Asked, Migration, Table
from pytest_productops.text import clean

SHOWN = 3
"""Most rules of the peer that a comment names."""


def follow(asked: Iterable[Asked], table: Table) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Return the settings, and which rules of the peer brought each rule that they select.

    Ignored is what the peer turned off and nothing else asks for. No waiver is made: the peer knows none.
    """
    known = [(each, table.rules[each.like]) for each in asked if each.like in table.rules]
    wanted = [(each, entry) for each, entry in known if not each.off]
    codes = sorted({code for _, entry in wanted for code in (*entry.codes, *entry.near)})
    reasons = {code: each.off for each, entry in known if each.off for code in entry.codes}
    settings: dict[str, Any] = {
        "select": codes,
        "ignore": {code: clean(reason) for code, reason in reasons.items() if code not in codes},
        "rules": {code: dict(options) for _, entry in wanted for code, options in entry.options.items()},
        "artifacts": {kind: place for each, _ in wanted for kind, place in each.artifacts.items()},
    }
    sources = {
        code: tuple(each.name for each, entry in wanted if code in (*entry.codes, *entry.near))
        for code in codes
    }
    return {key: value for key, value in settings.items() if value}, sources


def render(migration: Migration, base: str = "") -> str:
    """Return the text of the settings, below the table `base` where they go into a file that others share."""
    text = "\n".join(_lines(migration, f"{base}." if base else ""))
    return f"[{base}]\n{text}\n" if base else f"{text}\n"


def _lines(migration: Migration, base: str) -> Iterator[str]:
    place = migration.source or "its defaults"
    yield f"# Made by `productops init --from {migration.peer}` from {clean(place)}."
    yield "# Without `select` all rules of the profile are judged; `productops explain CODE` shows a rule."
    settings = migration.settings
    if "select" in settings:
        yield "select = ["
        for code in settings["select"]:
            yield f'  "{code}", # {_short(migration.sources[code])}'
        yield "]"
    for key in ("ignore", "artifacts"):
        if key in settings:
            yield from ("", f"[{base}{key}]", *_pairs(settings[key]))
    for code, options in sorted(settings.get("rules", {}).items()):
        yield from ("", f"[{base}rules.{code}]", *_pairs(options))


def _short(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return clean(", ".join(names[:SHOWN]) + more)


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines; texts, lists of texts and booleans are written alike in JSON and in TOML."""
    yield from (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())
