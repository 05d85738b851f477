"""Rules as items: collected under one plain collector, judged by the engine, one report a rule."""

from __future__ import annotations

import importlib.metadata
import warnings
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from pytest_productops import catalogue
from pytest_productops.gate import ITEMS, Gate
from pytest_productops.model import LEVELS, InvalidRule, Outcome, subject
from pytest_productops.plugin.arguments import DRILL, NAMESPACE, anchor, is_ours, root_of
from pytest_productops.plugin.nodes import Judged, RuleCollector
from pytest_productops.plugin.outcome import FindingsText
from pytest_productops.plugin.reporting import Reporting, history, targets
from pytest_productops.plugin.terminal import Terminal
from pytest_productops.policy.options import OPTIONS, from_environment, in_ci
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import Options, read
from pytest_productops.reports import on_github
from pytest_productops.suggest import did_you_mean


def switch_on(config: pytest.Config) -> None:
    """Read the settings and register the plugins that collect and show the rules."""
    root = root_of(config)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            session, wanted, past = Session(config, root), targets(config, root), history(config)
        except (ConfigurationError, InvalidRule) as error:
            raise pytest.UsageError(str(error)) from error
    config.pluginmanager.register(session, "productops-session")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Terminal(config, session.gate), "productops-terminal")
        if wanted or on_github.here():
            config.pluginmanager.register(Reporting(session.gate, wanted, past), "productops-reporting")


class Session:
    """Registered in every process: alone, xdist's controller, xdist's workers."""

    def __init__(self, config: pytest.Config, root: Path) -> None:
        self.config = config
        self.root = root
        rules = catalogue.installed(root)
        self.named = _named(config.args, rules)
        given = {o.name: config.getoption(f"productops_{o.attribute}") for o in OPTIONS}
        own = Options("--productops-", {name: value for name, value in given.items() if value is not None})
        codes = {name.rpartition("::")[2] for name in self.named if not name.startswith(DRILL)}
        options = (Options("PRODUCTOPS_", from_environment()), own)
        settings = read(root, rules, options, codes - set(ITEMS), in_ci=in_ci())
        self.gate = Gate(root, settings, apart=True)

    def pytest_unconfigure(self) -> None:
        """End the process that judges."""
        self.gate.close()

    def pytest_report_header(self) -> str:
        """Say what judges what."""
        version = importlib.metadata.version("pytest-productops")
        policy = self.gate.settings.policy
        source = f", settings {policy.source}" if policy.source else ""
        level = "" if policy.level == LEVELS[-1] else f", level {policy.level}"
        shared = "".join(f", policy {each}" for each in policy.extends)
        return (
            f"productops: {version}, profile {policy.profile}{level}{source}{shared}, repository {self.root}"
        )

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self) -> Generator[None, object, object]:
        """Take our node ids out of the arguments before pytest looks for such files."""
        rest = [argument for argument in map(str, self.config.args) if not is_ours(argument)]
        if self.config.option.productops:
            if self.config.args_source is pytest.Config.ArgsSource.ARGS:
                _refuse_other_places(rest, self.root)
            rest = []
        self.config.args = rest
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Hang our node on the session, as one more child; pytest does the rest."""
        report = yield
        if isinstance(collector, pytest.Session) and report.passed:
            node = RuleCollector.from_parent(
                collector,
                name=NAMESPACE,
                nodeid=NAMESPACE,
                path=anchor(self.root),
                named=self.named,
                gate=self.gate,
            )
            report.result = [*(report.result or []), node]
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Generator[None, object, object]:
        """Put the rules last and in order, on every worker alike, whatever shuffled the items."""
        result = yield
        if not any(self.config.getoption(name, False) for name in ("lf", "failedfirst", "newfirst")):
            items.sort(key=lambda item: (True, *item.order) if isinstance(item, Judged) else (False,))
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Give a rule's report its verdict, as plain data that crosses processes."""
        report = yield
        if isinstance(item, Judged) and call.when == "call" and item.verdict is not None:
            verdict = item.verdict
            report.productops = verdict  # type: ignore[attr-defined]
            outcome = Outcome(verdict["outcome"])
            if outcome is Outcome.ADVISORY:
                report.outcome = "passed"
            elif outcome in {Outcome.WAIVED, Outcome.BASELINED} and not self.config.option.runxfail:
                report.outcome = "skipped"
                report.wasxfail = verdict["findings"][0]["why"] or outcome.value
            elif report.skipped:
                text = f"Skipped: {verdict['rule']} {outcome.value}: {verdict['reason']}"
                report.longrepr = (str(item.path), 1, text)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_report_from_serializable(self) -> Generator[None, Any, Any]:
        """Rebuild a rule's text from its verdict: xdist sends only a string."""
        report = yield
        verdict = getattr(report, "productops", None)
        if verdict and report.longrepr is not None and not isinstance(report.longrepr, tuple | list):
            report.longrepr = FindingsText(verdict)
        return report


def _named(arguments: Iterable[object], rules: catalogue.Catalogue) -> frozenset[str]:
    """Return the items that node ids name: `ONB003` for all components, `packages/api::ONB003` for one.

    Raises pytest.UsageError for a rule that is not installed.
    """
    names = [str(argument).partition("::")[2] for argument in arguments if is_ours(str(argument))]
    if "" in names:
        return frozenset()
    upkeep = {name for name in names if name in ITEMS or name.startswith(DRILL)}
    parts = [(name, *name.rpartition("::")[::2]) for name in names if name not in upkeep]
    found = {name: (component, rules.get(label)) for name, component, label in parts}
    unknown = [
        f"{label} ({did_you_mean(label, rules.labels)})" for name, _, label in parts if found[name][1] is None
    ]
    if unknown:
        raise pytest.UsageError(f"productops: no such rule: {', '.join(sorted(unknown))}")
    return frozenset({*upkeep, *(subject(rule, component) for component, rule in found.values() if rule)})


def _refuse_other_places(arguments: Iterable[str], root: Path) -> None:
    """A path in another repository is a misunderstanding, not something to leave out in silence."""
    for argument in arguments:
        path = Path(argument.partition("::")[0]).resolve()
        if path.exists() and not path.is_relative_to(root) and not root.is_relative_to(path):
            raise pytest.UsageError(
                f"{argument} is outside {root}; to check it: --productops-root={argument}"
            )
