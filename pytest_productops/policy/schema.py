"""The settings against their JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.catalogue import Catalogue
from pytest_productops.facts.documents.kinds import DECLARED
from pytest_productops.facts.formats.schema import mistakes, read_schema
from pytest_productops.model import Rule
from pytest_productops.policy.document import Document
from pytest_productops.policy.problems import Problem

_TERMS = {
    "enforce-from": {
        "type": "string",
        "format": "date",
        "description": "The day from which its findings fail; they are advisory until then.",
        "$comment": "a day, as 2027-03-01",
    },
    "waivable": {"type": "boolean", "description": "Whether a waiver may accept its findings."},
}


def settings_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the schema (draft 07) of the settings, with the kinds of documents and the options of every rule."""
    schema = read_schema(__package__ or "", "policy.schema.json")
    tables = {label: _options_schema(rule) for rule in catalogue for label in (rule.code, rule.name)}
    schema["properties"]["rules"] |= {"additionalProperties": False, "properties": tables}
    artifacts = schema["properties"]["artifacts"]
    places = dict.fromkeys(sorted(DECLARED), artifacts["additionalProperties"])
    artifacts |= {"additionalProperties": False, "properties": places}
    return schema


def _options_schema(rule: Rule) -> dict[str, Any]:
    properties = {
        option.name: {**option.schema, "description": rule.manual.options[option.name]}
        for option in rule.options.values()
    }
    return {"type": "object", "additionalProperties": False, "properties": {**properties, **_TERMS}}


def problems(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield every place where the settings do not fit the schema."""
    for each in mistakes(document.data, settings_schema(catalogue)) if document.data else ():
        yield Problem(document.source, document.line(*each.place), each.message, each.hint)
