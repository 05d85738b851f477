"""CircleCI's parameters, `<< ... >>` and logic statements, as far as they are literal.

https://circleci.com/docs/reference/configuration-reference/#logic-statements
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines.document import text
from pytest_productops.facts.pipelines.expressions import look_up
from pytest_productops.facts.pipelines.starting import MAIN, means
from pytest_productops.facts.pipelines.ternary import all_of, any_of, negated
from pytest_productops.lazy import regex

_NAME = regex(r"<<\s*([\w.-]+)\s*>>")
_MAX_DEPTH = 10
Values = Mapping[str, Any]
"""What names mean: `parameters`, `pipeline`, each a mapping."""


def defaults(declared: Any) -> dict[str, Any]:
    """Return the default values of a `parameters:` declaration."""
    pairs = declared.items() if isinstance(declared, Map) else ()
    return {name: one["default"] for name, one in pairs if isinstance(one, Map) and "default" in one}


def fill(written: str, values: Values) -> str:
    """Return a text with its parameters filled in; a matrix value as the `${{ matrix.x }}` that stands for it."""

    def value(match: re.Match[str]) -> str:
        if match[1].startswith("matrix."):
            return "${{ " + match[1] + " }}"
        found = look_up(values, match[1])
        return match[0] if found is None or isinstance(found, (list, dict)) else text(found)

    for _ in range(_MAX_DEPTH):
        filled = _NAME.sub(value, written)
        if filled == written or len(filled) > 100_000:  # noqa: PLR2004 - no text of a person's is that long
            break
        written = filled
    return written


def meant(written: Any, values: Values) -> Any:
    """Return what a value means: a list or a truth value for `<< parameters.x >>`, else the filled text."""
    if isinstance(written, str):
        whole = _NAME.fullmatch(written.strip())
        found = look_up(values, whole[1]) if whole else None
        return found if found is not None else fill(written, values)
    return written


def holds(condition: Any, values: Values, depth: int = 0) -> bool | None:
    """Return whether a logic statement holds, None where only a run could tell."""
    if depth > _MAX_DEPTH:
        return None
    if isinstance(condition, Map):
        return any_of(_statement(name, inner, values, depth) for name, inner in condition.items())
    found = meant(condition, values)
    if isinstance(found, str) and "<<" in found:
        return None
    return found not in (False, None, "", "false", 0)


def _statement(name: str, inner: Any, values: Values, depth: int) -> bool | None:
    listed = inner if isinstance(inner, list) else []
    if name in ("and", "or"):
        parts = [holds(one, values, depth + 1) for one in listed]
        return all_of(parts) if name == "and" else any_of(parts)
    if name == "not":
        return negated(holds(inner, values, depth + 1))
    if name == "equal":
        return _equal([meant(one, values) for one in listed])
    if name == "matches" and isinstance(inner, Map):
        pattern = text(inner.get("pattern"))
        pattern = pattern[1:-1] if pattern.startswith("/") and pattern.endswith("/") else pattern
        value = meant(inner.get("value"), values)
        return (
            means(pattern, value, expression=True) if isinstance(value, str) and "<<" not in value else None
        )
    return None


def _equal(found: list[Any]) -> bool | None:
    known = [text(one) for one in found]
    if any("<<" in one for one in known):
        return None
    if MAIN in known and len(set(known)) > 1:
        return any_of(means(one, MAIN) for one in known if one != MAIN)
    return len(set(known)) <= 1
