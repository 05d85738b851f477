"""Absence: how few people make half of the changes, overall and to each critical part.

CHAOSS, contributor absence factor: https://chaoss.community/kb/metric-contributor-absence-factor/.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field

from pytest_productops.facts.files import Files
from pytest_productops.facts.history import Commit, History
from pytest_productops.facts.ownership.critical import critical
from pytest_productops.facts.people.identities import Identities, Signature
from pytest_productops.facts.people.taking_part import author, credits_as
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository

OVERALL = ""


@dataclass(frozen=True)
class Work:
    """The commits to a part (`OVERALL`: to everything), and the people behind them with their shares, largest first.

    Who wrote a commit together share it.
    """

    part: str
    commits: int
    people: tuple[tuple[str, float], ...]
    paths: tuple[str, ...] = ()

    def fewest(self, threshold: float) -> tuple[tuple[str, float], ...]:
        """Return the smallest set of people behind such a share of the commits."""
        total = 0.0
        for count, (_, share) in enumerate(self.people, 1):
            total += share
            if total >= threshold - 1e-9:
                return self.people[:count]
        return self.people


@dataclass
class _Tally:
    """The commits of a part while they are counted."""

    paths: frozenset[str] = frozenset()
    commits: int = 0
    credit: Counter[Signature] = field(default_factory=Counter)

    def add(self, people: Iterable[Signature]) -> None:
        people = tuple(people)
        self.commits += 1
        for each in people:
            self.credit[each] += 1 / len(people)  # type: ignore[assignment]


class Absence(Fact):
    """Counts who changes what, in one pass over the window. Merges, programs and reformatting do not count."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Absence:
        """Never fails: the history is asked for when it is counted."""
        return cls(repository)

    def since(self, day: datetime.date, *, parts: bool = True, own: Iterable[str] = ()) -> tuple[Work, ...]:
        """Return the work since a day: overall, then on each critical part that was changed.

        `own` are further critical files or folders. Raises `Unavailable` without a full history.
        """
        history = self._repository[History]
        kinds = critical(self._repository[Files], own) if parts else {}
        tallies = {OVERALL: _Tally()} | {kind: _Tally(frozenset(paths)) for kind, paths in kinds.items()}
        who = Identities()
        for commit in history.log(since=day, merges=False, names=bool(kinds)):
            if commit.day >= day and not commit.merge and not commit.listed:
                _count(commit, tallies, who)
        return tuple(_work(part, tally, who) for part, tally in tallies.items())


def _count(commit: Commit, tallies: Mapping[str, _Tally], who: Identities) -> None:
    people = [each for each in (author(commit), *credits_as(commit, "co-authored-by")) if not each.bot]
    one_each = {who.person(each): each for each in reversed(people)}.values()
    if not commit.human or not people:
        return
    changed = {change.path for change in commit.changes} if not commit.bulk else set[str]()
    for part, tally in tallies.items():
        if part == OVERALL or not tally.paths.isdisjoint(changed):
            tally.add(one_each)


def _work(part: str, tally: _Tally, who: Identities) -> Work:
    shares, names = defaultdict[str, float](float), dict[str, str]()
    for signature, credit in tally.credit.most_common():
        person = who.person(signature)
        shares[person] += float(credit) / tally.commits
        names.setdefault(person, signature.name or signature.email)
    ranked = sorted(
        ((names[person], share) for person, share in shares.items()), key=lambda each: (-each[1], each[0])
    )
    return Work(part, tally.commits, tuple(ranked), tuple(sorted(tally.paths)))
