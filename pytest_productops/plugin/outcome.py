"""A verdict as the text that pytest shows of a failure."""

from __future__ import annotations

from typing import Any

from pytest_productops.lazy import dataclass
from pytest_productops.model import Evidence, Location, Outcome
from pytest_productops.reports.plain import IN_CI


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
            said = "cannot tell" if self.verdict["outcome"] == Outcome.UNKNOWN.value else "the rule crashed"
            return Crash(".", 1, f"{said}: {self.verdict['reason']}")
        first = findings[0]
        more = f" (+{len(findings) - 1} more)" if len(findings) > 1 else ""
        return Crash(first["path"] or ".", first["line"] or 1, f"{_place(first)}{first['message']}{more}")

    def toterminal(self, out: Any) -> None:
        """Write each finding: place, rule, message; then what to do."""
        for line in self.verdict["traceback"].splitlines():
            out.line(line)
        for line in self._untold():
            out.line(line)
        for finding in self.verdict["findings"]:
            failed = finding["outcome"] == "fail"
            out.write(_place(finding) or "repository: ", bold=True, red=failed, yellow=not failed)
            out.line(f"{self.verdict['rule']} {finding['message']}{_accepted(finding)}")
            for each in finding["evidence"]:
                out.line(f"    {_seen(each)}")
            if finding["fix"]:
                out.line(f"    fix: {finding['fix']}", cyan=True)

    def _untold(self) -> list[str]:
        """Return what there is to say of a failure without a finding: why the rule cannot tell."""
        cannot_tell = self.verdict["outcome"] == Outcome.UNKNOWN.value
        return [f"{self.verdict['rule']} cannot tell: {self.verdict['reason']}"] if cannot_tell else []

    def __str__(self) -> str:
        lines = [*self.verdict["traceback"].splitlines(), *self._untold()]
        for finding in self.verdict["findings"]:
            place = _place(finding) or "repository: "
            lines.append(f"{place}{self.verdict['rule']} {finding['message']}{_accepted(finding)}")
            lines += [f"    {_seen(each)}" for each in finding["evidence"]]
            lines += [f"    fix: {finding['fix']}"] if finding["fix"] else []
        return "\n".join(lines)


def _place(finding: dict[str, Any]) -> str:
    if not finding["path"]:
        return ""
    return f"{finding['path']}:{finding['line']}: " if finding["line"] else f"{finding['path']}: "


def _seen(evidence: dict[str, Any]) -> Evidence:
    return Evidence(Location(evidence["path"], evidence["line"]), evidence["note"])


def _accepted(finding: dict[str, Any]) -> str:
    if finding["outcome"] == "fail":
        return f" [{finding['why']}]" if finding["why"] and finding["why"] != IN_CI else ""
    return f" [{finding['outcome']}: {finding['why']}]"
