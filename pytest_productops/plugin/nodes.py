"""Rules as items of pytest: one a rule and component, below one plain collector."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

import pytest

from pytest_productops import gate
from pytest_productops.facts.components import Component
from pytest_productops.model import Outcome, Rule, Verdict, subject
from pytest_productops.plugin.outcome import FindingsText, plain
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Repository


class RuleFailed(AssertionError):
    """A rule has findings that are not accepted."""


class RuleCrashed(Exception):
    """A rule raised; that says nothing about the repository."""


class RuleItem(pytest.Item):
    """One rule on one repository, or on one component of it."""

    # Hooks in the world's conftest.py files read these off every item.
    fixturenames: tuple[str, ...] = ()
    funcargs: dict[str, Any] = {}  # noqa: RUF012 - what pytest's own items have
    function = module = cls = obj = originalname = None

    def __init__(
        self,
        *,
        rule: Rule,
        component: Component,
        repository: Repository,
        settings: Settings,
        **keywords: Any,
    ) -> None:
        super().__init__(**keywords)
        self.rule, self.component, self.repository, self.settings = rule, component, repository, settings
        self.verdict: Verdict | None = None
        family = rule.responsibility
        self.add_marker(pytest.mark.productops(code=rule.code, responsibility=family, level=rule.level))
        self.extra_keyword_matches.update({rule.name, family})
        self.user_properties.append(("productops.rule", rule.code))

    def runtest(self) -> None:
        """Judge; the verdict is shown by makereport."""
        options = self.settings.options_of(self.rule)
        self.verdict = gate.judge(self.rule, self.repository, options, self.component)
        if self.verdict.outcome is Outcome.ERROR:
            raise RuleCrashed(self.verdict.reason)
        if self.verdict.outcome in {Outcome.NOT_APPLICABLE, Outcome.UNKNOWN}:
            pytest.skip(self.verdict.reason or self.verdict.outcome.value)
        if self.verdict.findings:
            raise RuleFailed(f"{len(self.verdict.findings)} findings")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show findings as lines, and a crash in short."""
        if self.verdict is not None and isinstance(excinfo.value, (RuleFailed, RuleCrashed)):
            return FindingsText(plain(self.verdict))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where a listing shows the rule."""
        return self.path, 0, f"{self.name} {self.rule.name}"

    @property
    def order(self) -> tuple[str, str]:
        """Where it stands among the items: by rule, then by component."""
        return self.rule.code, self.component.folder


class RuleCollector(pytest.Collector):
    """The rules of one repository. No `File`: --lf drops files without a failure, --nf asks for their age."""

    def __init__(
        self, *, named: Set[str], repository: Repository, settings: Settings, **keywords: Any
    ) -> None:
        super().__init__(**keywords)
        self.named, self.repository, self.settings = named, repository, settings

    def collect(self) -> Iterator[RuleItem]:
        """Yield an item for each rule and component that is asked for; none is judged yet.

        Raises CollectError where a named component does not exist.
        """
        known = {
            subject(rule, component.folder): (rule, component)
            for rule in self.settings.rules
            for component in gate.components_of(rule, self.repository)
        }
        wanted = [
            name for name, (rule, _) in known.items() if not self.named or self.named & {name, rule.code}
        ]
        strange = sorted(name for name in self.named if name not in known)
        if strange:
            raise self.CollectError(f"no such component: {', '.join(strange)}")
        for name in wanted:
            yield self._item(name, *known[name])

    def _item(self, name: str, rule: Rule, component: Component) -> RuleItem:
        return RuleItem.from_parent(
            self,
            name=name,
            rule=rule,
            component=component,
            repository=self.repository,
            settings=self.settings,
        )
