"""Re-plans: how often the due day of a milestone was put off, as the history of the register tells."""

from __future__ import annotations

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.files import MAX_BYTES
from pytest_productops.facts.history import History
from pytest_productops.facts.register import Register, read
from pytest_productops.git import Git
from pytest_productops.repository import Fact, Repository, Unavailable

_MOST = 300
"""Most versions of the register that are read, the newest."""


class Replans(Fact):
    """The due days that milestones had, oldest first."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Replans:
        """Never fails: the history is asked for with the days."""
        return cls(repository)

    def put_off(self, name: str) -> tuple[datetime.date, ...]:
        """Return the days that a milestone was due before it was put off to a later one, oldest first.

        Raises `Unavailable` where there is no history or it is cut off.
        """
        days = self._days.get(name, [])
        return tuple(before for before, after in itertools.pairwise(days) if after > before)

    @cached_property
    def _days(self) -> dict[str, list[datetime.date]]:
        found: dict[str, list[datetime.date]] = defaultdict(list)
        for register in (*self._versions(), self._repository[Register]):
            for milestone in register.milestones:
                if found[milestone.id][-1:] != [milestone.due]:
                    found[milestone.id].append(milestone.due)
        return found

    def _versions(self) -> Iterator[Register]:
        """Yield each committed register whose lines with `due` changed, oldest first."""
        self._repository[History]
        git, path = self._repository[Git], self._repository[Register].path
        out = git.run(
            "--literal-pathspecs", "log", "-G", r"^[ \t]*\"?due", f"--max-count={_MOST}", "--no-ext-diff",
            "--no-textconv", "--format=%H", "HEAD", "--", path,
        )  # fmt: skip
        for sha in reversed(out.decode().split()):
            try:
                if int(git.run("cat-file", "-s", f"{sha}:{path}")) <= MAX_BYTES:
                    yield read(git.run("cat-file", "blob", f"{sha}:{path}").decode(errors="replace"), path)
            except Unavailable:  # that commit deleted it
                continue
