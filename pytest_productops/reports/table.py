"""CSV for a spreadsheet: a line a finding, and one for each result without any.

A cell that a spreadsheet would take for a formula begins with an apostrophe
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from pytest_productops.reports.plain import Plain

COLUMNS = (
    "rule", "name", "responsibility", "level", "component", "outcome", "path", "line", "message", "fix", "why",
    "key", "fingerprint",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The last four are the first four as East Asian keyboards write them: some spreadsheets take them alike."""


def render(data: dict[str, Any]) -> str:
    """Return the report as comma-separated values, with a line of headings."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in _rows(data):
        writer.writerow({name: _cell(row.get(name, "")) for name in COLUMNS})
    return out.getvalue()


def _rows(data: dict[str, Any]) -> Iterator[Plain]:
    rules = {rule["code"]: rule for rule in data["rules"]}
    for result in data["results"]:
        rule = {name: rules[result["rule"]][name] for name in ("name", "responsibility", "level")}
        of = {"rule": result["rule"], "component": result["component"], **rule}
        yield from ({**of, **_placed(each)} for each in result["findings"])
        if not result["findings"]:
            yield {**of, "outcome": result["outcome"], "why": result["reason"]}
    for each in data["stale"]:
        yield {"rule": each["of"], "name": "unused", **_placed(each)}


def _placed(finding: Plain) -> Plain:
    place = finding["location"] or {"path": "", "line": 0}
    return {**finding, "path": place["path"], "line": place["line"] or ""}


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text
