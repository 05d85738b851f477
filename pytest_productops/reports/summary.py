"""How a report ends in words: what was judged and what became of it. Both faces print the same line."""

from __future__ import annotations

from collections.abc import Iterable

from pytest_productops.model import UNJUDGED, Outcome

WORDS = {
    Outcome.PASS: "passed",
    Outcome.FAIL: "failed",
    Outcome.ADVISORY: "advisory",
    Outcome.WAIVED: "waived",
    Outcome.BASELINED: "baselined",
    Outcome.NOT_APPLICABLE: "not applicable",
    Outcome.UNKNOWN: "unknown",
    Outcome.ERROR: "crashed",
}


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return `11 of 13 selected rules could judge: 6 passed, 5 failed, ...`; not applicable is a judgement."""
    ended = list(outcomes)
    unjudged = sum(outcome in UNJUDGED for outcome in ended)
    counts = ", ".join(f"{ended.count(o)} {word}" for o, word in WORDS.items() if o in ended)
    rules = "rule" if len(ended) == 1 else "rules"
    return f"{len(ended) - unjudged} of {len(ended)} selected {rules} could judge: {counts}"
