"""Changes: what people brought onto the mainline, newest first, and by which way."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.changes.signs import doubt, of_a_bot, sign, sync
from pytest_productops.facts.files import Files
from pytest_productops.facts.history import Commit, History
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository

__all__ = ["Changes", "Landing"]
MOST_READ = 4000
"""Most commits of the mainline that are looked through."""


@dataclass(frozen=True)
class Landing:
    """A change that reached the mainline: a commit, or a merge with all that it brought.

    `sign` is what shows that it came by a change request, `doubt` why it may have without a sign.
    """

    commit: Commit
    sign: str = ""
    doubt: str = ""

    @property
    def direct(self) -> bool:
        """Whether it was pushed onto the mainline as it was written."""
        return not self.sign and not self.doubt

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that it changed."""
        return tuple(change.path for change in self.commit.changes)

    @property
    def who(self) -> str:
        """Who made it, or merged it, without what people add to their names in brackets."""
        return self.commit.author.partition("(")[0].strip().casefold() or self.commit.author

    def __str__(self) -> str:
        return f"{self.commit.short} {self.commit.day} {self.commit.author}: {self.commit.subject[:60]}"


class Changes(Fact):
    """The changes of people on the mainline (first parents), read as far as somebody iterates.

    Left out: what programs made, merges that only bring the mainline or another version's line.
    `forge` says that the repository lives on GitHub, which has no fast-forward merges.
    """

    def __init__(self, history: History, *, forge: bool = False) -> None:
        self._history = history
        self.forge = forge

    @classmethod
    def gather(cls, repository: Repository) -> Changes:
        """Find the history; raise `Unavailable` where there is none or it is cut off."""
        files = repository[Files]
        return cls(repository[History], forge=any(path.startswith(".github/") for path in files))

    def __iter__(self) -> Iterator[Landing]:
        for number, commit in enumerate(self._history.landed):
            if number >= MOST_READ:
                return
            if not of_a_bot(commit) and not sync(commit) and commit.parents:
                found = sign(commit)
                yield Landing(commit, found, "" if found else doubt(commit))
