"""Patches: the fix of each finding as a diff of its own, for reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pytest_productops.edits import Safety
from pytest_productops.fixing import diff
from pytest_productops.fixing.mending import changed
from pytest_productops.fixing.model import Fix, Subject
from pytest_productops.fixing.offering import offers
from pytest_productops.fixing.tree import Tree
from pytest_productops.gate import Gate
from pytest_productops.text import clean

MOST = 100
"""So many fixes of one report have a diff: each compares a whole file."""


class Patch(NamedTuple):
    """A fix for a report.

    `diff` is empty for those beyond `MOST`, and where it would hold what a terminal obeys, or is no UTF-8.
    """

    safety: Safety
    title: str
    diff: str


def patches(gate: Gate, failed: Iterable[tuple[str, str]]) -> dict[Subject, Patch]:
    """Return what mends the findings of rules that failed, given as (code, component), in the findings' order.

    Each diff stands alone. It costs nothing where none of the rules has a fixer, and one more judgement of those that
    have else.
    """
    places = set(failed)
    rules = [rule for rule in gate.rules if rule.fixers and any(code == rule.code for code, _ in places)]
    verdicts = (
        gate.judge(rule, component)
        for rule in rules
        for component in gate.components_of(rule)
        if (rule.code, component.folder) in places
    )
    fixes = {offer.fix.subject: offer.fix for offer in offers(gate, verdicts) if offer.fix}
    tree = Tree(gate.files)
    return {
        subject: Patch(fix.safety, fix.title, _diff(tree.bare(), fix) if number < MOST else "")
        for number, (subject, fix) in enumerate(fixes.items())
    }


def _diff(tree: Tree, fix: Fix) -> str:
    return _shown(diff.render(changed(tree, [fix])[0]))


def _shown(data: bytes) -> str:
    """Return a diff as text, nothing where showing it as it is would be unsafe."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    plain = text.replace("\r\n", "\n")
    return text if clean(plain, keep="\n\t", limit=len(plain)) == plain else ""
