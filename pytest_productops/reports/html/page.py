"""What the page shows: the data of a report, in the order in which a reader needs it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.gate.level import Reached
from pytest_productops.model import Outcome
from pytest_productops.reports.differences import compared
from pytest_productops.reports.differences.model import KINDS
from pytest_productops.reports.differences.reading import Side
from pytest_productops.reports.earlier import Earlier
from pytest_productops.reports.entries import failing
from pytest_productops.reports.html import groups
from pytest_productops.reports.html import plots as drawing
from pytest_productops.reports.html.groups import Shown
from pytest_productops.reports.html.plots import Plot, Point
from pytest_productops.reports.plain import Plain
from pytest_productops.reports.summary import WORDS, of_report

_DEFAULTS = frozenset({"the rule's default", "the default"})
PLOTS = ("scores", "trend")
"""Their names."""
_ROWS = 60
"""So many stored reports are listed; the plot has them all."""


def content(data: Mapping[str, Any], earlier: Earlier) -> Plain:
    """Return what the templates show."""
    report = dict(data)
    ended = groups.shown(report)
    level = report["summary"]["level"]
    parts = {
        "level": level and Reached(level["reached"], level["next"], tuple(level["obstacles"])),
        "failed": ended.get("fail", []),
        "advisory": ended.get("advisory", []),
        "unjudged": [*ended.get("error", []), *ended.get("unknown", [])],
        "inapplicable": ended.get("not-applicable", []),
        "passed": ended.get("pass", []),
        "waivers": groups.waivers(_all(ended), report["as_of"]),
        "baseline": groups.baseline(_all(ended)),
        **_trend(report, earlier.before(report)),
    }
    return {
        **report,
        **parts,
        "words": WORDS,
        "outcomes": [outcome for outcome, number in report["summary"]["counts"].items() if number],
        "kinds": KINDS,
        "sentence": of_report(report),
        "reasons": list(_reasons(report)),
        "links": _links(parts),
        "contents": list(_contents(report, parts)),
        "chosen": {k: s for k, s in report["config"]["settings"].items() if s["from"] not in _DEFAULTS},
    }


def plots(shown: Mapping[str, Any]) -> dict[str, Plot]:
    """Return the plots of the page by their names, without those that would show nothing."""
    drawn = drawing.scores(shown["summary"]["responsibilities"]), drawing.trend(shown["points"])
    return {name: plot for name, plot in zip(PLOTS, drawn, strict=True) if plot}


def _all(ended: Mapping[str, list[Shown]]) -> list[Shown]:
    return sorted(
        (each for group in ended.values() for each in group), key=lambda each: each.result["subject"]
    )


def _trend(report: Plain, earlier: Earlier) -> Plain:
    """Return what the stored reports tell: rows, points of the plot, and what changed since the last."""
    before = earlier.reports
    return {
        "history": [*before[-_ROWS:], report] if before else [],
        "unlisted": max(0, len(before) - _ROWS),
        "remarks": earlier.remarks,
        "points": [_point(each) for each in (*before, report)],
        "difference": compared(Side(before[-1]), Side(report)) if before else None,
    }


def _point(report: Plain) -> Point:
    whole = report["summary"]
    return Point(datetime.date.fromisoformat(report["as_of"]), whole["score"], whole["raw_score"])


def _reasons(report: Plain) -> Iterator[str]:
    """Yield why the gate fails."""
    counts, fatal = report["summary"]["counts"], failing(report)
    for outcome in (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN):
        if outcome.value in fatal and counts[outcome.value]:
            yield f"{counts[outcome.value]} {WORDS[outcome]}"
    stale = sum(each["outcome"] == "fail" for each in report["stale"])
    if stale:
        yield (
            f"{stale} waivers or baseline entries not needed any more"
            if stale > 1
            else ("a waiver or baseline entry not needed any more")
        )
    if not report["summary"]["judged"]:
        yield "nothing could be judged"


def _links(parts: Plain) -> dict[str, str]:
    """Return where a subject or a rule's code is on the page; of several components the first."""
    listed = [each for name in ("failed", "advisory", "unjudged") for each in parts[name]]
    codes = {each.rule["code"]: each.id for each in reversed(listed)}
    return {**codes, **{each.result["subject"]: each.id for each in listed}}


def _contents(report: Plain, parts: Plain) -> Iterator[tuple[str, str, int | None]]:
    """Yield each part of the page that is there: its id, its title, and how much it holds."""
    accepted = sum(len(each.findings) for name in ("waivers", "baseline") for each in parts[name])
    yield "verdict", "Verdict", None
    yield "scores", "Score by responsibility", None
    counted = [
        ("failed", "Failed", len(parts["failed"])),
        ("advisory", "Advisory", len(parts["advisory"])),
        ("accepted", "Waivers and baseline", accepted + len(report["stale"])),
        ("unjudged", "Could not be judged", len(parts["unjudged"])),
        ("trend", "Trend", len(parts["history"])),
        ("passed", "Passed", len(parts["passed"])),
        ("inapplicable", "Does not apply", len(parts["inapplicable"])),
    ]
    yield from (part for part in counted if part[2])
    yield "judged", "How it was judged", None
