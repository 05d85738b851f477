"""How a report ends in words: what was judged and what became of it. Both faces print the same line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

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


def summary(outcomes: Iterable[tuple[str, Outcome]]) -> str:
    """Return `11 of 13 selected rules could judge: 6 passed, 5 failed, ...`; not applicable is a judgement.

    `outcomes` are pairs of a rule's code and how it ended. Where rules are asked about several components, their
    verdicts are counted: `50 of 52 verdicts of 13 selected rules could be given: ...`.
    """
    pairs = list(outcomes)
    ended = [outcome for _, outcome in pairs]
    judged = sum(outcome not in UNJUDGED for outcome in ended)
    counts = ", ".join(f"{ended.count(o)} {word}" for o, word in WORDS.items() if o in ended)
    number = len({code for code, _ in pairs})
    rules = _counted(number, criteria=any(code.startswith("done/") for code, _ in pairs))
    if number == len(ended):
        return f"{judged} of {rules} could judge: {counts}"
    return f"{judged} of {len(ended)} verdicts of {rules} could be given: {counts}"


def of_report(data: Mapping[str, Any]) -> str:
    """Return the same of a report's data."""
    return summary((result["rule"], Outcome(result["outcome"])) for result in data["results"])


def _counted(number: int, *, criteria: bool) -> str:
    if criteria:
        return f"{number} criteri{'a' if number > 1 else 'on'} of the stage"
    return f"{number} selected rule{'s' if number > 1 else ''}"
