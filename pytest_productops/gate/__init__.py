"""The engine: policy x rules x repository -> Report. It knows no pytest and prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pytest_productops.facts.components import Component, Components
from pytest_productops.gate.adopted import known
from pytest_productops.gate.judging import ROOT, judge
from pytest_productops.gate.level import Ended, Reached, reached
from pytest_productops.gate.stages import PREFIX, asked, criteria
from pytest_productops.gate.upkeep import BASELINE, ITEMS, announced, concerned, stale
from pytest_productops.git import Git
from pytest_productops.model import Finding, Outcome, Report, Rule, Settled, Stale, Verdict, subject
from pytest_productops.policy.components import overlaid
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.suggest import did_you_mean

__all__ = ["BASELINE", "ITEMS", "ROOT", "Gate", "announced", "judge", "run"]


class Gate:
    """One repository under its settings; a verdict is given once and remembered."""

    def __init__(self, root: Path, settings: Settings) -> None:
        facts = [settings.waivers, settings.rulebook]
        self.repository = Repository(root, now=settings.now, artifacts=settings.artifacts, known=facts)
        self.settings = overlaid(settings, self.repository)
        self._given: dict[tuple[str, str], Verdict] = {}

    def components_of(self, rule: Rule) -> tuple[Component, ...]:
        """Return what a rule is asked about: every component where it takes one, else the root."""
        if Component not in rule.needs:
            return (ROOT,)
        try:
            return self.repository[Components].all
        except Unavailable:  # judging the root will say why
            return (ROOT,)

    def judge(self, rule: Rule, component: Component = ROOT) -> Verdict:
        """Return what a rule says of the repository or of a component."""
        if rule.code.startswith(PREFIX):
            return asked(rule, self.repository, self._ask)
        place = rule.code, component.folder
        if place not in self._given:
            self._given[place] = self._judged(rule, component)
        return self._given[place]

    def _judged(
        self, rule: Rule, component: Component, options: Mapping[str, Any] = MappingProxyType({})
    ) -> Verdict:
        """Judge by the settings' terms, with these options above theirs."""
        terms = self.settings.terms(rule, component.folder)
        chosen = {name: rule.with_defaults(options)[name] for name in options}
        entries = known(subject(rule, component.folder), self.settings.baseline, self.repository)
        terms = replace(terms, options={**terms.options, **chosen}, known=entries)
        return judge(rule, self.repository, terms, component)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """What is asked: the selected rules, or the criteria of a stage where the settings name one."""
        stage = self.settings.stage
        return criteria(stage, self.repository) if stage else self.settings.rules

    def _ask(self, label: str, options: Mapping[str, Any]) -> tuple[Verdict, ...]:
        """Judge the rule that a criterion names, with the options that it gives."""
        rule = self.settings.stack.catalogue.get(label)
        if rule is None:  # a definition of done in prose may name a code of another tool
            return ()
        strange = sorted(set(options) - set(rule.options))
        if strange:
            message = f"{rule.code} has no option `{strange[0]}`"
            finding = Finding("params", message, fix=did_you_mean(strange[0], rule.options))
            return (Verdict(rule, Outcome.FAIL, (Settled(finding),)),)
        return tuple(self._judged(rule, component, options) for component in self.components_of(rule))

    def verdicts(self, rules: Iterable[Rule]) -> tuple[Verdict, ...]:
        """Return what rules say, each of all its components."""
        return tuple(self.judge(rule, component) for rule in rules for component in self.components_of(rule))

    def stale(self, of: str, verdicts: Iterable[Verdict]) -> tuple[Stale, ...]:
        """Return the waivers or the entries of the baseline (`of`, one of `ITEMS`) that cover nothing any more.

        Those of rules without a verdict, or that could not judge, are not among them.
        """
        return tuple(stale(of, tuple(verdicts), self.settings, self.repository))

    def concerned(self, of: str) -> tuple[Rule, ...]:
        """Return the selected rules that waivers or entries of the baseline name."""
        codes = concerned(of, self.settings, self.repository)
        return tuple(rule for rule in self.rules if rule.code in codes)

    def report(self) -> Report:
        """Judge by all selected rules."""
        verdicts = self.verdicts(self.rules)
        return Report(
            name=self.repository.root.name,
            policy=self.settings.policy,
            verdicts=verdicts,
            stale=tuple(each for of in ITEMS for each in self.stale(of, verdicts)),
            notes=tuple(announced(self.repository)),
            level=self.level((v.rule.code, v.rule.level, v.outcome) for v in verdicts),
        )

    def level(self, ended: Iterable[Ended]) -> str:
        """Return the level reached, in words; nothing where not all rules were asked that the settings apply."""
        return str(self.reached(ended) or "")

    def reached(self, ended: Iterable[Ended]) -> Reached | None:
        """Return the level reached; None where not all rules were asked that the settings apply."""
        ended = tuple(ended)
        whole = self.settings.rulebook.applied <= {code for code, _, _ in ended}
        return reached(ended) if whole else None

    @cached_property
    def commit(self) -> str:
        """The id of the commit that is checked out, "" where there is none."""
        try:
            return (
                self.repository[Git].run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
            )
        except Unavailable:
            return ""


def run(root: Path, settings: Settings) -> Report:
    """Judge a repository by all selected rules."""
    return Gate(root, settings).report()
