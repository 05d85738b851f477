"""A report as text for a person: what failed, where, and what to do; two lines where nothing did."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pytest_productops.model import Outcome, Report, Settled, Verdict
from pytest_productops.reports.summary import summary

WIDTH = 80
_LABELS = {
    Outcome.FAIL: "FAIL",
    Outcome.ADVISORY: "WARN",
    Outcome.WAIVED: "WAIV",
    Outcome.BASELINED: "BASE",
    Outcome.UNKNOWN: "UNKN",
    Outcome.ERROR: "ERR ",
}
_COLOURS = {
    "FAIL": "31;1", "ERR ": "31;1", "WARN": "33", "WAIV": "33", "BASE": "33", "UNKN": "36",
    "Passed": "32;1", "Failed": "31;1", "fix": "2",
}  # fmt: skip
_INDENT = " " * 6
Paint = Callable[[str], str]


def render(report: Report, *, colour: bool = False) -> str:
    """Return the report as lines of text."""
    paint = _painted if colour else str
    shown = [
        line for verdict in report.verdicts if verdict.outcome in _LABELS for line in _verdict(verdict, paint)
    ]
    head = f"{report.name}  profile {report.profile}"
    return "\n".join([head, *(["", *shown, ""] if shown else []), *_end(report, paint)]) + "\n"


def _verdict(verdict: Verdict, paint: Paint) -> Iterator[str]:
    rule = verdict.rule
    title = f"{verdict.subject} {rule.name}"
    family = f"{rule.responsibility}, {rule.level}"
    gap = " " * max(2, WIDTH - len(_INDENT) - len(title) - len(family))
    yield f"{paint(_LABELS[verdict.outcome])}  {title}{gap}{family}"
    if verdict.reason:
        yield f"{_INDENT}{verdict.reason}"
    for line in verdict.traceback.splitlines():
        yield f"{_INDENT}  {line}"
    for settled in verdict.findings:
        yield from _finding(settled, paint)


def _finding(settled: Settled, paint: Paint) -> Iterator[str]:
    finding = settled.finding
    place = f"{finding.location}  " if finding.location else ""
    yield f"{_INDENT}{place}{finding.message}"
    yield from (f"{_INDENT}    {each}" for each in finding.evidence)
    if settled.why:
        yield f"{_INDENT}{settled.outcome.value}: {settled.why}"
    if finding.fix and settled.outcome in {Outcome.FAIL, Outcome.ADVISORY}:
        yield f"{_INDENT}{paint('fix')}  {finding.fix}"


def _end(report: Report, paint: Paint) -> Iterator[str]:
    line = summary((verdict.rule.code, verdict.outcome) for verdict in report.verdicts)
    if report.passed:
        yield f"{paint('Passed')}: {line}."
        return
    yield f"{paint('Failed')}: {line}."
    first = next((v.rule.code for v in report.verdicts if v.outcome is Outcome.FAIL), None)
    if first:
        yield f"Why a rule is there and how to satisfy it: productops explain {first}"
    elif not report.judged:
        yield "No rule could judge; the reasons above say what each needs."


def _painted(word: str) -> str:
    return f"\x1b[{_COLOURS[word]}m{word}\x1b[0m"
