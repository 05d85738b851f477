"""The first settings in a file that others have their settings in too."""

from __future__ import annotations

import copy
from typing import Any

from pytest_productops.facts.formats import toml
from pytest_productops.policy.edit import NotEdited


def begun(text: str, table: str) -> str:
    """Return TOML with a table of ours behind all else; raise `NotEdited` where anything else would change."""
    gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    candidate = f"{text}{gap}{table}"
    try:
        wanted: dict[str, Any] = copy.deepcopy(dict(toml.load(text).data))
        ours = toml.load(table).data["tool"]["productops"]
        wanted.setdefault("tool", {})["productops"] = ours
        if toml.load(candidate).data != wanted:
            raise NotEdited("more of it would change")
    except toml.TomlError as error:
        raise NotEdited(f"no TOML: {error}") from error
    return candidate
