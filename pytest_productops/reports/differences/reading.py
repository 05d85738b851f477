"""A JSON report read back, and by what its parts are found."""

from __future__ import annotations

import datetime
import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_productops.facts.formats.schema import dotted, read_schema
from pytest_productops.reports.json_report import FORMAT, TOOL
from pytest_productops.reports.plain import Plain
from pytest_productops.text import clean

_VERSION = re.compile(r"(\d{1,9})\.\d{1,9}")
Place = tuple[str, str]
"""A rule's code and the component that it was asked about."""


class NoReport(Exception):
    """A file is no report that can be compared; the text is one sentence that names it."""


class Side:
    """One of the two reports."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.repository: Plain = data["repository"]
        self.config: Plain = data["config"]
        self.settings: dict[str, Plain] = data["config"]["settings"]
        self.summary: Plain = data["summary"]
        self.partial: bool = data["partial"]
        self.day = datetime.date.fromisoformat(data["as_of"])
        self.rules: dict[str, Plain] = {rule["code"]: rule for rule in data["rules"]}
        self.results: dict[Place, Plain] = {(r["rule"], r["component"]): r for r in data["results"]}
        self.stale: dict[Place, Plain] = {(each["of"], each["key"]): each for each in data["stale"]}

    @cached_property
    def packs(self) -> dict[str, Plain]:
        """Code -> the pack of the rule, of every installed rule."""
        return {code: pack for pack in self.data["tool"]["packs"] for code in pack["rules"]}

    def value(self, key: str) -> Any:
        """Return a setting, None where there is none."""
        return self.settings.get(key, {}).get("value")


def read(path: Path) -> Side:
    """Return a report; raise `NoReport` where a file is none, or one of a newer format."""
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise NoReport(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise NoReport(f"{path} is no JSON") from error
    version = _VERSION.fullmatch(str(data.get("schema_version"))) if isinstance(data, dict) else None
    if version is None:
        raise NoReport(f"{path} is no report of {TOOL}")
    major = FORMAT.partition(".")[0]
    if int(version[1]) > int(major):
        raise NoReport(f"{path} is a report of format {version[0]}, this {TOOL} reads {major}: update it")
    if lack := _lack(data):
        raise NoReport(f"{path} is no whole report of {TOOL}: {lack}")
    return Side(_cleaned(data))


def _lack(data: dict[str, Any]) -> str:
    """Return what does not fit the schema, nothing where all does."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 30 ms that only `diff` pays
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    checker = Draft202012Validator.FORMAT_CHECKER
    schema = read_schema("pytest_productops.reports", "report.schema.json")
    error = best_match(Draft202012Validator(schema, format_checker=checker).iter_errors(data))
    return clean(f"{dotted(tuple(error.absolute_path))}: {error.message[:200]}".lstrip(": ")) if error else ""


def _cleaned(value: Any) -> Any:
    """Return data whose texts hold nothing that a terminal obeys: a report may come from anybody."""
    if isinstance(value, dict):
        return {clean(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return clean(value) if isinstance(value, str) else value
