"""A report as text for a person: what failed, where, and what to do; two lines where nothing did.

What the baseline knows is counted and not listed: day-one noise is what it is there to end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType

from pytest_productops.fixing import OPEN, command
from pytest_productops.gate import ITEMS
from pytest_productops.model import LEVELS, Outcome, Report, Settled, Verdict
from pytest_productops.reports.patches import Found
from pytest_productops.reports.summary import summary

WIDTH = 80
_LABELS = {
    Outcome.FAIL: "FAIL",
    Outcome.ADVISORY: "WARN",
    Outcome.WAIVED: "WAIV",
    Outcome.UNKNOWN: "UNKN",
    Outcome.ERROR: "ERR ",
}
_COLOURS = {
    "FAIL": "31;1", "ERR ": "31;1", "WARN": "33", "WAIV": "33", "UNKN": "36", "NOTE": "36",
    "Passed": "32;1", "Failed": "31;1", "fix": "2",
}  # fmt: skip
_INDENT = " " * 6
Paint = Callable[[str], str]


def render(report: Report, mends: Found = MappingProxyType({}), *, colour: bool = False) -> str:
    """Return the report as lines of text; `mends` are what `productops fix` knows to do."""
    paint = _painted if colour else str
    shown = [
        line
        for verdict in report.verdicts
        if verdict.outcome in _LABELS
        for line in _verdict(verdict, mends, paint)
    ]
    shown += [line for of in ITEMS for line in _upkeep(report, of, paint)]
    shown += [f"{paint('NOTE')}  {note}" for note in report.notes]
    return "\n".join([_head(report), *(["", *shown, ""] if shown else []), *_end(report, paint)]) + "\n"


def _head(report: Report) -> str:
    """Say what was judged by what: profile, level where it is not the highest, shared policies with their digest."""
    policy = report.policy
    level = [] if policy.level == LEVELS[-1] else [f"level {policy.level}"]
    return "  ".join([report.name, f"profile {policy.profile}", *level, *map(str, policy.extends)])


def _upkeep(report: Report, of: str, paint: Paint) -> Iterator[str]:
    """Say which waivers or entries of the baseline are not needed any more."""
    stale = [each for each in report.stale if each.of == of]
    if stale:
        yield f"{paint(_LABELS[stale[0].outcome])}  {of}"
    for each in stale:
        yield f"{_INDENT}{each.location}  {each.message}"
    if stale:
        yield f"{_INDENT}{paint('fix')}  {stale[0].fix}"


def _verdict(verdict: Verdict, mends: Found, paint: Paint) -> Iterator[str]:
    rule = verdict.rule
    title = f"{verdict.subject} {rule.name}"
    family = f"{rule.responsibility}, {rule.level}"
    gap = " " * max(2, WIDTH - len(_INDENT) - len(title) - len(family))
    yield f"{paint(_LABELS[verdict.outcome])}  {title}{gap}{family}"
    if verdict.reason:
        yield f"{_INDENT}{verdict.reason}"
    for line in verdict.traceback.splitlines():
        yield f"{_INDENT}  {line}"
    known = [each for each in verdict.findings if each.outcome is Outcome.BASELINED]
    for settled in verdict.findings:
        if settled not in known:
            yield from _finding(settled, paint)
    yield from _commands(verdict, mends, paint)
    if known:
        yield f"{_INDENT}and {len(known)} known since adoption, in the baseline"


def _commands(verdict: Verdict, mends: Found, paint: Paint) -> Iterator[str]:
    """Yield the commands that mend findings of the rule, each with how many where it does not mend them all."""
    keys = (each.finding.key for each in verdict.findings if each.outcome in OPEN)
    known = [mends.get((verdict.rule.code, verdict.component, key)) for key in keys]
    for safety, number in Counter(patch.safety for patch in known if patch).items():
        some = "" if number == len(known) else f", {number} of {len(known)}"
        yield f"{_INDENT}{paint('fix')}  {command(verdict.rule.code, safety)}  ({safety}{some})"


def _finding(settled: Settled, paint: Paint) -> Iterator[str]:
    finding = settled.finding
    place = f"{finding.location}  " if finding.location else ""
    yield f"{_INDENT}{place}{finding.message}"
    yield from (f"{_INDENT}    {each}" for each in finding.evidence)
    if settled.why:
        said = "" if settled.outcome is Outcome.FAIL else f"{settled.outcome.value}: "
        yield f"{_INDENT}{said}{settled.why}"
    if finding.fix and settled.outcome in OPEN:
        yield f"{_INDENT}{paint('fix')}  {finding.fix}"


def _end(report: Report, paint: Paint) -> Iterator[str]:
    line = summary((verdict.rule.code, verdict.outcome) for verdict in report.verdicts)
    if report.passed:
        yield f"{paint('Passed')}: {line}."
        yield from _level(report)
        return
    yield f"{paint('Failed')}: {line}."
    yield from _level(report)
    first = next((v.rule.code for v in report.verdicts if v.outcome is Outcome.FAIL), None)
    if first:
        yield f"Why a rule is there and how to satisfy it: productops explain {first}"
    elif not report.judged:
        yield "No rule could judge; the reasons above say what each needs."


def _level(report: Report) -> Iterator[str]:
    if report.level:
        yield f"{report.level[0].upper()}{report.level[1:]}."


def _painted(word: str) -> str:
    return f"\x1b[{_COLOURS[word]}m{word}\x1b[0m"
