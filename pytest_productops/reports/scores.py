"""Scores: a number to inform, from 0 to 100; what decides is the gate.

100 x (passes + half the advisories) / (passes + advisories + fails). In the raw score what is waived or in the
baseline counts as a fail. What is not applicable, unknown or crashed is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pytest_productops.model import RESPONSIBILITIES, Outcome
from pytest_productops.reports.plain import Plain


def score(counts: Mapping[str, int], *, raw: bool = False) -> float | None:
    """Return the score of results that ended so, with one decimal; None where nothing counts."""
    good = counts["pass"] + counts["advisory"] / 2
    accepted = counts["waived"] + counts["baselined"] if raw else 0
    number = counts["pass"] + counts["advisory"] + counts["fail"] + accepted
    return round(100 * good / number, 1) if number else None


def counted(results: Iterable[Plain]) -> dict[str, int]:
    """Return how many results ended how, every outcome in its order."""
    counts = Counter(result["outcome"] for result in results)
    return {outcome.value: counts[outcome.value] for outcome in Outcome}


def summary(results: Iterable[Plain], rules: Iterable[Plain]) -> dict[str, Any]:
    """Return the part of a report's summary that tells scores: of all results, and by responsibility."""
    results = list(results)
    homes = {rule["code"]: rule["responsibility"] for rule in rules}
    families = [
        {"id": name, **_scored(counted(r for r in results if homes[r["rule"]] == name))}
        for name in RESPONSIBILITIES.values()
    ]
    whole = _scored(counted(results))
    return {"score": whole["score"], "raw_score": whole["raw_score"], "responsibilities": families}


def _scored(counts: dict[str, int]) -> Plain:
    return {"score": score(counts), "raw_score": score(counts, raw=True), "counts": counts}
