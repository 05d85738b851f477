"""What other settings would change on one repository: keys, rules, and the verdicts that follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.gate import Gate
from pytest_productops.lazy import dataclass
from pytest_productops.model import Verdict


@dataclass(frozen=True)
class Change:
    """What differs from the first gate to the second: `keys` by name, each with both values, and verdicts.

    Of `verdicts` there are only those that say something else.
    """

    keys: tuple[tuple[str, Any, Any], ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    verdicts: tuple[tuple[Verdict | None, Verdict | None], ...]


def compared(old: Gate, new: Gate) -> Change:
    """Return what changes; only rules whose selection or terms differ are judged."""
    before, after = old.settings.stack, new.settings.stack
    codes = {
        rule.code for gate in (old, new) for rule in gate.settings.rules if _differs(rule.code, old, new)
    }
    return Change(
        keys=tuple(_keys(old, new)),
        came=tuple(sorted(after.selected - before.selected)),
        went=tuple(sorted(before.selected - after.selected)),
        verdicts=tuple(_verdicts(codes, old, new)),
    )


def _differs(code: str, old: Gate, new: Gate) -> bool:
    rule = old.settings.stack.catalogue.get(code)
    selected = {code in gate.settings.stack.selected for gate in (old, new)}
    return len(selected) > 1 or (rule is not None and old.settings.terms(rule) != new.settings.terms(rule))


def _keys(old: Gate, new: Gate) -> Iterator[tuple[str, Any, Any]]:
    before, after = old.settings.stack, new.settings.stack
    for key in sorted({*before.resolved, *after.resolved}):
        was, now = before.value(key), after.value(key)
        if was != now and not key.startswith(("ignore.", "select", "extend-select")):
            yield key, was, now


def _verdicts(codes: set[str], old: Gate, new: Gate) -> Iterator[tuple[Verdict | None, Verdict | None]]:
    was, now = ({v.subject: v for v in gate.verdicts(_rules(codes, gate))} for gate in (old, new))
    for subject in sorted({*was, *now}):
        before, after = was.get(subject), now.get(subject)
        if _said(before) != _said(after):
            yield before, after


def _said(verdict: Verdict | None) -> Any:
    """Return what a verdict says, whatever the terms are called that it was given under."""
    if verdict is None:
        return None
    found = {(each.finding.key, each.finding.message, each.outcome) for each in verdict.findings}
    return verdict.outcome, found


def _rules(codes: set[str], gate: Gate) -> list[Any]:
    return [rule for rule in gate.settings.rules if rule.code in codes]
