"""A verdict as plain data, and as the text that pytest shows of a failure."""

from __future__ import annotations

from typing import Any

from pytest_productops.lazy import dataclass
from pytest_productops.model import Settled, Verdict


def plain(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as what crosses execnet and lands in pytest-reportlog as it is."""
    return {
        "rule": verdict.rule.code,
        "component": verdict.component,
        "name": verdict.rule.name,
        "responsibility": verdict.rule.responsibility,
        "level": verdict.rule.level,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "traceback": verdict.traceback,
        "findings": [_finding(settled) for settled in verdict.findings],
        "evidence": [str(each) for each in verdict.evidence],
    }


def _finding(settled: Settled) -> dict[str, Any]:
    finding = settled.finding
    return {
        "key": finding.key,
        "message": finding.message,
        "path": finding.location.path if finding.location else "",
        "line": finding.location.line if finding.location else 0,
        "fix": finding.fix,
        "evidence": [str(each) for each in finding.evidence],
        "outcome": settled.outcome.value,
        "why": settled.why,
    }


@dataclass
class Crash:
    """Where and what, as other plugins read it off a failure."""

    path: str
    lineno: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.lineno}: {self.message}"


class FindingsText:
    """All that pytest asks of a failure's text, without its private classes: toterminal, str and reprcrash."""

    def __init__(self, verdict: dict[str, Any]) -> None:
        self.verdict = verdict
        self.reprcrash = self._crash()

    def _crash(self) -> Crash:
        findings = self.verdict["findings"]
        if not findings:
            return Crash(".", 1, f"the rule crashed: {self.verdict['reason']}")
        first = findings[0]
        more = f" (+{len(findings) - 1} more)" if len(findings) > 1 else ""
        return Crash(first["path"] or ".", first["line"] or 1, f"{_place(first)}{first['message']}{more}")

    def toterminal(self, out: Any) -> None:
        """Write each finding: place, rule, message; then what to do."""
        for line in self.verdict["traceback"].splitlines():
            out.line(line)
        for finding in self.verdict["findings"]:
            failed = finding["outcome"] == "fail"
            out.write(_place(finding) or "repository: ", bold=True, red=failed, yellow=not failed)
            out.line(f"{self.verdict['rule']} {finding['message']}{_accepted(finding)}")
            for each in finding["evidence"]:
                out.line(f"    {each}")
            if finding["fix"]:
                out.line(f"    fix: {finding['fix']}", cyan=True)

    def __str__(self) -> str:
        lines = self.verdict["traceback"].splitlines()
        for finding in self.verdict["findings"]:
            place = _place(finding) or "repository: "
            lines.append(f"{place}{self.verdict['rule']} {finding['message']}{_accepted(finding)}")
            lines += [f"    {each}" for each in finding["evidence"]]
            lines += [f"    fix: {finding['fix']}"] if finding["fix"] else []
        return "\n".join(lines)


def _place(finding: dict[str, Any]) -> str:
    if not finding["path"]:
        return ""
    return f"{finding['path']}:{finding['line']}: " if finding["line"] else f"{finding['path']}: "


def _accepted(finding: dict[str, Any]) -> str:
    return "" if finding["outcome"] == "fail" else f" [{finding['outcome']}: {finding['why']}]"
