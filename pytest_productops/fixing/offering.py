"""Offers: for each finding that fails or is advisory the fix that its rule knows, verified, or why there is none."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator

from pytest_productops.edits import Edit, Insert
from pytest_productops.facts.components import Component
from pytest_productops.facts.files import Unreadable
from pytest_productops.fixing.model import Fix, Subject, Unfit
from pytest_productops.fixing.tree import Tree
from pytest_productops.fixing.verifying import refused
from pytest_productops.gate import Gate
from pytest_productops.lazy import dataclass
from pytest_productops.model import Fixer, NotApplicable, Outcome, Settled, Verdict
from pytest_productops.repository import Unavailable
from pytest_productops.text import clean

OPEN = frozenset({Outcome.FAIL, Outcome.ADVISORY})
"""What is to be mended: neither what is waived nor what the baseline knows."""
NONE = "no fix is certain"


@dataclass(frozen=True)
class Offer:
    """A finding that is to be mended with its fix, or with why there is none."""

    verdict: Verdict
    settled: Settled
    fix: Fix | None = None
    why: str = ""


def offers(gate: Gate, verdicts: Iterable[Verdict]) -> tuple[Offer, ...]:
    """Return an offer for each finding that is to be mended, in order."""
    tree = Tree(gate.files)
    found = [
        _proposed(gate, tree, verdict, settled)
        for verdict in verdicts
        for settled in verdict.findings
        if settled.outcome in OPEN
    ]
    reasons = refused(gate, [offer.fix for offer in found if offer.fix], tree)
    return tuple(_judged(offer, reasons) for offer in found)


def _judged(offer: Offer, reasons: dict[Subject, str]) -> Offer:
    why = reasons.get(offer.fix.subject) if offer.fix else None
    return Offer(offer.verdict, offer.settled, None, why) if why else offer


def _proposed(gate: Gate, tree: Tree, verdict: Verdict, settled: Settled) -> Offer:
    """Return the first fix that can be made; the last reason where none can."""
    why = NONE if verdict.rule.fixers else "its rule has no fix"
    for fixer in verdict.rule.fixers:
        try:
            edits = tuple(_made(gate, fixer, verdict, settled))
            if edits:
                _refuse_twice(gate, fixer, edits)
                tree.bare().take(edits)
                place = verdict.rule, verdict.component, settled.finding
                return Offer(verdict, settled, Fix(*place, fixer.safety, fixer.title, edits))
        except (Unfit, Unreadable, NotApplicable, Unavailable) as reason:
            why = clean(str(reason))
        except Exception as error:  # noqa: BLE001 - as a rule that crashes, a fix that does must not end the run
            why = clean(f"its fix crashed: {type(error).__name__}: {error}")
    return Offer(verdict, settled, why=why)


def _refuse_twice(gate: Gate, fixer: Fixer, edits: Iterable[Edit]) -> None:
    """Raise `Unfit` where a scaffold was made before, since its rule keeps failing."""
    for edit in edits if fixer.safety == "scaffold" else ():
        if isinstance(edit, Insert) and edit.path in gate.files:
            text = edit.text.strip("\n")
            if f"\n{text}\n" in f"\n{gate.files.read(edit.path)}\n":
                raise Unfit("its scaffold is there, and waits for you")


def _made(gate: Gate, fixer: Fixer, verdict: Verdict, settled: Settled) -> Iterator[Edit]:
    """Call a fixer with the facts and options that it wants."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        component = next((c for c in gate.components_of(verdict.rule) if c.folder == verdict.component), None)
        facts = [
            component if need is Component and component else gate.repository[need] for need in fixer.needs
        ]
        given = verdict.rule.with_defaults(verdict.options)
        options = {name: given[name] for name in fixer.options}
        yield from fixer.make(settled.finding, *facts, **options)
