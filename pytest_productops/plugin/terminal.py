"""In the terminal's statistics a rule's report becomes one entry a finding, so `3 failed` means three violations.

A rule still has one report, as every test has: --lf, -x, JUnit, HTML reports and xdist see one test.
"""

from __future__ import annotations

from typing import Any

import pytest

from pytest_productops.gate import ITEMS, Gate
from pytest_productops.model import UNJUDGED, Level, Outcome
from pytest_productops.plugin.arguments import DRILL, NAMESPACE
from pytest_productops.plugin.outcome import FindingsText
from pytest_productops.reports.summary import summary

Shown = tuple[str, str, str]
_FAILED: Shown = ("failed", "F", "FAILED")
_FINDINGS: dict[str, Shown] = {
    "fail": _FAILED,
    "advisory": ("advisory", "a", "ADVISORY"),
    "waived": ("xfailed", "x", "WAIVED"),
    "baselined": ("xfailed", "x", "BASELINED"),
}


class FindingReport(pytest.TestReport):
    """One finding, for the terminal alone."""

    shown: Shown

    @property
    def head_line(self) -> str:
        """The heading of its section."""
        return self.location[2]


class Terminal:
    """Registered where the terminal is: not in xdist's workers."""

    def __init__(self, config: pytest.Config, gate: Gate) -> None:
        self.config = config
        self.gate = gate
        self.ended: list[tuple[str, Level, Outcome]] = []
        self.remarks: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport
    ) -> Shown | tuple[str, str, tuple[str, Any]] | None:
        """Name a rule's outcome; plain strings, since some versions print a tuple as it is."""
        if isinstance(report, FindingReport):
            return report.shown
        verdict = getattr(report, "productops", None)
        if verdict is None or report.when != "call":
            return None
        outcome = verdict["outcome"]
        if outcome == "error":
            return "error", "E", "ERROR"
        if outcome == "advisory":
            return "passed", "a", "ADVISORY"
        return _FINDINGS[outcome] if report.skipped and outcome in _FINDINGS else None

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Replace a rule's entry in the statistics; drop the empty ones of its set-up and tear-down.

        pytest walks all of those for each failure that it prints, which is quadratic.
        """
        if not report.nodeid.startswith(f"{NAMESPACE}::"):
            return
        verdict = getattr(report, "productops", None)
        if verdict and report.when == "call":
            self._note(verdict)
        reporter: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is None:
            return
        category = self.config.hook.pytest_report_teststatus(report=report, config=self.config)[0]
        kept = reporter.stats.get(category)
        if not kept or kept[-1] is not report:
            return
        if category == "" and not report.sections:
            kept.pop()
        elif verdict and verdict["findings"] and category in {"passed", "failed", "xfailed"}:
            kept.pop()
            self._expand(report, verdict, reporter)

    def _note(self, verdict: dict[str, Any]) -> None:
        outcome = Outcome(verdict["outcome"])
        if verdict["rule"] not in ITEMS and not verdict["rule"].startswith(DRILL):
            self.ended.append((verdict["rule"], verdict["level"], outcome))
        if outcome is Outcome.UNKNOWN:
            self.remarks.append(f"unknown: {_subject(verdict)} {verdict['name']}: {verdict['reason']}")
        if outcome is Outcome.ADVISORY:
            self.remarks.append(str(FindingsText(verdict)))

    def _expand(self, report: pytest.TestReport, verdict: dict[str, Any], reporter: Any) -> None:
        for finding in verdict["findings"]:
            shown = _FINDINGS[finding["outcome"]]
            if shown[0] == "xfailed" and self.config.option.runxfail:
                shown = _FAILED
            reporter._add_stats(shown[0], [_entry(report, verdict, finding, shown)])  # noqa: SLF001

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say how many of the selected rules could judge, why the others could not, and what is advised."""
        if not self.ended:
            return
        terminalreporter.section("product operations")
        terminalreporter.line(summary((code, outcome) for code, _, outcome in self.ended))
        for remark in sorted([*self.remarks, *self.gate.notes]):
            terminalreporter.line(remark)
        if level := self.gate.level(self.ended):
            terminalreporter.line(level)
        if not self._judged():
            terminalreporter.line("no rule could judge, so the gate fails", red=True)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Any:
        """A run in which no rule could judge is no success."""
        if self.ended and not self._judged() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return (yield)

    def _judged(self) -> bool:
        return any(outcome not in UNJUDGED for _, _, outcome in self.ended)


def _subject(verdict: dict[str, Any]) -> str:
    return "::".join(part for part in (verdict["component"], verdict["rule"]) if part)


def _entry(
    report: pytest.TestReport, verdict: dict[str, Any], finding: dict[str, Any], shown: Shown
) -> FindingReport:
    place = f"{finding['path']}:{finding['line']}" if finding["line"] else finding["path"] or "repository"
    entry = FindingReport(
        nodeid=report.nodeid,
        location=(finding["path"] or ".", (finding["line"] or 1) - 1, f"{_subject(verdict)} {place}"),
        keywords={},
        outcome="failed",
        longrepr=FindingsText({**verdict, "findings": [finding]}),  # type: ignore[arg-type]
        when="call",
    )
    if shown[0] == "xfailed":
        entry.outcome = "skipped"
        entry.wasxfail = finding["why"]
    entry.shown = shown
    return entry
