"""Verified: a fix is tried on the files in memory, and its rule judges them again.

All fixes are tried at once. Where that goes wrong for a rule, those of that rule are tried one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pytest_productops.facts.components import Component
from pytest_productops.fixing.model import Fix, Subject, Unfit
from pytest_productops.fixing.tree import Changes, Tree
from pytest_productops.gate import Gate
from pytest_productops.model import UNJUDGED, Finding, Rule

MOST = 40
"""Most times that several fixes are tried, and most that are tried one by one; each costs as much as judging."""
TOO_MANY = "too many to try"
STAYS = "the finding would stay"
BRINGS = "it would bring another finding"
BLIND = "its rule could not judge then"
PASSES = "it would satisfy the rule without a person"


def refused(gate: Gate, fixes: Sequence[Fix], read: Tree) -> dict[Subject, str]:
    """Return the fixes that do not hold, with the reason; `read` is of the gate's files."""
    reasons: dict[Subject, str] = {}
    waiting, singles = list(fixes), list[Fix]()
    for _ in range(MOST):
        if not waiting:
            break
        tree = read.bare()
        together, waiting = _together(tree, waiting)
        wrong = dict(_wrong(gate, tree, together))
        if len(together) == 1:
            reasons |= wrong
        else:
            rules = {subject[:2] for subject in wrong}
            singles += [fix for fix in together if fix.subject[:2] in rules]
    for fix in singles[:MOST]:
        tree = read.bare()
        reasons |= dict(_wrong(gate, tree, _together(tree, [fix])[0]))
    return reasons | {fix.subject: TOO_MANY for fix in (*singles[MOST:], *waiting)}


def _together(tree: Tree, fixes: Iterable[Fix]) -> tuple[list[Fix], list[Fix]]:
    """Take the fixes that can be made at once; return them and the rest. One at least is among the first."""
    taken: list[Fix] = []
    left: list[Fix] = []
    for fix in fixes:
        (taken if tree.take(fix.edits) else left).append(fix)
    return taken, left


def _wrong(gate: Gate, tree: Tree, fixes: Sequence[Fix]) -> Iterator[tuple[Subject, str]]:
    """Yield what is wrong with fixes that a tree has taken."""
    try:
        changes = tree.changes
    except Unfit as reason:
        yield from ((fix.subject, str(reason)) for fix in fixes)
        return
    after = gate.beside({path: new for path, (_, new) in changes.items()})
    for rule, component in dict.fromkeys((fix.rule.code, fix.component) for fix in fixes):
        own = [fix for fix in fixes if fix.subject[:2] == (rule, component)]
        yield from _unmended(gate, after, own, changes)


def _unmended(
    before: Gate, after: Gate, fixes: Sequence[Fix], changes: Changes
) -> Iterator[tuple[Subject, str]]:
    """Yield the fixes of one rule and component that do not do what they are for."""
    rule, component = fixes[0].rule, fixes[0].component
    was = {finding.key for finding in _found(before, rule, component) or ()}
    now = _found(after, rule, component)
    if now is None:
        yield from ((fix.subject, BLIND) for fix in fixes)
        return
    keys = {finding.key for finding in now}
    fresh = [finding for finding in now if finding.key not in was]
    scaffolded = any(fix.safety == "scaffold" for fix in fixes)
    for fix in fixes:
        if fix.safety == "scaffold":
            told = any(finding.location and finding.location.path in changes for finding in fresh)
            if fix.finding.key not in keys and not told:
                yield fix.subject, PASSES
        elif fix.finding.key in keys:
            yield fix.subject, STAYS
        elif fresh and not scaffolded:
            yield fix.subject, BRINGS


def _found(gate: Gate, rule: Rule, component: str) -> tuple[Finding, ...] | None:
    """Return what a rule finds, nothing where it has nothing to judge; None where it cannot tell."""
    place = next((each for each in gate.components_of(rule) if each.folder == component), Component())
    verdict = gate.judge(rule, place)
    return None if verdict.outcome in UNJUDGED else tuple(settled.finding for settled in verdict.findings)
