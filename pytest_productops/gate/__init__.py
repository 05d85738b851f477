"""The engine: policy x rules x repository -> Report. It knows no pytest and prints nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pytest_productops.facts.components import Component, Components
from pytest_productops.gate.adopted import known
from pytest_productops.gate.judging import ROOT, Lost, judge, lost
from pytest_productops.gate.level import Ended, Reached, reached
from pytest_productops.gate.stages import PREFIX, asked, criteria
from pytest_productops.gate.trust import promises
from pytest_productops.gate.upkeep import BASELINE, ITEMS, POLICY, WAIVERS, announced, concerned, stale
from pytest_productops.gate.workplace import Workplace
from pytest_productops.git import Git
from pytest_productops.model import Finding, Outcome, Report, Rule, Settled, Stale, Verdict, subject
from pytest_productops.policy.components import overlaid
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Fact, Repository, Unavailable
from pytest_productops.suggest import did_you_mean
from pytest_productops.text import clean

__all__ = ["BASELINE", "ITEMS", "POLICY", "ROOT", "Gate", "Lost", "announced", "judge", "run"]


class Gate(Workplace):
    """One repository under its settings; a verdict is given once and remembered.

    `known` are facts that are to be taken as they are. With `apart` rules are judged in another process, within the
    limits that the settings give them; `close` ends it.
    """

    def __init__(
        self, root: Path, settings: Settings, known: Iterable[Fact] = (), *, apart: bool = False
    ) -> None:
        facts = [settings.waivers, settings.rulebook, *known]
        if settings.trusted:
            facts.append(settings.trusted.git)
        repository = Repository(
            root,
            now=settings.now,
            artifacts=settings.artifacts,
            known=facts,
            otherwise=promises(settings),
        )
        self.settings = overlaid(settings, repository)
        self._given: dict[tuple[str, str], Verdict] = {}
        super().__init__(repository, self.settings.stack.value("timeout"), apart=apart)

    def rule_of(self, code: str) -> Rule:
        """Return the rule of a code, or the criterion."""
        found = None if code.startswith(PREFIX) else self.settings.stack.catalogue.get(code)
        return found or next(rule for rule in self.rules if rule.code == code)

    def beside(self, texts: Mapping[str, bytes]) -> Gate:
        """Return the gate of this repository with other texts in some files; nothing is written."""
        known: list[Fact] = [self.files.with_texts(texts)]
        with contextlib.suppress(Unavailable):
            known.append(self.repository[Git])
        return Gate(self.repository.root, self.settings, known)

    def components_of(self, rule: Rule) -> tuple[Component, ...]:
        """Return what a rule is asked about: every component where it takes one, else the root."""
        return self.components if Component in rule.needs else (ROOT,)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The components, the root alone where they cannot be told."""
        try:
            return self.repository[Components].all
        except (Unavailable, Lost):  # judging the root will say why
            return (ROOT,)

    def judge(self, rule: Rule, component: Component = ROOT) -> Verdict:
        """Return what a rule says of the repository or of a component."""
        place = rule.code, component.folder
        if place not in self._given:
            self._given[place] = self._asked(rule, component)
        return self._given[place]

    def _asked(self, rule: Rule, component: Component) -> Verdict:
        """Judge, in the process that does."""
        if self.apart:
            try:
                found: Verdict = self.apart.ask(Gate._judge, rule, component.folder, counted=True)
            except Lost as error:
                return lost(rule, error, component.folder)
            return found
        if rule.code.startswith(PREFIX):
            return asked(rule, self.repository, self._named)
        return self._judged(rule, component)

    def _judge(self, rule: Rule, folder: str) -> Verdict:
        """Judge a component by the name of its folder."""
        return self.judge(rule, next((each for each in self.components if each.folder == folder), ROOT))

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
        try:
            return criteria(stage, self.repository) if stage else self.settings.rules
        except Lost as error:
            raise ConfigurationError([Problem("stage", 0, str(error))]) from error

    def _named(self, label: str, options: Mapping[str, Any]) -> tuple[Verdict, ...]:
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

        Of `policy` what the change edits of what it is judged by.

        Those of rules without a verdict, or that could not judge, are not among them.
        """
        if not (of in self.upkeep or concerned(of, self.settings, self.repository)):
            return ()
        try:
            return self.work(Gate._stale, of, tuple(verdicts))
        except Lost as error:
            return (Stale(of, of, clean(f"{of}: {error}"), outcome=Outcome.FAIL),)

    def _stale(self, of: str, verdicts: tuple[Verdict, ...]) -> tuple[Stale, ...]:
        return tuple(stale(of, verdicts, self.settings, self.repository))

    def concerned(self, of: str) -> tuple[Rule, ...]:
        """Return the selected rules that waivers or entries of the baseline name."""
        codes = concerned(of, self.settings, self.repository)
        return tuple(rule for rule in self.rules if rule.code in codes)

    @property
    def upkeep(self) -> tuple[str, ...]:
        """The `ITEMS` that there is something to say of."""
        trusted = self.settings.trusted
        edited = (POLICY,) if trusted and trusted.adopted else ()
        return (*(of for of in (WAIVERS, BASELINE) if self.concerned(of)), *edited)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is announced: where the settings are from, waivers that end soon."""
        trusted = self.settings.trusted
        said = [clean(trusted.notice)] if trusted else []
        return (*said, *self.unlimited, *announced(self.repository))

    def report(self, watch: Callable[[tuple[Rule, ...]], Iterable[Rule]] = iter) -> Report:
        """Judge by all selected rules, which are taken one by one from what `watch` makes of them."""
        verdicts = self.verdicts(watch(self.rules))
        return Report(
            name=self.repository.root.name,
            policy=self.settings.policy,
            verdicts=verdicts,
            stale=tuple(each for of in ITEMS for each in self.stale(of, verdicts)),
            notes=self.notes,
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
            return self.work(Gate._commit)
        except Lost:
            return ""

    def _commit(self) -> str:
        try:
            return (
                self.repository[Git].run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode().strip()
            )
        except Unavailable:
            return ""


def run(root: Path, settings: Settings) -> Report:
    """Judge a repository by all selected rules."""
    with contextlib.closing(Gate(root, settings, apart=True)) as gate:
        return gate.report()
