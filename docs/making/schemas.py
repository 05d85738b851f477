"""Pages of the file formats, read off their JSON Schemas, and the schemas themselves for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from making.text import code, page, prose, table
from pytest_productops.catalogue import Catalogue
from pytest_productops.policy.schema import settings_schema

Schema = Mapping[str, Any]
FORMATS = {
    "tasks": (
        "facts/register/register.schema.json",
        "The task register",
        "What `.productops/tasks.toml` may hold; by example: [tasks on time](../../tasks.md).",
    ),
    "done": (
        "facts/done/done.schema.json",
        "The definition of done",
        "What `.productops/done.toml` may hold.",
    ),
    "report": (
        "reports/report.schema.json",
        "The report",
        "What `--report=json:PATH` writes, `productops diff` reads, and every other format is made of:"
        " [reports](../../reports.md).",
    ),
}
"""Format -> its schema below the package, the title of its page, and which file has it."""
SETTINGS = """In `productops.toml`, or in `pyproject.toml` below `[tool.productops]`; having both is an error. None are
needed. How several layers of them come together: [policy](../policy.md)."""
NAMES = {
    "boolean": "true or false",
    "integer": "whole number",
    "string": "text",
    "object": "table",
    "null": "null",
}


def pages(rules: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the path of each page below `reference/`, and its text."""
    yield "settings.md", _page("settings", "Settings", SETTINGS, ".", settings_schema(rules))
    for name, (path, title, said) in FORMATS.items():
        schema = json.loads((files("pytest_productops") / path).read_text(encoding="utf-8"))
        yield f"formats/{name}.md", _page(name, title, said, "..", schema)


def documents(rules: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the file name of each JSON Schema that the site serves below `schemas/`, and its text."""
    yield "settings.json", json.dumps(settings_schema(rules), indent=2) + "\n"
    for name, (path, *_) in FORMATS.items():
        yield f"{name}.json", (files("pytest_productops") / path).read_text(encoding="utf-8")


def kind(schema: Schema) -> str:
    """Return what values a schema admits, in words."""
    if "enum" in schema or "const" in schema:
        return " or ".join(code(str(word)) for word in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "string" and "$comment" in schema:
        return prose(schema["$comment"])
    if "type" not in schema:
        choices = (*schema.get("anyOf", ()), *schema.get("oneOf", ()))
        return " or ".join(dict.fromkeys(map(kind, choices))) or "any"
    types = schema["type"]
    return " or ".join(_type(word, schema) for word in ([types] if isinstance(types, str) else types))


def _type(word: str, schema: Schema) -> str:
    if word == "array":
        return f"list of {kind(schema['items'])}" if "items" in schema else "list"
    if word == "string" and schema.get("format") == "date":
        return "day"
    bounds = (
        f"{said} {schema[key]}" for key, said in (("minimum", "from"), ("maximum", "to")) if key in schema
    )
    return " ".join([NAMES.get(word, word), *bounds])


def _page(name: str, title: str, said: str, up: str, schema: Schema) -> str:
    whole = expanded(schema, schema)
    about = prose(whole.get("description", ""))
    link = f"As a [JSON Schema]({up}/served/schemas/{name}.json), for editors and programs."
    return page(f"# {title}", "", f"{said} {about}".rstrip(), "", link, *_sections(whole))


def expanded(schema: Any, whole: Schema) -> Any:
    """Return a schema with what each reference says below what stands beside it."""
    if isinstance(schema, list):
        return [expanded(each, whole) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    found: Any = {}
    if "$ref" in schema:
        found = whole
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        found = expanded(found, whole)
    own = {
        key: expanded(value, whole)
        for key, value in schema.items()
        if key not in {"$ref", "definitions", "$defs"}
    }
    return {**found, **own}


def _sections(schema: Schema) -> Iterator[str]:
    """Yield a section for each key at the top: what it is, and a table of what is below it."""
    for name, each in schema["properties"].items():
        said = prose(each.get("description", ""))
        yield from ("", f"## `{name}`", "", f"{_capital(kind(each))}{_needed(name, schema)}. {said}".rstrip())
        if name == "rules" and each["type"] == "object":
            yield from ("", "The options of each rule are on its page: [rules](rules/index.md).")
        elif rows := list(_rows(each)):
            yield from ("", *table(("key", "values", "what"), rows))


def _rows(schema: Schema, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield key, values and meaning of all that is below a schema."""
    while "items" in schema:
        schema = schema["items"]
    more = schema.get("additionalProperties")
    named = {"NAME": more} if isinstance(more, Mapping) else {}
    for name, each in {**schema.get("properties", {}), **named}.items():
        yield code(prefix + name), kind(each) + _needed(name, schema), prose(each.get("description", ""))
        yield from _rows(each, f"{prefix}{name}.")
    for choice in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from _rows(choice, prefix)


def _needed(name: str, schema: Schema) -> str:
    """Say that a key is required; nothing where all are."""
    required = schema.get("required", ())
    return ", required" if name in required and set(required) != set(schema["properties"]) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
