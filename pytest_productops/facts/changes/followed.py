"""Followed: the commits by which a declared convention is judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pytest_productops.facts.changes.conventions import Convention
from pytest_productops.facts.history import Commit, History
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

MOST_READ = 4000
"""Most commits that are looked through."""
_EXEMPT = regex(
    r"^\W*(?:revert\b|reapply\b|fixup!|squash!|amend!|merge\b|initial commit|v?\d+(?:\.\d+)+"
    r"|(?:release|version|prepare)\b|bump version)",
    re.IGNORECASE,
)
_SQUASHED = regex(r"\((?:#|!)\d+\)\s*\Z")


class Followed(Fact):
    """The newest commits of people, as a convention counts them."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Followed:
        """Never fails: the history is asked for with the first convention."""
        return cls(repository)

    def judged(self, convention: Convention, window: int) -> list[Commit]:
        """Return the newest commits that a convention speaks of, made after it was declared.

        Where the mainline consists of squashed requests and single commits, it is those; where it consists of
        merges, the commits on the branches. Merges, reverts, releases and what programs made do not count.
        Raises `Unavailable` without a history.
        """
        history = self._repository[History]
        mainline = list(islice(history.landed, window))
        merged = sum(commit.merge for commit in mainline) * 2 > len(mainline)
        if merged and convention.titles:
            return []  # the titles of merged requests are not recorded
        commits = history.log(merges=False, most=MOST_READ) if merged else history.landed
        found = list(islice(_of_people(commits, convention), window))
        if convention.kind == "sign-off":  # a squash on the forge may drop what each commit had
            return [
                commit
                for commit in found
                if convention.obeyed(commit) or not _SQUASHED.search(commit.subject)
            ]
        return found


def _of_people(commits: Iterable[Commit], convention: Convention) -> Iterator[Commit]:
    for commit in islice(commits, MOST_READ):
        if convention.since and commit.day.isoformat() <= convention.since:
            return
        if commit.human and not commit.merge and commit.parents and not _EXEMPT.match(commit.subject):
            yield commit
