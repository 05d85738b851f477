"""Verdicts as plain data: what crosses execnet, lands in pytest-reportlog, and is what the JSON report is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pytest_productops.gate import POLICY
from pytest_productops.model import Accepted, Evidence, Finding, Outcome, Settled, Stale, Verdict

Plain = dict[str, Any]
"""A verdict: texts, numbers, lists and tables alone."""
IN_CI = "a failure in CI"
"""Why something stale fails, or does not yet."""
EDITED = "this change is judged without it"
"""Why an edit of what a change is judged by fails nothing."""


def verdict(given: Verdict) -> Plain:
    """Return a verdict; `path` is empty and `line` 0 where a finding has none."""
    return {
        "rule": given.rule.code,
        "component": given.component,
        "name": given.rule.name,
        "responsibility": given.rule.responsibility,
        "level": given.rule.level,
        "outcome": given.outcome.value,
        "reason": given.reason,
        "traceback": given.traceback,
        "findings": [_finding(settled) for settled in given.findings],
        "evidence": [_evidence(each) for each in given.evidence],
        "looked_at": sorted(given.looked_at),
    }


def stale(name: str, found: Iterable[Stale]) -> Plain:
    """Return what is stale of the waivers or the baseline, or edited of the policy, in the form of a verdict."""
    settled = [Settled(Finding(s.key, s.message, s.location, s.fix), s.outcome, _why(s)) for s in found]
    return {
        "rule": name,
        "component": "",
        "name": name,
        "responsibility": "practices",
        "level": "bronze",
        "outcome": (settled[0].outcome if settled else Outcome.PASS).value,
        "reason": "",
        "traceback": "",
        "findings": [_finding(each) for each in settled],
        "evidence": [],
        "looked_at": [],
    }


def _why(stale: Stale) -> str:
    """Say why it fails or does not; what a change edits fails where it is a mistake."""
    if stale.of == POLICY:
        return "" if stale.outcome is Outcome.FAIL else EDITED
    return IN_CI


def _finding(settled: Settled) -> Plain:
    finding = settled.finding
    return {
        "key": finding.key,
        "message": finding.message,
        "path": finding.location.path if finding.location else "",
        "line": finding.location.line if finding.location else 0,
        "fix": finding.fix,
        "evidence": [_evidence(each) for each in finding.evidence],
        "outcome": settled.outcome.value,
        "why": settled.why,
        "accepted": _accepted(settled.accepted) if settled.accepted else None,
    }


def _evidence(evidence: Evidence) -> Plain:
    return {"path": evidence.location.path, "line": evidence.location.line, "note": evidence.note}


def _accepted(accepted: Accepted) -> Plain:
    day = accepted.day.isoformat()
    if accepted.by == "baseline":
        return {"by": accepted.by, "since": day}
    return {"by": accepted.by, "until": day, "owner": accepted.owner, "reason": accepted.reason}
