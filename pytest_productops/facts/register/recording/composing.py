"""The text of a record: a file of its own, or one more heading, row or date in a file that is there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from pytest_productops.facts.register.recording import front, headings, rows
from pytest_productops.facts.register.recording.model import Refused, Run


def text(path: str, old: str, where: str, run: Run) -> str:
    """Return the whole text of a file that records a run too; `old` is what it holds so far."""
    kind, _, name = where.partition(":")
    name = name.strip()
    if kind == "heading":
        return headings.text(path, old, run)
    if kind == "table":
        return rows.text(path, old, name, run)
    if kind == "front-matter":
        return front.edited(path, old, name, run) if old else front.fresh(name, run)
    if old:
        raise Refused(f"{path} is there already")
    return _FORMS.get(path.rpartition(".")[2].lower(), _plain)(run)


def _markdown(run: Run) -> str:
    return _parts(f"# {run.title}, {run.day}", headings.listed(run, "-"), run.note)


def _restructured(run: Run) -> str:
    title = f"{run.title}, {run.day}"
    return _parts(f"{title}\n{'=' * len(title)}", headings.listed(run, "-"), run.note)


def _asciidoc(run: Run) -> str:
    return _parts(f"= {run.title}, {run.day}", headings.listed(run, "*"), run.note)


def _plain(run: Run) -> str:
    fields = "\n".join(f"{name}: {value}" for name, value in run.fields.items())
    return _parts(f"{run.title}, {run.day}", fields, run.note)


def _yaml(run: Run) -> str:
    return "".join(f"{front.key(name)}: {front.value(text)}\n" for name, text in _data(run).items())


def _toml(run: Run) -> str:
    return "".join(f"{front.key(name)} = {front.value(text)}\n" for name, text in _data(run).items())


def _json(run: Run) -> str:
    return json.dumps(_data(run), indent=2, ensure_ascii=False) + "\n"


def _data(run: Run) -> dict[str, str]:
    note = {"note": run.note} if run.note else {}
    return {"task": run.id, "date": run.day.isoformat(), **run.fields, **note}


def _parts(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


_FORMS: Mapping[str, Callable[[Run], str]] = MappingProxyType(
    {
        **dict.fromkeys(["md", "markdown", "mdx"], _markdown),
        "rst": _restructured,
        **dict.fromkeys(["adoc", "asciidoc"], _asciidoc),
        **dict.fromkeys(["yml", "yaml"], _yaml),
        "toml": _toml,
        "json": _json,
    }
)
"""Ending of a file's name -> what writes such a file."""
