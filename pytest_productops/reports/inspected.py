"""An inspection as text for a person who disputes a verdict, and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.inspection import Answer
from pytest_productops.model import Evidence
from pytest_productops.text import clean


def as_json(answers: Mapping[str, Answer]) -> str:
    """Return `{"ID": {"value": ..., "evidence": [{"path", "line", "note"}, ...]}, ...}`; line 0 is the whole file."""
    plain = {
        name: {"value": a.value, "evidence": [_plain(e) for e in a.evidence]} for name, a in answers.items()
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def as_text(answers: Mapping[str, Answer]) -> str:
    """Return a line an answer, the places that say so below it."""
    width = max(map(len, answers), default=0)
    return "".join(f"{line}\n" for name, answer in answers.items() for line in _lines(name, answer, width))


def _lines(name: str, answer: Answer, width: int) -> Iterator[str]:
    yield f"{name:<{width}}  {answer.value}"
    for each in answer.evidence:
        place = f"{each.location}  " if each.location.path else ""
        yield f"{'':<{width}}    {clean(place + each.note)}"


def _plain(evidence: Evidence) -> dict[str, Any]:
    path, line = evidence.location
    return {"path": clean(path), "line": line, "note": clean(evidence.note)}
