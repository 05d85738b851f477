"""The settings against their JSON Schema, whose errors become sentences with places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import TYPE_CHECKING, Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.model import Rule
from pytest_productops.policy.document import Document
from pytest_productops.policy.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from jsonschema import ValidationError


def settings_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the schema (draft 07) of the settings, with the options of every installed rule."""
    text = resources.files(__package__).joinpath("policy.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    tables = {label: _options_schema(rule) for rule in catalogue for label in (rule.code, rule.name)}
    schema["properties"]["rules"] |= {"additionalProperties": False, "properties": tables}
    return schema


def _options_schema(rule: Rule) -> dict[str, Any]:
    properties = {
        option.name: {**option.schema, "description": rule.manual.options[option.name]}
        for option in rule.options.values()
    }
    return {"type": "object", "additionalProperties": False, "properties": properties}


def problems(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield every place where the settings do not fit the schema."""
    if not document.data:
        return
    from jsonschema import Draft7Validator  # noqa: PLC0415 - 30 ms that only a repository with settings pays

    for error in Draft7Validator(settings_schema(catalogue)).iter_errors(document.data):
        yield from _translate(error, document)


def _translate(error: ValidationError, document: Document) -> Iterator[Problem]:
    path = [*error.absolute_path]
    table = ".".join([*document.base, *map(str, path)])
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        for key in sorted(set(error.instance) - set(known)):
            where = f" in [{table}]" if table else ""
            word = "rule" if path == ["rules"] else "key"
            line = document.line(*path, key)
            yield Problem(document.source, line, f"unknown {word} `{key}`{where}", did_you_mean(key, known))
        return
    line, written = document.line(*path), json.dumps(error.instance, default=str)
    if error.validator == "enum":
        values = [str(value) for value in error.validator_value]
        hint = did_you_mean(str(error.instance), values) or f"one of {', '.join(values)}"
        yield Problem(document.source, line, f"{table} = {written}: no such value", hint)
    elif error.validator == "type":
        yield Problem(document.source, line, f"{table} = {written[:60]}: expected {_kind(error.validator_value)}")
    elif error.validator == "minLength":
        yield Problem(document.source, line, f"{table} is empty", "write a reason")
    else:
        yield Problem(document.source, line, f"{table}: {error.message}")


def _kind(schema_type: str) -> str:
    names = {"object": "a table", "array": "a list", "string": "a text", "integer": "a whole number"}
    return names.get(schema_type, f"a {schema_type}")
