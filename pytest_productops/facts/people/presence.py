"""Presence: when the people that a repository names were last seen in its history."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history import Commit, History
from pytest_productops.facts.people.identities import Identities, Signature, mailmap
from pytest_productops.facts.people.taking_part import author, everybody, from_fork
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository

Groups = Mapping[str, set[Signature]]
_MOSTLY = 0.8
"""The least share of a fork's merged branches that one person ends, for the fork to be that person's."""


@dataclass(frozen=True)
class Seen:
    """What history tells of a person: `events` in the window, and the full `name` they sign with.

    `last` is the last day of all; None where nobody is known who surely is meant: a nickname is not enough, for
    the same person may sign otherwise today.
    """

    events: int = 0
    last: datetime.date | None = None
    name: str = ""


class Presence(Fact):
    """Looks for people: in the window's commits, and in all of them only for those who are not found there."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Presence:
        """Never fails: the history is asked for where somebody is looked for."""
        return cls(repository)

    @property
    def _known(self) -> list[tuple[str, ...]]:
        try:
            return list(mailmap(self._repository[Files].read(".mailmap")))
        except Unreadable:
            return []

    def of(
        self,
        people: Iterable[tuple[Signature, ...]],
        since: datetime.date,
        least: int = 1,
        told: Iterable[tuple[str, ...]] = (),
    ) -> list[Seen]:
        """Return what is known of each person (the signatures that a file gives one); `told` are keys of one person.

        Raises `Unavailable` where there is no history or it is cut off.
        """
        people, history = list(people), self._repository[History]
        trail = _Trail(self._known, told)
        for commit in history.log(since=since):
            if commit.day >= since:
                trail.add(commit, within=True)
        found = trail.seen(people)
        if all(seen.events >= least for seen in found):
            return found
        for commit in history.log():
            if commit.day < since:
                trail.add(commit)
        trail.fork_owners()
        return trail.seen(people)


class _Trail:
    """Who was seen when."""

    def __init__(self, known: Iterable[tuple[str, ...]], told: Iterable[tuple[str, ...]]) -> None:
        self._who = Identities()
        self._last: dict[Signature, datetime.date] = {}
        self._within: Counter[frozenset[Signature]] = Counter()
        self._tips: dict[str, str] = {}
        self._forks: dict[str, Counter[str]] = defaultdict(Counter)
        self._told = tuple(told)
        for keys in (*known, *self._told):
            self._who.join(keys)

    def add(self, commit: Commit, *, within: bool = False) -> None:
        """Take in a commit."""
        found = frozenset(everybody(commit))
        for each in found:
            if each not in self._last:
                self._who.join(each.keys)
            self._last[each] = max(commit.day, self._last.get(each, commit.day))
        if within:
            self._within[found] += 1
        if commit.merge and (handle := from_fork(commit)):
            self._tips[commit.parents[1]] = handle
        elif handle := self._tips.pop(commit.sha, ""):
            self._forks[handle][self._who.person(author(commit))] += 1

    def fork_owners(self) -> None:
        """Join handles with those who wrote what came from their forks, where that is one person."""
        for handle, people in self._forks.items():
            counts = Counter[str]()
            for person, count in people.items():
                counts[self._who.of(person)] += count
            person, most = counts.most_common(1)[0]
            if most >= _MOSTLY * counts.total():
                self._who.join([*Signature(handle=handle).keys, person])

    def seen(self, people: Iterable[tuple[Signature, ...]]) -> list[Seen]:
        """Return what is known of each person; a signature that only looks like theirs counts as theirs too."""
        firm: dict[str, set[Signature]] = defaultdict(set)
        alike: dict[str, set[Signature]] = defaultdict(set)
        for each in self._last:
            for key in each.keys:
                firm[self._who.of(key)].add(each)
            for word in each.looks:
                alike[word].add(each)
        return [self._seen(person, firm, alike) for person in people]

    def _seen(self, person: tuple[Signature, ...], firm: Groups, alike: Groups) -> Seen:
        own = {each for sign in person for key in sign.keys for each in firm.get(self._who.of(key), ())}
        looks = (word for each in (*person, *own) for word in each.looks)
        wide = own.union(*(alike.get(word, ()) for word in looks))
        events = sum(count for found, count in self._within.items() if not wide.isdisjoint(found))
        newest = sorted(own, key=lambda each: (self._last[each], each), reverse=True)
        name = next((each.name for each in newest if " " in each.name), "")
        sure = name or any(sign.email and sign.email == each.email for sign in person for each in own)
        told = {self._who.of(key) for keys in self._told for key in keys}
        sure = sure or not told.isdisjoint(self._who.of(key) for sign in person for key in sign.keys)
        return Seen(events, self._last[newest[0]] if sure and newest else None, name)
