"""What the baseline holds after an adoption, a shrinking, or an addition: entries from verdicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import field

from pytest_productops.gate.adopted import home, matched
from pytest_productops.lazy import dataclass
from pytest_productops.model import UNJUDGED, Outcome, Stale, Verdict
from pytest_productops.policy.settings import Settings
from pytest_productops.repository import Repository

Table = dict[str, datetime.date]


@dataclass(frozen=True)
class Revised:
    """The entries that a baseline should have, and how many were added, renamed and dropped."""

    entries: dict[str, Table] = field(default_factory=dict)
    added: int = 0
    renamed: int = 0
    dropped: int = 0


def revised(
    settings: Settings,
    verdicts: Iterable[Verdict],
    stale: Iterable[Stale],
    repository: Repository,
    *,
    add: bool,
) -> Revised:
    """Return what the baseline becomes: stale entries go, renamed ones get their new key, failures come on `add`.

    Entries of rules that could not judge stay as they are. A rule that is not waivable gets none.
    """
    judged = {verdict.subject: verdict for verdict in verdicts}
    gone = {each.key for each in stale}
    entries: dict[str, Table] = {}
    renamed = dropped = 0
    for subject, table in settings.baseline.entries.items():
        now = home(subject, repository)
        keys = _keys(judged.get(now))
        moved = matched(table, keys, repository)
        for key, day in table.items():
            if f"{subject} {key}" in gone:
                dropped += 1
                continue
            today = moved.get(key, key)
            entries.setdefault(now, {})[today] = day
            renamed += (now, today) != (subject, key)
    fit = [verdict for verdict in judged.values() if settings.terms(verdict.rule).waivable] if add else []
    added = sum(_add(verdict, entries, repository.now) for verdict in fit)
    return Revised(entries, added, renamed, dropped)


def _keys(verdict: Verdict | None) -> list[str]:
    judged = verdict is not None and verdict.outcome not in UNJUDGED
    return [each.finding.key for each in verdict.findings] if verdict and judged else []


def _add(verdict: Verdict, entries: dict[str, Table], today: datetime.date) -> int:
    """Add a verdict's failures, and return how many."""
    fresh = {s.finding.key for s in verdict.findings if s.outcome is Outcome.FAIL}
    fresh -= set(entries.get(verdict.subject, ()))
    for key in fresh:
        entries.setdefault(verdict.subject, {})[key] = today
    return len(fresh)
