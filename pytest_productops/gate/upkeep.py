"""Waivers and baseline entries that cover nothing any more, what a change edits of both, and waivers that end soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pytest_productops.facts.components import Components
from pytest_productops.facts.waivers import InlineWaivers, Waiver, Waivers
from pytest_productops.gate.adopted import home, matched
from pytest_productops.gate.edited import edits
from pytest_productops.gate.settling import NOBODY
from pytest_productops.model import UNJUDGED, Location, Outcome, Stale, Verdict
from pytest_productops.policy import baseline, document, waivers
from pytest_productops.policy.baseline import Baseline
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Repository
from pytest_productops.text import clean

WAIVERS, BASELINE, POLICY = "waivers", "baseline", "policy"
ITEMS = (WAIVERS, BASELINE, POLICY)
"""What can be stale, and what a change edits of what it is judged by; in pytest each is an item."""
SOON = 30
"""How many days before its end a waiver is announced."""


def announced(repository: Repository) -> Iterator[str]:
    """Yield a sentence for each waiver that ends within 30 days."""
    for waiver in sorted(_holding(repository), key=lambda each: (each.expires, each.name)):
        days = (waiver.expires - repository.now).days
        if days <= SOON:
            when = f"in {days} day{'s' if days > 1 else ''}" if days else "today"
            yield clean(f"the waiver of {waiver.name} ends {when} ({waiver.expires}, {waiver.owner})")


def concerned(of: str, settings: Settings, repository: Repository) -> set[str]:
    """Return the codes of the rules that waivers or entries of the baseline name."""
    if of == POLICY:
        return set()
    if of == WAIVERS:
        return {settings.rulebook.code(waiver.rule) for waiver in _holding(repository)}
    return {subject.rpartition("::")[2] for subject in settings.baseline.entries}


def stale(
    of: str, verdicts: tuple[Verdict, ...], settings: Settings, repository: Repository
) -> Iterator[Stale]:
    """Yield what covers nothing, as far as the verdicts can tell; or what a change edits."""
    if of == POLICY:
        for edit in edits(settings, repository):
            outcome = Outcome.FAIL if edit.wrong else Outcome.ADVISORY
            yield Stale(
                of, clean(edit.key), clean(edit.message), _shown(edit.location), clean(edit.fix), outcome
            )
        return
    outcome = Outcome.FAIL if settings.in_ci else Outcome.ADVISORY
    found = (
        _waivers(verdicts, settings, repository)
        if of == WAIVERS
        else _entries(verdicts, settings, repository)
    )
    for key, message, location, fix in found:
        yield Stale(of, clean(key), clean(message), _shown(location), fix, outcome)


def _shown(location: Location | None) -> Location | None:
    return Location(clean(location.path), location.line) if location else None


Told = tuple[str, str, "Location | None", str]
"""A key, what is wrong, where, and what to do."""


def _waivers(verdicts: tuple[Verdict, ...], settings: Settings, repository: Repository) -> Iterator[Told]:
    for waiver in _left(_holding(repository), settings, repository):
        code = settings.rulebook.code(waiver.rule)
        own = [verdict for verdict in verdicts if verdict.rule.code == code]
        rule = settings.stack.catalogue.get(code)
        why = ""
        if rule and not settings.terms(rule).waivable:
            why = f"does not count, {NOBODY} {code}"
        elif code not in settings.rulebook.applied:
            why = "is not needed: the rule is not applied"
        elif own and not any(each.outcome in UNJUDGED for each in own) and not _covers_any(waiver, own):
            why = "covers no finding"
        if why:
            message = f"the waiver of {waiver.name} {why}"
            yield waiver.name, message, waiver.location, "delete it, or run `productops waive --prune`"


def _left(holding: list[Waiver], settings: Settings, repository: Repository) -> Iterator[Waiver]:
    """Yield the waivers that the change which is judged has not taken out itself."""
    now = _now(settings, repository)
    said = [replace(each, location=None) for each in now.waivers.all] if now else []
    for waiver in holding:
        if now is None or waiver.lines or replace(waiver, location=None) in said:
            yield waiver


class _Now(NamedTuple):
    """What the working tree says, where settings come from a commit."""

    waivers: Waivers
    baseline: Baseline


def _now(settings: Settings, repository: Repository) -> _Now | None:
    """Return what the working tree says; None where that is what is judged by, or where it cannot be read."""
    if settings.trusted is None or not settings.trusted.adopted:
        return None
    found, known = document.load(repository.root), baseline.load(repository.root, settings.baseline.path)
    if found.problems or known.problems:
        return None
    return _Now(waivers.read(found), known)


def _covers_any(waiver: Waiver, verdicts: Iterable[Verdict]) -> bool:
    return any(waiver.covers(v.rule, settled.finding) for v in verdicts for settled in v.findings)


def _holding(repository: Repository) -> list[Waiver]:
    today = repository.now
    return [*repository[Waivers].holding(today), *repository[InlineWaivers].holding(today)]


def _entries(verdicts: tuple[Verdict, ...], settings: Settings, repository: Repository) -> Iterator[Told]:
    judged = {verdict.subject: verdict for verdict in verdicts}
    now = _now(settings, repository)
    for subject, table in settings.baseline.entries.items():
        verdict = judged.get(home(subject, repository))
        why = _unneeded(subject, settings, repository)
        gone = set(table) if why else set()
        if verdict and verdict.outcome not in UNJUDGED:
            keys = [each.finding.key for each in verdict.findings]
            gone, why = set(table) - set(matched(table, keys, repository)), "is not found any more"
        gone &= set(now.baseline.entries.get(subject, ())) if now else gone
        for key in sorted(gone):
            name = f"{subject} {key}"
            yield name, f"{name} {why}", settings.baseline.location(subject, key), "run `productops baseline`"


def _unneeded(subject: str, settings: Settings, repository: Repository) -> str:
    """Return why the entries of a subject are not needed, whatever the verdicts; nothing where they may be."""
    component, _, code = home(subject, repository).rpartition("::")
    if code not in settings.rulebook.applied:
        return "belongs to a rule that is not applied"
    folders = {each.folder for each in repository[Components].all} if component else {""}
    return "" if component in folders else "belongs to a component that is gone"
