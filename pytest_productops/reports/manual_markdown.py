"""A rule's manual and what it says here as Markdown, for an issue or a chat."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pytest_productops.reports import manual
from pytest_productops.reports.gfm import code, fenced, prose
from pytest_productops.reports.plain import Plain


def render(said: Plain) -> str:
    """Return a document of `reports.manual` as Markdown."""
    return "\n\n".join(filter(None, _blocks(said))) + "\n"


def _blocks(said: Plain) -> Iterator[str]:
    yield f"# {said['code']} {said['name']}"
    yield f"**{prose(said['summary'])}**"
    yield f"{said['responsibility']}, stage {said['stage']}, {said['level']}, profile {', '.join(said['profiles'])}"
    yield said["text"]
    yield from ("## Why", said["why"])
    if said["here"]:
        yield from ("## Here", fenced("\n".join(manual.here(said["here"])), "text"))
    yield from ("## Fix", said["fix"], "\n".join(f"- {code(line)}" for line in manual.mends(said)))
    if said["options"]:
        yield from ("## Options", "\n".join(_option(option, said["here"]) for option in said["options"]))
    yield from ("## Waive", code(manual.waiver(said)))
    yield from ("## Source", said["source"], f"<{said['docs']}>" if said["docs"] else "")
    for title in ("Bad", "Good"):
        for archive in said[title.lower()]:
            yield from (f"## {title}", fenced(manual.archived(archive), "text"))


def _option(option: Plain, here: Plain | None) -> str:
    chosen = (here or {}).get("options", {}).get(option["name"])
    value, decided = (
        (chosen["value"], f" ({prose(chosen['decided'])})") if chosen else (option["default"], "")
    )
    assigned = f"{option['name']} = {json.dumps(value)}"
    return f"- {code(assigned)}{decided}: {option['text']}"
