"""The settings against their JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.catalogue import Catalogue, installed
from pytest_productops.facts.documents.kinds import DECLARED
from pytest_productops.facts.formats.schema import mistakes, read_schema
from pytest_productops.model import Rule
from pytest_productops.policy.document import Document
from pytest_productops.policy.layers import DEFAULTS
from pytest_productops.policy.problems import Problem
from pytest_productops.policy.selection import known_selectors

ADDRESS = "urn:pytest-productops:settings:1"
"""What the schema is called."""
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
    places = {
        kind: {**artifacts["additionalProperties"], "description": f"The document of the kind {kind}."}
        for kind in sorted(DECLARED)
    }
    artifacts |= {"additionalProperties": False, "properties": places}
    return schema


def _options_schema(rule: Rule) -> dict[str, Any]:
    properties = {
        option.name: {
            **option.schema,
            "description": rule.manual.options[option.name],
            "default": list(option.default) if isinstance(option.default, tuple) else option.default,
        }
        for option in rule.options.values()
    }
    return {
        "description": rule.manual.summary,
        "type": "object",
        "additionalProperties": False,
        "properties": {**properties, **_TERMS},
    }


def published(catalogue: Catalogue) -> dict[str, Any]:
    """Return the schema for editors: with an address, defaults, and the words that a list of rules may hold."""
    schema = settings_schema(catalogue)
    properties = schema["properties"]
    for name, value in DEFAULTS.items():
        properties[name]["default"] = value[0] if isinstance(value, tuple) else value
    selectors = {label: _summary(label, catalogue) for label in sorted(known_selectors(catalogue))}
    for name in ("select", "extend-select"):
        properties[name]["items"] = {"enum": list(selectors)}
    reason = properties["ignore"]["additionalProperties"]
    given = {label: {**reason, "description": text} for label, text in selectors.items()}
    properties["ignore"] |= {"additionalProperties": False, "properties": given}
    waiver = properties["waivers"]["items"]["properties"]
    waiver["rule"]["enum"] = list(catalogue.labels)
    return {"$schema": schema.pop("$schema"), "$id": ADDRESS, **schema}


def within_pyproject(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a pyproject.toml that has settings; what others have there is free."""
    inner = {key: value for key, value in schema.items() if not key.startswith("$")}
    tool = {"type": "object", "additionalProperties": True, "properties": {"productops": inner}}
    return {
        "$schema": schema["$schema"],
        "$id": f"{ADDRESS}:pyproject",
        "type": "object",
        "additionalProperties": True,
        "properties": {"tool": tool},
    }


def tool_schema(name: str) -> dict[str, Any]:
    """Return the schema of `[tool.productops]` for validate-pyproject, which loads days as what TOML has for them.

    Its group of entry points: https://validate-pyproject.readthedocs.io/en/latest/dev-guide.html.
    """
    schema = _with_days(settings_schema(installed()))
    return {**schema, "$id": f"{ADDRESS}:tool.{name}"}


def _with_days(part: Any) -> Any:
    """Return a schema that lets a day be one of TOML, and no text."""
    if isinstance(part, list):
        return [_with_days(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _with_days(value) for key, value in part.items()}
    return {key: kept[key] for key in kept if part.get("format") != "date" or key not in {"type", "format"}}


def _summary(label: str, catalogue: Catalogue) -> str:
    rule = catalogue.get(label)
    return rule.manual.summary if rule else f"Every rule of {label}." if label != "ALL" else "Every rule."


def problems(document: Document, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield every place where the settings do not fit the schema."""
    for each in mistakes(document.data, settings_schema(catalogue)) if document.data else ():
        yield Problem(document.source, document.line(*each.place), each.message, each.hint)
