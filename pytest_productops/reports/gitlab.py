"""GitLab's Code Quality: a list of what fails and what is advised, with the fields that GitLab reads.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from pytest_productops.reports.entries import entries

_SEVERITY = {"error": "major", "warning": "minor"}


def render(data: dict[str, Any]) -> str:
    """Return the report as a Code Quality report."""
    found = [
        {
            "description": f"{each.title}: {each.message}",
            "check_name": each.code,
            "fingerprint": each.id,
            "severity": _SEVERITY[each.severity],
            "location": {"path": each.path, "lines": {"begin": each.line}},
        }
        for each in entries(data)
    ]
    return json.dumps(found, indent=2) + "\n"
