"""Mended: all wanted fixes at once, and again on what they leave, until nothing is left that they mend."""

from __future__ import annotations

from collections.abc import Iterable, Set

from pytest_productops.edits import Safety
from pytest_productops.facts.files import Files
from pytest_productops.fixing.model import Fix, Subject, Unfit
from pytest_productops.fixing.offering import Offer, offers
from pytest_productops.fixing.tree import Changes, Tree
from pytest_productops.gate import Gate
from pytest_productops.lazy import dataclass

ROUNDS = 8
"""Most times that fixes are made on what others leave."""


@dataclass(frozen=True)
class Mended:
    """What was mended, what remains, and what the files hold then; nothing of it is written yet."""

    done: tuple[Offer, ...]
    left: tuple[Offer, ...]
    changes: Changes


def mended(gate: Gate, codes: Iterable[str], wanted: Set[Safety]) -> Mended:
    """Mend the findings of some rules by the fixes of some kinds; what a scaffold is made for counts as done."""
    asked, first = frozenset(codes), gate.files
    rules = tuple(rule for rule in gate.rules if rule.code in asked)
    done: dict[Subject, Offer] = {}
    written: dict[str, bytes] = {}
    found = offers(gate, gate.verdicts(rules))
    known = {_subject(each) for each in found}
    for _ in range(ROUNDS):
        fixes = {each.fix.subject: each for each in found if each.fix and each.fix.safety in wanted}
        changes, taken = changed(Tree(gate.files), [each.fix for each in fixes.values() if each.fix])
        if not changes:
            break
        done |= {fix.subject: fixes[fix.subject] for fix in taken}
        written |= {path: after for path, (_, after) in changes.items()}
        gate = gate.beside({path: after for path, (_, after) in changes.items()})
        found = offers(gate, gate.verdicts(rules))
    made = {p for each in done.values() if each.fix and each.fix.safety == "scaffold" for p in each.fix.paths}
    left = (each for each in found if _subject(each) not in done)
    told = (each for each in left if _subject(each) in known or not _within(each, made))
    texts = {path: (_held(first, path), after) for path, after in written.items()}
    return Mended(tuple(done.values()), tuple(told), dict(sorted(texts.items())))


def _within(offer: Offer, paths: Set[str]) -> bool:
    """Whether a finding is in one of the files."""
    place = offer.settled.finding.location
    return place is not None and place.path in paths


def changed(tree: Tree, fixes: Iterable[Fix]) -> tuple[Changes, tuple[Fix, ...]]:
    """Return what the files of a tree hold after as many of the fixes as go together, and these fixes."""
    made = tuple(fix for fix in fixes if _taken(tree, fix))
    return tree.changes, made


def _taken(tree: Tree, fix: Fix) -> bool:
    try:
        return tree.take(fix.edits)
    except Unfit:
        return False


def _held(files: Files, path: str) -> bytes | None:
    return files.read_bytes(path) if path in files else None


def _subject(offer: Offer) -> Subject:
    return offer.verdict.rule.code, offer.verdict.component, offer.settled.finding.key
