"""A JSON report read back: a file from anybody, so it is held to the schema, and its texts are made harmless."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pytest_productops.facts.formats.schema import dotted, read_schema
from pytest_productops.reports import scores
from pytest_productops.reports.json_report import FORMAT, TOOL
from pytest_productops.reports.plain import Plain
from pytest_productops.text import clean

MOST = 64 * 2**20
"""The largest report that is read, in bytes."""
_LINES = {".rules.why": 4_000, ".rules.fix": 4_000, ".results.findings.patch.diff": 100_000}
"""The texts that have lines, and how long they are at most, in characters."""
_VERSION = re.compile(r"(\d{1,9})\.\d{1,9}")


class NoReport(Exception):
    """A file is no report that can be read; the text is one sentence that names it."""


def load(path: Path) -> dict[str, Any]:
    """Return a report, with what later minor versions add; raise `NoReport` where a file is none."""
    try:
        with path.open("rb") as stream:
            text = stream.read(MOST + 1)
        if len(text) > MOST:
            raise NoReport(f"{clean(str(path))} is larger than {MOST >> 20} MiB")
        data = json.loads(text, parse_constant=_refused)
    except OSError as error:
        raise NoReport(f"{clean(str(path))} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise NoReport(f"{clean(str(path))} is no JSON") from error
    return _whole(data, clean(str(path)))


def cleaned(data: dict[str, Any]) -> dict[str, Any]:
    """Return a report whose texts hold nothing that a terminal, a log or a reader of XML obeys."""
    found: dict[str, Any] = _cleaned(data, "")
    return found


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _whole(data: Any, name: str) -> dict[str, Any]:
    version = _VERSION.fullmatch(str(data.get("schema_version"))) if isinstance(data, dict) else None
    if version is None:
        raise NoReport(f"{name} is no report of {TOOL}")
    major = FORMAT.partition(".")[0]
    if int(version[1]) > int(major):
        raise NoReport(f"{name} is a report of format {version[0]}, this {TOOL} reads {major}: update it")
    try:
        lack = _lack(data)
    except RecursionError:
        lack = "it is nested too deep"
    if lack:
        raise NoReport(f"{name} is no whole report of {TOOL}: {lack}")
    return _completed(data)


def _lack(data: dict[str, Any]) -> str:
    """Return what does not fit the schema, nothing where all does."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 30 ms that only a stored report costs
    from jsonschema.exceptions import best_match  # noqa: PLC0415

    checker = Draft202012Validator.FORMAT_CHECKER
    schema = read_schema("pytest_productops.reports", "report.schema.json")
    error = best_match(Draft202012Validator(schema, format_checker=checker).iter_errors(data))
    if error:
        return clean(f"{dotted(tuple(error.absolute_path))}: {error.message[:200]}".lstrip(": "))
    cleaned(data)
    known = {rule["code"] for rule in data["rules"]}
    strange = [result["rule"] for result in data["results"] if result["rule"] not in known]
    return clean(f"results: `{strange[0]}` is none of the rules") if strange else ""


def _completed(data: dict[str, Any]) -> dict[str, Any]:
    """Give a report of format 1.0 what 1.1 adds; one of 1.1 stays as it is."""
    added = scores.summary(data["results"], data["rules"])
    results = [
        {**result, "findings": [_with(each, {"patch": None, "anchor": None}) for each in result["findings"]]}
        for result in data["results"]
    ]
    return {
        **data,
        "summary": _with(data["summary"], added),
        "rules": [_with(rule, {"why": "", "fix": ""}) for rule in data["rules"]],
        "results": results,
        "stale": [_with(each, {"anchor": None}) for each in data["stale"]],
    }


def _with(given: Plain, added: Plain) -> Plain:
    """Return a table with what it lacks behind what it has."""
    return given | {name: value for name, value in added.items() if name not in given}


def _cleaned(value: Any, at: str) -> Any:
    if isinstance(value, dict):
        return {clean(key): _cleaned(inner, f"{at}.{key}") for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, at) for inner in value]
    if not isinstance(value, str):
        return value
    return clean(value, keep="\n\t", limit=_LINES[at]) if at in _LINES else clean(value)
