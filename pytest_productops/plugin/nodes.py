"""Rules as items of pytest: one a rule and component, below one plain collector; and one each for what is stale."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import pytest

from pytest_productops.facts.components import Component
from pytest_productops.gate import ITEMS, Gate
from pytest_productops.model import Outcome, Rule, subject
from pytest_productops.plugin.arguments import DRILL
from pytest_productops.plugin.outcome import FindingsText
from pytest_productops.reports import plain


class RuleFailed(AssertionError):
    """A rule has findings that are not accepted."""


class RuleCrashed(Exception):
    """A rule raised; that says nothing about the repository."""


class Judged(pytest.Item):
    """An item whose verdict is the engine's; `verdict` is plain data, there once it has run."""

    # Hooks in the world's conftest.py files read these off every item.
    fixturenames: tuple[str, ...] = ()
    funcargs: dict[str, Any] = {}  # noqa: RUF012 - what pytest's own items have
    function = module = cls = obj = originalname = None
    verdict: dict[str, Any] | None = None
    order: tuple[int, str, str]

    def show(self, verdict: dict[str, Any], *, unknown_fails: bool = False) -> None:
        """Keep a verdict, and end as it says; makereport does the rest."""
        self.verdict = verdict
        outcome = Outcome(verdict["outcome"])
        if outcome is Outcome.ERROR:
            raise RuleCrashed(verdict["reason"])
        if outcome is Outcome.UNKNOWN and unknown_fails:
            raise RuleFailed(verdict["reason"])
        if outcome in {Outcome.NOT_APPLICABLE, Outcome.UNKNOWN}:
            pytest.skip(verdict["reason"] or outcome.value)
        if verdict["findings"]:
            raise RuleFailed(f"{len(verdict['findings'])} findings")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show findings as lines, and a crash in short."""
        if self.verdict is not None and isinstance(excinfo.value, (RuleFailed, RuleCrashed)):
            return FindingsText(self.verdict)
        return super().repr_failure(excinfo, style)


class RuleItem(Judged):
    """One rule on one repository, or on one component of it."""

    def __init__(self, *, rule: Rule, component: Component, gate: Gate, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.rule, self.component, self.gate = rule, component, gate
        self.order = (0, rule.code, component.folder)
        family = rule.responsibility
        self.add_marker(pytest.mark.productops(code=rule.code, responsibility=family, level=rule.level))
        self.extra_keyword_matches.update({rule.name, family})
        self.user_properties.append(("productops.rule", rule.code))

    def runtest(self) -> None:
        """Judge."""
        verdict = self.gate.judge(self.rule, self.component)
        self.show(plain.verdict(verdict), unknown_fails=self.gate.settings.policy.unknown_fails)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where a listing shows the rule."""
        return self.path, 0, f"{self.name} {self.rule.name}"


class UpkeepItem(Judged):
    """The waivers, or the baseline: whether each entry still covers something; the policy: what the change edits."""

    def __init__(self, *, gate: Gate, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.gate = gate
        self.order = (1, self.name, "")
        self.add_marker(pytest.mark.productops(code=self.name, responsibility="practices", level="bronze"))

    def runtest(self) -> None:
        """Judge the rules that entries name, again where another process did, and compare."""
        verdicts = self.gate.verdicts(self.gate.concerned(self.name))
        self.show(plain.stale(self.name, self.gate.stale(self.name, verdicts)))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where a listing shows it."""
        return self.path, 0, self.name


class RuleCollector(pytest.Collector):
    """The rules of one repository. No `File`: --lf drops files without a failure, --nf asks for their age."""

    def __init__(self, *, named: Set[str], gate: Gate, **keywords: Any) -> None:
        super().__init__(**keywords)
        self.named, self.gate = named, gate

    def collect(self) -> Iterator[Judged]:
        """Yield an item for each rule and component that is asked for; none is judged yet.

        Raises CollectError where a named component does not exist.
        """
        known = {
            subject(rule, component.folder): (rule, component)
            for rule in self.gate.rules
            for component in self.gate.components_of(rule)
        }
        others = {*known, *ITEMS}
        strange = sorted(name for name in self.named - others if not name.startswith(DRILL))
        if strange:
            raise self.CollectError(f"no such component: {', '.join(strange)}")
        for name, (rule, component) in known.items():
            if not self.named or self.named & {name, rule.code}:
                yield RuleItem.from_parent(self, name=name, rule=rule, component=component, gate=self.gate)
        for name in ITEMS:
            if name in self.named or (not self.named and name in self.gate.upkeep):
                yield UpkeepItem.from_parent(self, name=name, gate=self.gate)
        if self.config.option.productops_drill or any(name.startswith(DRILL) for name in self.named):
            from pytest_productops.plugin import drilling

            yield from drilling.items(self, self.gate, self.named)
