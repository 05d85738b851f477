"""What the verb prints of waivers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from pytest_productops.facts.waivers import Broken, Waiver
from pytest_productops.model import UNJUDGED, Finding, Rule, Verdict
from pytest_productops.text import clean

SHOWN = 10
"""Most findings that are listed."""


def covered(waiver: Waiver, verdicts: Iterable[Verdict]) -> int | None:
    """Return how many findings of its rule a waiver covers; None where the rule could not judge."""
    verdicts = tuple(verdicts)
    if any(verdict.outcome in UNJUDGED for verdict in verdicts):
        return None
    return sum(waiver.covers(v.rule, settled.finding) for v in verdicts for settled in v.findings)


def effect(rule: Rule, waiver: Waiver, verdicts: Sequence[Verdict]) -> str:
    """Say what a new waiver covers, with a warning where that is nothing."""
    number = covered(waiver, verdicts)
    found = [settled.finding for verdict in verdicts for settled in verdict.findings]
    if number is None:
        reason = next(verdict.reason for verdict in verdicts if verdict.outcome in UNJUDGED)
        return f"What it covers cannot be told, {rule.code} could not judge: {reason}\n"
    if not found:
        return f"Warning: {rule.code} finds nothing here, so it covers nothing.\n"
    if number:
        return f"It covers {number} of {_many(len(found), 'finding')} of {rule.code}.\n"
    listed = "".join(f"  {_paths_and_key(each)}\n" for each in found[:SHOWN])
    more = f"  and {len(found) - SHOWN} more\n" if len(found) > SHOWN else ""
    whole = f"{_many(len(found), 'finding')} of {rule.code}"
    return f"Warning: it covers none of {whole}. Their paths and keys:\n{listed}{more}"


def _paths_and_key(finding: Finding) -> str:
    return "  ".join(filter(None, [finding.location.path if finding.location else "", finding.key]))


def not_one(rule: Rule, found: Sequence[Waiver], inline: Sequence[Waiver]) -> tuple[str, str]:
    """Say why it is not clear which waiver is meant, and what to do."""
    if found:
        subjects = ", ".join(each.subject or "(all)" for each in found)
        return f"{rule.code} has {len(found)} waivers: {subjects}", "say which with --subject"
    if inline:
        return f"the waiver of {rule.code} is a comment: {inline[0].location}", "write the new day there"
    return f"the settings hold no such waiver of {rule.code}", "leave --extend out to write one"


def pruned(idle: Iterable[Waiver], untold: Iterable[Waiver]) -> str:
    """Say what was deleted, and what was not and why."""
    lines = [f"{_in_comment(each)} {each.location}: {each.name}, {each}" for each in idle]
    lines += [f"kept {each.location}: {each.name}, its rule could not judge" for each in untold]
    return clean("\n".join(lines) or "every waiver covers something", keep="\n", limit=10**6) + "\n"


def _in_comment(waiver: Waiver) -> str:
    return "delete the comment at" if waiver.lines else "deleted"


def table(
    rows: Iterable[tuple[Waiver, int | None]], broken: Iterable[Broken], today: datetime.date, max_days: int
) -> str:
    """Return a line a waiver, the next to end first."""
    cells = [
        (
            each.name,
            f"until {each.expires}",
            _left((each.expires - today).days, max_days),
            each.owner,
            "cannot tell" if number is None else f"covers {_many(number, 'finding')}",
            str(each.location),
        )
        for each, number in sorted(rows, key=lambda row: (row[0].expires, row[0].name))
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    lines += [f"{each.location}: {each.message}" for each in broken]
    return "".join(f"{clean(line)}\n" for line in lines) or "no waivers\n"


def _left(days: int, max_days: int) -> str:
    if days < 0:
        return f"ended {_many(-days, 'day')} ago"
    if days > max_days:
        return f"too long, {max_days} days are allowed"
    return f"{_many(days, 'day')} left"


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
