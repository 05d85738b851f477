"""A badge: what shields.io reads of an address (https://shields.io/badges/endpoint-badge)."""

from __future__ import annotations

import json
from typing import Any

LABEL = "productops"
COLOURS = {
    "brightgreen": "#4c1", "green": "#97ca00", "yellowgreen": "#a4a61d", "red": "#e05d44", "lightgrey": "#9f9f9f"
}  # fmt: skip
"""The colours that are used, by shields' names and as it draws them."""
_BY_LEVEL = {"gold": "brightgreen", "silver": "green"}
_SECONDS = 3600


def render(data: dict[str, Any]) -> str:
    """Return the badge as JSON."""
    text, colour = message(data)
    badge = {"schemaVersion": 1, "label": LABEL, "message": text, "color": colour, "cacheSeconds": _SECONDS}
    return json.dumps(badge, indent=2) + "\n"


def message(data: dict[str, Any]) -> tuple[str, str]:
    """Return the words of the badge and its colour: red where the gate fails, else by the level reached."""
    summary = data["summary"]
    if summary["score"] is None and not summary["judged"]:
        return "nothing judged", "lightgrey"
    failed = summary["verdict"] == "fail"
    reached = (summary["level"] or {}).get("reached") or ""
    score = "" if summary["score"] is None else f"{int(summary['score'])}"
    words = ["failing", score] if failed else ["passing", reached, score]
    return " ".join(filter(None, words)), "red" if failed else _BY_LEVEL.get(reached, "yellowgreen")
