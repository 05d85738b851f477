"""A line a finding, `path:line: severity CODE message`, as compilers write it: for editors and grep."""

from __future__ import annotations

from typing import Any

from pytest_productops.reports.entries import Entry, entries
from pytest_productops.reports.summary import of_report


def render(data: dict[str, Any]) -> str:
    """Return the findings, and the summary as the last line."""
    word = "Passed" if data["summary"]["verdict"] == "pass" else "Failed"
    return "\n".join([*(_line(each) for each in entries(data)), f"{word}: {of_report(data)}."]) + "\n"


def _line(entry: Entry) -> str:
    subject = f"{entry.component}::{entry.code}" if entry.component else entry.code
    return f"{entry.path}:{entry.line}: {entry.severity} {subject} {entry.message}"
