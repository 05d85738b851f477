"""GitHub's `${{ ... }}` where it is literal: matrix values, env and inputs that are written in the file.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.lazy import regex

MAX_COMBINATIONS = 256
UNKNOWN = "$GITHUB_EXPRESSION"
"""What stands for an expression that cannot be known: a shell variable, so it is taken for no literal."""
_EXPRESSION = regex(r"\$\{\{(.*?)\}\}", re.DOTALL)
_NAME = regex(r"(matrix|env|inputs)((?:\.[\w-]+)+)")
_LITERAL = regex(r"'([^']*)'")
_FORMAT = regex(r"format\(\s*'([^']*)'\s*((?:,\s*[\w.'-]+\s*)+)\)")


def fill(text: str, contexts: Mapping[str, Any]) -> str:
    """Return a text with its expressions replaced by their literal values, or by `UNKNOWN`."""
    return _EXPRESSION.sub(lambda match: _value(match[1].strip(), contexts), text)


def dynamic(text: str) -> bool:
    """Whether a text (filled or not) holds what only a run knows."""
    return "$" in text or "`" in text


def _value(expression: str, contexts: Mapping[str, Any]) -> str:
    first, *rest = (operand.strip() for operand in expression.split("||"))
    match = _NAME.fullmatch(first)
    if rest and match and match[1] in contexts and not look_up(contexts[match[1]], match[2][1:]):
        return _value(" || ".join(rest), contexts)  # what is not set is false
    return _operand(first, contexts)


def _operand(expression: str, contexts: Mapping[str, Any]) -> str:
    if literal := _LITERAL.fullmatch(expression):
        return literal[1]
    if formed := _FORMAT.fullmatch(expression):
        given = (_operand(each.strip(), contexts) for each in formed[2].split(",")[1:])
        return re.sub(
            r"\{(\d)\}", lambda at, values=tuple(given): (*values, *[UNKNOWN] * 10)[int(at[1])], formed[1]
        )
    if expression == "github.workspace":
        return "$GITHUB_WORKSPACE"
    match = _NAME.fullmatch(expression)
    if match:
        found = look_up(contexts.get(match[1]), match[2][1:])
        if isinstance(found, (str, int, float)) and "${{" not in str(found):
            return str(found).lower() if isinstance(found, bool) else str(found)
    return UNKNOWN


def look_up(value: Any, dotted: str) -> Any:
    """Return what a dotted name means in nested mappings, None where it means nothing."""
    for part in dotted.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def combinations(matrix: Any) -> tuple[Mapping[str, Any], ...]:
    """Return the combinations of a `strategy.matrix`: its axes' product, with `include` applied.

    An axis that is an expression is left out; too large a product is cut.
    """
    if not isinstance(matrix, Mapping):
        return ()
    axes = {k: v for k, v in matrix.items() if isinstance(v, list) and k not in ("include", "exclude")}
    product = itertools.islice(itertools.product(*axes.values()), MAX_COMBINATIONS)
    found = [dict(zip(axes, values, strict=True)) for values in product] if axes else []
    base = [dict(combination) for combination in found]
    include = matrix.get("include")
    for entry in include if isinstance(include, list) else ():
        if isinstance(entry, Mapping):
            _include(entry, found, base, axes)
    return tuple(found[:MAX_COMBINATIONS])


def _include(
    entry: Mapping[str, Any], found: list[dict[str, Any]], base: list[dict[str, Any]], axes: Mapping[str, Any]
) -> None:
    """Extend the combinations that an `include` entry fits, or add it as one of its own."""
    fits = [at for at, one in enumerate(base) if all(entry[k] == one[k] for k in axes if k in entry)]
    if not fits or not axes:
        found.append(dict(entry))
    for at in fits if axes else ():
        found[at].update(entry)


def texts(text: str, matrix: tuple[Mapping[str, Any], ...], contexts: Mapping[str, Any]) -> Iterator[str]:
    """Yield a text once for each different reading that the matrix gives it."""
    if "matrix." not in text or not matrix:
        yield fill(text, contexts)
        return
    seen = dict.fromkeys(fill(text, {**contexts, "matrix": combination}) for combination in matrix)
    yield from seen
