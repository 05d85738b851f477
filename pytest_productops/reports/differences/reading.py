"""A JSON report read back, and by what its parts are found."""

from __future__ import annotations

import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_productops.reports.plain import Plain
from pytest_productops.reports.stored import cleaned, load

Place = tuple[str, str]
"""A rule's code and the component that it was asked about."""


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
    return Side(cleaned(load(path)))
