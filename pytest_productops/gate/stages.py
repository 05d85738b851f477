"""A stage's gate: exactly the criteria of one stage of the definition of done, each judged like a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_productops.facts.done import Criterion, Done, Stage
from pytest_productops.facts.done.held import Held
from pytest_productops.gate.judging import ROOT, ended, judge
from pytest_productops.manual import Manual
from pytest_productops.model import UNJUDGED, Finding, NotApplicable, Outcome, Rule, Verdict
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.terms import Terms
from pytest_productops.repository import Repository
from pytest_productops.text import clean

PREFIX = "done/"
Ask = Callable[[str, Mapping[str, Any]], tuple[Verdict, ...]]
"""Judges a rule, by code or name, with options that a criterion gives, on all components."""


def criteria(name: str, repository: Repository) -> tuple[Rule, ...]:
    """Return a stage's criteria as rules, `done/release.changelog`; one that says why where there is no such stage.

    Raises `ConfigurationError` where the definition of done does not speak of the stage.
    """
    done = repository[Done]
    stages = [stage for stage in done.stages if stage.id == name]
    if not stages:
        where = f"{done.path} has no stage `{name}`" if done.path else "there is no definition of done"
        raise ConfigurationError([Problem("stage", 0, where, "write it into .productops/done.toml")])
    return tuple(rule for stage in stages for rule in _rules(stage))


def _rules(stage: Stage) -> list[Rule]:
    if stage.not_applicable:
        return [_rule(stage, stage.id, stage.not_applicable, None)]
    return [_rule(stage, criterion.id, criterion.text, criterion) for criterion in stage.criteria]


def _rule(stage: Stage, name: str, text: str, criterion: Criterion | None) -> Rule:
    """Make a rule that judges a criterion; without one, the stage is not applicable."""

    def check(held: Held) -> Iterator[Finding]:
        if criterion is None:
            raise NotApplicable(text)
        return held.findings(criterion)

    return Rule(
        code=f"{PREFIX}{name}",
        name=text,
        check=check,
        needs=(Held,),
        options={},
        manual=Manual(text, "", "", "", "", (), ()),
        stage=stage.id,  # type: ignore[arg-type]
        level="bronze",
        responsibility="repeatability",
        profiles=(),
    )


def asked(rule: Rule, repository: Repository, ask: Ask) -> Verdict:
    """Judge a criterion: by the rule that it names with the options that it gives, else by its other checks."""
    found = (c for stage in repository[Done].stages for c in stage.criteria if f"{PREFIX}{c.id}" == rule.code)
    criterion = next(found, None)
    named = [check for check in criterion.checks if check.kind == "rule"] if criterion else []
    if (
        criterion is None
        or not named
        or any(repository[Held].findings(replace(criterion, checks=tuple(named))))
    ):
        return judge(rule, repository, Terms(), ROOT)
    verdicts = [
        verdict
        for check in named
        for verdict in ask(check.value, check.extra.get("params", {})) or (_foreign(rule, check.value),)
    ]
    return _together(rule, verdicts)


def _foreign(rule: Rule, code: str) -> Verdict:
    """Return the verdict on a code in prose that none of the installed rules has."""
    told = f"no rule {code} is installed: it may be another tool's, so give the criterion a check"
    return Verdict(rule, Outcome.UNKNOWN, reason=clean(told))


def _together(rule: Rule, verdicts: list[Verdict]) -> Verdict:
    """Return one verdict for those of a rule on several components."""
    looked_at = frozenset().union(*(verdict.looked_at for verdict in verdicts))
    findings = [settled for verdict in verdicts for settled in verdict.findings]
    unjudged = [verdict for verdict in verdicts if verdict.outcome in UNJUDGED]
    silent = all(verdict.outcome is Outcome.NOT_APPLICABLE for verdict in verdicts)
    if silent or (unjudged and not findings):
        return replace((unjudged or verdicts)[0], rule=rule, component="", looked_at=looked_at)
    united = ended(rule, findings, tuple(each for verdict in verdicts for each in verdict.evidence))
    return replace(united, looked_at=looked_at)
