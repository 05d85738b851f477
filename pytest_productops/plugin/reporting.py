"""Reports of a pytest run, written at its end from the verdicts that reached this process."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from pytest_productops.gate import Gate
from pytest_productops.plugin.arguments import DRILL
from pytest_productops.policy.options import report_asked
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import json_report, output

PREFIX = "--productops-"


def targets(config: pytest.Config) -> tuple[output.Target, ...]:
    """Return the reports to write; raise `ConfigurationError` for one that cannot be."""
    words, label = report_asked(config.getoption("productops_report"), PREFIX)
    found = output.targets(words, label)
    if not all(each.path for each in found):
        hint = f"give a file, as {label}=json:report.json, or run `productops check`"
        raise ConfigurationError([Problem(label, 0, "pytest itself writes to standard output", hint)])
    return found


class Reporting:
    """Registered where verdicts of all processes arrive: not in xdist's workers."""

    def __init__(self, gate: Gate, wanted: tuple[output.Target, ...]) -> None:
        self.gate, self.wanted = gate, wanted
        self.given: dict[tuple[str, str], dict[str, Any]] = {}

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
        try:
            output.write(self.wanted, json_report.document(self.gate, self.given.values(), own))
        except output.Unwritten as error:
            print(f"productops: {error}", file=sys.stderr)  # noqa: T201
            session.exitstatus = pytest.ExitCode.USAGE_ERROR

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say where they are."""
        for each in self.wanted:
            terminalreporter.write_sep("-", f"productops report ({each.format}): {each.path}")
