"""A TOML file of ours against its JSON Schema (draft 07): every mistake at once, in words, with its line."""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from pytest_productops.facts.toml import Loaded, Path
from pytest_productops.model import Location

if TYPE_CHECKING:
    from jsonschema import ValidationError

_KINDS = {"object": "a table", "array": "a list", "string": "a text", "integer": "a whole number"}
_MEANT = 0.6


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


def mistakes(loaded: Loaded, package: str, name: str) -> Iterator[Mistake]:
    """Yield what does not fit the schema file `name` of a package. Dates count as texts of that format."""
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 30 ms that only a repository with such a file pays

    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    validator = Draft7Validator(json.loads(text), format_checker=Draft7Validator.FORMAT_CHECKER)
    for error in validator.iter_errors(_plain(loaded.data)):
        path = tuple(error.absolute_path)
        yield from (Mistake(path, (*path, key), message) for key, message in _sentences(error, path))


def near(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean ...?`, or nothing where no known word is near."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=_MEANT)
    return f"; did you mean `{found[0]}`?" if found else ""


def dotted(path: Path) -> str:
    """Return a path as people write it: `task[0].evidence[1].type`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _sentences(error: ValidationError, path: Path) -> Iterator[tuple[str | int, str]]:
    """Yield (key to find the line by, sentence) for one error of the validator."""
    where, value = dotted(path), json.dumps(error.instance, ensure_ascii=False, default=str)[:60]
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    rule, against = str(error.validator), cast("Any", error.validator_value)
    known = schema.get("properties", {})
    if rule == "additionalProperties":
        for key in sorted(set(cast("Any", error.instance)) - set(known)):
            yield key, f"unknown key `{key}` in {where or 'the file'}{near(key, known)}"
    elif rule == "required":
        missing = next(key for key in against if f"'{key}'" in error.message.split(" ")[0])
        yield missing, f"{where} has no `{missing}`"
    elif rule == "enum":
        yield "", f"{where} = {value}: expected one of {', '.join(map(str, against))}"
    elif rule == "type":
        yield "", f"{where} = {value}: expected {_KINDS.get(str(against), against)}"
    else:
        expected = schema.get("$comment", "")
        yield "", f"{where} = {value}: expected {expected}" if expected else f"{where}: {error.message[:200]}"


def _plain(value: Any) -> Any:
    """Return TOML data with dates as texts, which is how JSON Schema knows them."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value
