"""Objectives in Terraform: Datadog and Google Cloud."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.formats.hcl import blocks
from pytest_productops.facts.slos.model import Objective, Part
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_TYPES = frozenset(
    {"datadog_service_level_objective", "google_monitoring_slo", "newrelic_service_level", "nobl9_slo"}
)
_HAS: tuple[tuple[Part, str], ...] = (
    ("indicator", r"\bquery\b|monitor_ids|sli_specification|_sli\b|\bindicator\b|\bevents\b"),
    ("target", r"\btarget\b|\bgoal\b"),
    ("window", r"timeframe|rolling_period_days|calendar_period|time_window|rolling"),
    ("owner", r"\bteam\b|\bowner\b|team:"),
)
_PATTERNS = tuple((part, regex(pattern)) for part, pattern in _HAS)


def objectives(text: str, path: str) -> Iterator[Objective]:
    """Yield the objectives of a file; a value that is an expression counts as there."""
    if not any(name in text for name in _TYPES):
        return
    for block in blocks(text, "resource"):
        if block.labels and block.labels[0] in _TYPES:
            has = frozenset(part for part, pattern in _PATTERNS if pattern.search(block.body))
            yield Objective(block.labels[-1], Location(path, block.line), has)
