"""A TOML file of ours against its JSON Schema (draft 07): every mistake at once, in words, with its line."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from pytest_productops.facts.expressions import Unfit, expression
from pytest_productops.facts.formats.toml import Path
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.suggest import did_you_mean, near

if TYPE_CHECKING:
    from jsonschema import FormatChecker, ValidationError

_KINDS = {
    "object": "a table",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_BOUNDS = {"minimum": "at least {}", "maximum": "at most {}", "maxLength": "at most {} characters"}


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a file of ours: where, and what is wrong."""

    location: Location
    message: str


@dataclass(frozen=True)
class Mistake:
    """A mistake at a key: the way to the entry it spoils, the way to its line, and what is wrong."""

    path: Path
    place: Path
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


def read_schema(package: str, name: str) -> dict[str, Any]:
    """Return the schema file `name` of a package."""
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def mistakes(data: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield what does not fit a schema. Dates count as texts of that format."""
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 30 ms that only a repository with such a file pays

    validator = Draft7Validator(schema, format_checker=_formats())
    for found in validator.iter_errors(_plain(data)):
        error = _meant(found)
        path = tuple(error.absolute_path)
        yield from (Mistake(path, (*path, key), *sentence) for key, *sentence in _sentences(error, path))


@cache
def _formats() -> FormatChecker:
    """Return what checks formats; an expression must be one that is run in linear time."""
    from jsonschema import Draft7Validator, FormatChecker  # noqa: PLC0415 - as above

    checker = FormatChecker()
    checker.checkers = {**Draft7Validator.FORMAT_CHECKER.checkers, "regex": (_runs, Unfit)}
    return checker


def _runs(value: object) -> bool:
    return not isinstance(value, str) or bool(expression(value))


def _meant(error: ValidationError) -> ValidationError:
    """Return what is wrong in the branch of an `anyOf` that was meant: the one of the value's own kind."""
    within = error.context or ()
    of_another_kind = {each.schema_path[0] for each in within if [*each.schema_path][1:] == ["type"]}
    return next((each for each in within if each.schema_path[0] not in of_another_kind), error)


def dotted(path: Path) -> str:
    """Return a path as people write it: `task[0].evidence[1].type`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _sentences(error: ValidationError, path: Path) -> Iterator[tuple[str | int, str, str]]:
    """Yield (key to find the line by, sentence, hint) for one error of the validator."""
    where, value = dotted(path), json.dumps(error.instance, ensure_ascii=False, default=str)[:60]
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    rule, against = str(error.validator), cast("Any", error.validator_value)
    known = schema.get("properties", {})
    if rule == "additionalProperties":
        for key in sorted(set(cast("Any", error.instance)) - set(known)):
            yield key, f"unknown key `{key}` in {where or 'the file'}", did_you_mean(key, known)
    elif rule == "required":
        missing = next(key for key in against if f"'{key}'" in error.message.split(" ")[0])
        yield missing, f"{where} has no `{missing}`", ""
    elif rule == "enum":
        hint = near(str(error.instance), map(str, against))
        yield "", f"{where} = {value}: expected one of {', '.join(map(str, against))}", hint
    elif rule in {"type", "anyOf"}:
        kinds = [each["type"] for each in against] if rule == "anyOf" else against
        kinds = [kinds] if isinstance(kinds, str) else kinds
        yield "", f"{where} = {value}: expected {' or '.join(_KINDS.get(kind, kind) for kind in kinds)}", ""
    elif rule in _BOUNDS:
        yield "", f"{where} = {value}: expected {_BOUNDS[rule].format(against)}", ""
    elif rule == "format" and against == "regex":
        yield "", f"{where} = {value}: {error.cause}", ""
    else:
        expected = schema.get("$comment", "")
        yield (
            "",
            f"{where} = {value}: expected {expected}" if expected else f"{where}: {error.message[:200]}",
            "",
        )


def _plain(value: Any) -> Any:
    """Return TOML data as JSON holds it: days are texts there, and so are `nan` and `inf`, which are no numbers."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
