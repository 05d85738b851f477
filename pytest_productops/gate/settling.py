"""What the policy makes of a rule's findings: waived, known since adoption, advisory, or a failure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from pytest_productops.facts.waivers import InlineWaivers, Waiver, Waivers
from pytest_productops.facts.waivers.model import Accepting
from pytest_productops.gate.adopted import matched
from pytest_productops.model import Accepted, Finding, Outcome, Rule, Settled
from pytest_productops.policy.terms import Terms
from pytest_productops.repository import Repository
from pytest_productops.text import clean

NOBODY = "and the settings let nobody accept findings of"


def settled(
    rule: Rule, findings: Iterable[Finding], terms: Terms, repository: Repository
) -> Iterator[Settled]:
    """Yield each finding with what becomes of it, and why."""
    findings = tuple(findings)
    known = {
        key: terms.known[entry] for entry, key in matched(terms.known, _keys(findings), repository).items()
    }
    advisory = terms.advisory(rule, repository.now)
    for finding in findings:
        waiver, over = _waivers(rule, finding, repository)
        if not terms.waivable and (waiver or finding.key in known) and not advisory:
            yield Settled(
                finding, why=f"{'a waiver' if waiver else 'the baseline'} covers it, {NOBODY} {rule.code}"
            )
        elif waiver:
            yield Settled(finding, Outcome.WAIVED, clean(str(waiver)), _by(waiver))
        elif finding.key in known:
            since = known[finding.key]
            yield Settled(finding, Outcome.BASELINED, f"known since {since}", Accepted("baseline", since))
        elif advisory:
            yield Settled(finding, Outcome.ADVISORY, advisory, _by(over))
        else:
            yield Settled(finding, why=_ended(over, repository.now) if over else "", accepted=_by(over))


def _keys(findings: Iterable[Finding]) -> set[str]:
    return {finding.key for finding in findings}


def _waivers(rule: Rule, finding: Finding, repository: Repository) -> tuple[Waiver | None, Waiver | None]:
    """Return the waiver that covers a finding, and the one that did until it ended."""
    places: list[Accepting] = [repository[Waivers], repository[InlineWaivers]]
    holding = (each.accept(rule, finding, repository.now) for each in places)
    over = (each.ended(rule, finding, repository.now) for each in places)
    return next(filter(None, holding), None), next(filter(None, over), None)


def _by(waiver: Waiver | None) -> Accepted | None:
    if waiver is None:
        return None
    return Accepted("waiver", waiver.expires, clean(waiver.owner), clean(waiver.reason))


def _ended(waiver: Waiver, today: datetime.date) -> str:
    days = (today - waiver.expires).days
    ago = f"{days} day{'s' if days > 1 else ''} ago"
    return clean(f"the waiver ended {waiver.expires} ({ago}), {waiver.owner}: {waiver.reason}")
