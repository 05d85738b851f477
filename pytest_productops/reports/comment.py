"""The Markdown of a job's summary, as short as a comment must be, and with a mark to find the comment again."""

from __future__ import annotations

from typing import Any

from pytest_productops.reports import markdown
from pytest_productops.reports.gfm import COMMENT
from pytest_productops.reports.sections import fitted

MARK = "<!-- pytest-productops -->"
"""How the comment begins: the next run looks for it and replaces the comment."""


def render(data: dict[str, Any]) -> str:
    """Return the report for the comment on a change."""
    return fitted(f"{MARK}\n{markdown.head(data)}", markdown.sections(data), COMMENT)
