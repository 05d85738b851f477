"""The engine: rules x repository -> Report. It knows no pytest and prints nothing."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytest_productops.facts.components import Component, Components
from pytest_productops.facts.waivers import Waivers
from pytest_productops.model import (
    Evidence,
    Finding,
    Location,
    NotApplicable,
    Outcome,
    Report,
    Rule,
    Settled,
    Verdict,
)
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Fact, Repository, Unavailable
from pytest_productops.text import clean

ROOT = Component()
FRAMES = 3
"""How many frames of a crashed rule's traceback are kept."""


def open_repository(root: Path, settings: Settings) -> Repository:
    """Return the repository as the settings see it: their clock, their declared places and their waivers."""
    known = [settings.waivers, settings.rulebook]
    return Repository(root, now=settings.now, artifacts=settings.artifacts, known=known)


def run(root: Path, settings: Settings) -> Report:
    """Judge a repository by all selected rules."""
    repository = open_repository(root, settings)
    verdicts = tuple(
        judge(rule, repository, settings.options_of(rule), component)
        for rule in settings.rules
        for component in components_of(rule, repository)
    )
    return Report(repository.root.name, settings.profile, verdicts)


def components_of(rule: Rule, repository: Repository) -> tuple[Component, ...]:
    """Return what a rule is asked about: every component where it takes one, else the root."""
    if Component not in rule.needs:
        return (ROOT,)
    try:
        return repository[Components].all
    except Unavailable:  # judging the root will say why
        return (ROOT,)


def judge(
    rule: Rule, repository: Repository, options: Mapping[str, Any], component: Component = ROOT
) -> Verdict:
    """Gather the facts that a rule needs and call it. A rule that raises is an error of that rule alone."""
    return replace(_judged(rule, repository, options, component), component=component.folder)


def _judged(rule: Rule, repository: Repository, options: Mapping[str, Any], component: Component) -> Verdict:
    with (
        warnings.catch_warnings()
    ):  # filters of the surrounding run must not reach parsers of the target's files
        warnings.simplefilter("ignore")
        try:
            facts = [_gathered(fact, repository, component) for fact in rule.needs]
            said = list(rule.check(*facts, **options) or ())
        except NotApplicable as reason:
            return Verdict(rule, Outcome.NOT_APPLICABLE, reason=clean(str(reason)))
        except Unavailable as reason:
            return Verdict(rule, Outcome.UNKNOWN, reason=clean(str(reason)))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a rule raises is its own error
            return _crashed(rule, error)
    rests_on = tuple(_seen(each) for each in said if isinstance(each, Evidence))
    found = sorted((_cleaned(each) for each in said if isinstance(each, Finding)), key=lambda f: f.order)
    return settle(rule, [_settled(rule, finding, repository) for finding in found], rests_on)


def _gathered(fact: type[Fact], repository: Repository, component: Component) -> Fact:
    """Return a fact about the repository, or the component itself where a rule asks for it."""
    if fact is Component and component.folder:
        return component
    return repository[fact]


def _settled(rule: Rule, finding: Finding, repository: Repository) -> Settled:
    """Say what the policy makes of a finding."""
    waiver = repository[Waivers].accept(rule, finding, repository.now)
    return Settled(finding, Outcome.WAIVED, clean(str(waiver))) if waiver else Settled(finding)


def settle(rule: Rule, settled: Iterable[Settled], evidence: tuple[Evidence, ...] = ()) -> Verdict:
    """Return the verdict that a rule's findings add up to."""
    settled = tuple(settled)
    return Verdict(rule, overall(settled), settled, evidence=evidence)


def overall(settled: Iterable[Settled]) -> Outcome:
    """Return the outcome of a rule whose findings ended so: the worst of them, pass where there is none."""
    ended = {each.outcome for each in settled}
    order = (Outcome.FAIL, Outcome.ADVISORY, Outcome.WAIVED, Outcome.BASELINED)
    return next((outcome for outcome in order if outcome in ended), Outcome.PASS)


def _crashed(rule: Rule, error: BaseException) -> Verdict:
    frames = traceback.format_exception(type(error), error, error.__traceback__, limit=-FRAMES)
    reason = clean(f"{type(error).__name__}: {error}")
    return Verdict(
        rule, Outcome.ERROR, reason=reason, traceback=clean("".join(frames), keep="\n", limit=4000)
    )


def _cleaned(finding: Finding) -> Finding:
    """Return a finding whose texts hold nothing that a terminal or a log obeys."""
    at, evidence = finding.location, finding.evidence
    return replace(
        finding,
        key=clean(finding.key),
        message=clean(finding.message),
        fix=clean(finding.fix),
        location=_shown(at) if at and at.path else None,
        evidence=tuple(_seen(each) for each in evidence),
    )


def _seen(evidence: Evidence) -> Evidence:
    return Evidence(_shown(evidence.location), clean(evidence.note))


def _shown(location: Location) -> Location:
    return Location(clean(location.path), location.line)
