"""Reports of a pytest run, written at its end from the verdicts that reached this process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pytest_productops.gate import Gate
from pytest_productops.plugin.arguments import DRILL
from pytest_productops.policy.options import history_asked, report_asked
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import earlier, github, json_report, on_github, output, patches

PREFIX = "--productops-"


def targets(config: pytest.Config, root: Path) -> tuple[output.Target, ...]:
    """Return the reports to write; raise `ConfigurationError` for one that cannot be."""
    words, label = report_asked(config.getoption("productops_report"), PREFIX)
    found = output.targets(words, label, root)
    if not all(each.path for each in found):
        hint = f"give a file, as {label}=json:report.json, or run `productops check`"
        raise ConfigurationError([Problem(label, 0, "pytest itself writes to standard output", hint)])
    return found


def history(config: pytest.Config) -> earlier.Earlier:
    """Return the reports that were stored before; raise `ConfigurationError` where none can be."""
    return earlier.read(*history_asked(config.getoption("productops_history"), PREFIX))


ANNOTATING = "pytest_github_actions_annotate_failures"
"""A plugin that annotates every failure of pytest, ours too."""


class Reporting:
    """Registered where verdicts of all processes arrive: not in xdist's workers."""

    def __init__(self, gate: Gate, wanted: tuple[output.Target, ...], past: earlier.Earlier) -> None:
        self.gate, self.wanted, self.past = gate, wanted, past
        self.given: dict[tuple[str, str], dict[str, Any]] = {}
        self.data: dict[str, Any] | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep a verdict; of one that is given again the last counts."""
        verdict = getattr(report, "productops", None)
        if verdict and report.when == "call" and not verdict["rule"].startswith(DRILL):
            self.given[verdict["rule"], verdict["component"]] = verdict

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the reports, whatever the gate says; a listing judges nothing, so there is none."""
        if session.config.option.collectonly:
            return
        own = output.inside(self.wanted, self.gate.repository.root)
        mends = patches.found(self.gate, self.given.values())
        known, notes = patches.by_fingerprint(mends), patches.notes(mends)
        self.data = json_report.document(self.gate, self.given.values(), own, known, notes)
        if on_github.here() and self.given:
            on_github.summarise(self.data, self.wanted)
        try:
            output.write(self.wanted, self.data, self.past)
        except output.Unwritten as error:
            print(f"productops: {error}", file=sys.stderr)  # noqa: T201
            session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say where they are; in GitHub's CI, annotate what another plugin does not."""
        for each in self.wanted:
            terminalreporter.write_sep("-", f"productops report ({each.format}): {each.path}")
        if self.data and self.given and on_github.here():
            other = terminalreporter.config.pluginmanager.hasplugin(ANNOTATING)
            kinds = ("warning",) if other else github.KINDS
            root = self.gate.repository.root
            for line in on_github.annotated(self.data, root, self.wanted, kinds):
                terminalreporter.write_line(line)
