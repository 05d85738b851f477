"""Azure's `${{ parameters.x }}`, `$(variables)` and conditions, as far as they are literal.

https://learn.microsoft.com/en-us/azure/devops/pipelines/process/expressions
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines.document import text
from pytest_productops.facts.pipelines.expressions import UNKNOWN, look_up
from pytest_productops.facts.pipelines.ternary import all_of, any_of, negated
from pytest_productops.lazy import regex

Values = Mapping[str, Any]
"""What names mean: `parameters`, `variables`, and the loop variables of `${{ each x in ... }}`."""
_EXPRESSION = regex(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_VARIABLE = regex(r"\$\(([\w.]+)\)")
_ROOTS = frozenset({"build.sourcesdirectory", "system.defaultworkingdirectory", "build.repository.localpath"})
_DOTTED = regex(r"[A-Za-z_][\w-]*(?:\.[\w-]+|\[['\"][\w.-]+['\"]\])*")
_TOKEN = regex(r"\s*(?:([A-Za-z_][\w.]*)\s*\(|(\))|,|('[^']*')|([\w.\[\]'-]+))")
EVENTS: Mapping[str, Mapping[str, str]] = {
    name: {
        "build.reason": reason,
        "build.sourcebranch": f"refs/{ref}",
        "build.sourcebranchname": ref.rpartition("/")[2],
    }
    for name, reason, ref in (
        ("change_request", "pullrequest", "pull/1/merge"),
        ("push", "individualci", "heads/some-change"),
        ("main", "individualci", "heads/main"),
        ("tag", "individualci", "tags/v1"),
        ("schedule", "schedule", "heads/main"),
        ("manual", "manual", "heads/main"),
    )
}


def declared(value: Any) -> dict[str, Any]:
    """Return names and values of `parameters:` or `variables:`, in their list and their mapping form."""
    if isinstance(value, Map):
        return dict(value)
    listed = [one for one in value if isinstance(one, Map)] if isinstance(value, list) else []
    return {text(one["name"]): one.get("value", one.get("default")) for one in listed if "name" in one}


def meant(written: Any, values: Values) -> Any:
    """Return what a value means: the value itself of one that is a single expression, else the filled text."""
    if not isinstance(written, str):
        return written
    whole = _EXPRESSION.fullmatch(written.strip())
    found = _named(whole[1], values) if whole else None
    return found if found is not None else fill(written, values)


def in_environment(name: str) -> str:
    """Return what a variable is called in the environment of a step."""
    return name.replace(".", "_").upper()


def fill(written: str, values: Values) -> str:
    """Return a text with its expressions and variables filled in; a matrix's as `${{ matrix.x }}`."""

    def expression(match: re.Match[str]) -> str:
        found = _named(match[1], values)
        return UNKNOWN if found is None or isinstance(found, (list, dict)) else text(found)

    def variable(match: re.Match[str]) -> str:
        if match[1].lower() in _ROOTS:
            return "$CI_PROJECT_DIR"
        if in_environment(match[1]) in values.get("matrix", ()):
            return "${{ matrix." + in_environment(match[1]) + " }}"
        found = values.get("variables", {}).get(match[1])
        plain = isinstance(found, (str, int, float)) and "$" not in text(found)
        return text(found) if plain else "${" + in_environment(match[1]) + "}"

    return _VARIABLE.sub(variable, _EXPRESSION.sub(expression, written))


def _named(expression: str, values: Values) -> Any:
    if not _DOTTED.fullmatch(expression):
        return None
    found = look_up(values, re.sub(r"\[['\"]([\w.-]+)['\"]\]", r".\1", expression))
    return found if not (isinstance(found, str) and "${{" in found) else None


def holds(condition: str, values: Values, event: str = "") -> bool | None:
    """Return whether a condition holds at an event, None where only a run could tell."""
    if condition.strip().lower() in ("true", "false"):
        return condition.strip().lower() == "true"
    tokens = list(_TOKEN.finditer(condition[:2000]))
    try:
        value, _ = _value(tokens, 0, values, EVENTS.get(event, {}), 0)
    except IndexError:
        return None
    return value if isinstance(value, bool) else None


def _value(
    tokens: list[re.Match[str]], at: int, values: Values, event: Mapping[str, str], depth: int
) -> tuple[Any, int]:
    """Return the value that begins at a token, and the token after it."""
    token = tokens[at]
    if not token[1] or depth > 20:  # noqa: PLR2004 - no condition of a person's nests so deep
        return _literal(token, values, event), at + 1
    arguments, at = [], at + 1
    while not tokens[at][2]:
        if tokens[at][0].strip() == ",":
            at += 1
            continue
        one, at = _value(tokens, at, values, event, depth + 1)
        arguments.append(one)
    return _function(token[1].lower(), arguments), at + 1


def _literal(token: re.Match[str], values: Values, event: Mapping[str, str]) -> Any:
    if token[3] is not None:
        return token[3][1:-1].lower()
    name = (token[4] or "").strip()
    if name.lower() in ("true", "false"):
        return name.lower() == "true"
    plain = re.sub(r"^variables(?:\.|\[')|'\]$", "", name).lower()
    if plain in event:
        return event[plain]
    found = _named(name, values)
    return found.lower() if isinstance(found, str) else found if isinstance(found, bool) else None


_CERTAIN = {"succeeded": True, "always": True, "succeededorfailed": True, "failed": False, "canceled": False}


def _function(name: str, given: list[Any]) -> bool | None:
    truths = [one if isinstance(one, bool) else None for one in given]
    if name in ("and", "or"):
        return all_of(truths) if name == "and" else any_of(truths)
    if name == "not" and given:
        return negated(truths[0])
    if len(given) < 2 or None in given[:2]:  # noqa: PLR2004 - two things to compare
        return _CERTAIN.get(name)
    return _compared(name, [text(one) for one in given])


def _compared(name: str, given: list[str]) -> bool | None:
    if name in ("eq", "ne"):
        return (given[0] == given[1]) == (name == "eq")
    if name == "startswith":
        return given[0].startswith(given[1])
    return (given[0] in given[1:]) == (name == "in") if name in ("in", "notin") else None
