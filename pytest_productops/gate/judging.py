"""One rule on one repository or component: the facts that it needs, its findings, and how it ended."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Iterable
from dataclasses import replace

from pytest_productops.facts.components import Component
from pytest_productops.gate.settling import settled
from pytest_productops.model import (
    Evidence,
    Finding,
    Location,
    NotApplicable,
    Outcome,
    Rule,
    Settled,
    Verdict,
)
from pytest_productops.policy.terms import Terms
from pytest_productops.repository import Fact, Repository, Unavailable
from pytest_productops.text import clean

ROOT = Component()
FRAMES = 3
"""How many frames of a crashed rule's traceback are kept."""


class Lost(Exception):
    """No answer is to be had: it took too long, or the process that judges is gone; why, and where it was at work."""

    def __init__(self, reason: str, traceback: str = "") -> None:
        super().__init__(reason, traceback)
        self.reason, self.traceback = reason, traceback

    def __str__(self) -> str:
        return self.reason


def lost(rule: Rule, error: Lost, component: str = "") -> Verdict:
    """Return the verdict of a rule that could not be judged to the end."""
    return Verdict(
        rule, Outcome.ERROR, reason=clean(error.reason), component=component, traceback=error.traceback
    )


def judge(rule: Rule, repository: Repository, terms: Terms, component: Component = ROOT) -> Verdict:
    """Gather the facts that a rule needs and call it. A rule that raises is an error of that rule alone."""
    repository.looked_at = frozenset()
    said = _asked(rule, repository, terms, component)
    looked_at = repository.looked_at
    verdict = said if isinstance(said, Verdict) else _settled(rule, said, terms, repository)
    return replace(verdict, component=component.folder, options=terms.options, looked_at=looked_at)


def _asked(
    rule: Rule, repository: Repository, terms: Terms, component: Component
) -> list[Finding | Evidence] | Verdict:
    """Return what a rule says, or the verdict where it can say nothing."""
    with (
        warnings.catch_warnings()
    ):  # filters of the surrounding run must not reach parsers of the target's files
        warnings.simplefilter("ignore")
        try:
            facts = [_gathered(fact, repository, component) for fact in rule.needs]
            return list(rule.check(*facts, **terms.options) or ())
        except NotApplicable as reason:
            return Verdict(rule, Outcome.NOT_APPLICABLE, reason=clean(str(reason)))
        except Unavailable as reason:
            return Verdict(rule, Outcome.UNKNOWN, reason=clean(str(reason)))
        except Lost as error:
            return lost(rule, error)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever a rule raises is its own error, pytest.skip too
            return _crashed(rule, error)


def _settled(rule: Rule, said: list[Finding | Evidence], terms: Terms, repository: Repository) -> Verdict:
    rests_on = tuple(_seen(each) for each in said if isinstance(each, Evidence))
    found = sorted((_cleaned(each) for each in said if isinstance(each, Finding)), key=lambda f: f.order)
    return ended(rule, settled(rule, found, terms, repository), rests_on)


def _gathered(fact: type[Fact], repository: Repository, component: Component) -> Fact:
    """Return a fact about the repository, or the component itself where a rule asks for it."""
    if fact is Component and component.folder:
        return component
    return repository[fact]


def ended(rule: Rule, findings: Iterable[Settled], evidence: tuple[Evidence, ...] = ()) -> Verdict:
    """Return the verdict that a rule's findings add up to."""
    findings = tuple(findings)
    return Verdict(rule, overall(findings), findings, evidence=evidence)


def overall(findings: Iterable[Settled]) -> Outcome:
    """Return the outcome of a rule whose findings ended so: the worst of them, pass where there is none."""
    outcomes = {each.outcome for each in findings}
    order = (Outcome.FAIL, Outcome.ADVISORY, Outcome.BASELINED, Outcome.WAIVED)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.PASS)


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
