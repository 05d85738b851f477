"""What updaters have proposed lately: one may work without settings, as Dependabot's security updates do."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property

from pytest_productops.facts.clock import Clock
from pytest_productops.facts.history import Commit, History
from pytest_productops.facts.manifests import LOCKS, ecosystem_of, reader
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository, Unavailable

WINDOW = 180
"""Days in which an updater that works proposes something."""
_UPDATERS = regex(r"\b(?:dependabot|renovate|depfu|pyup|scala-steward|snyk|greenkeeper)", 2)
_WORKFLOWS = ".github/workflows/"


class Proposed(Fact):
    """The newest commit of an updater's account to each ecosystem, in the last `WINDOW` days."""

    def __init__(self, history: History | None, today: datetime.date) -> None:
        self._history = history
        self._since = today - datetime.timedelta(WINDOW)

    @classmethod
    def gather(cls, repository: Repository) -> Proposed:
        """Never fails; where there is no history, nothing is known to be proposed."""
        try:
            return cls(repository[History], repository[Clock].today)
        except Unavailable:
            return cls(None, repository[Clock].today)

    def to(self, ecosystem: str) -> Commit | None:
        """Return the newest commit to an ecosystem, None where there is none."""
        return self._newest.get(ecosystem)

    @cached_property
    def _newest(self) -> Mapping[str, Commit]:
        found: dict[str, Commit] = {}
        log = self._history.log(names=True, merges=False, since=self._since) if self._history else ()
        for commit in log:
            if _UPDATERS.search(f"{commit.author} {commit.email}"):
                for ecosystem in _touched(commit):
                    found.setdefault(ecosystem, commit)
        return found


def _touched(commit: Commit) -> Iterator[str]:
    for change in commit.changes:
        name = posixpath.basename(change.path)
        if change.path.startswith(_WORKFLOWS):
            yield "github-actions"
        else:
            locked = next((each for each, names in LOCKS.items() if name in names), None)
            if locked or reader(change.path):
                yield locked or ecosystem_of(change.path)
