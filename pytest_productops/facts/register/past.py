"""What history holds for the evidence of the whole register: read in one pass, however many tasks there are.

`Past` reads who changed which paths, and the trailers; `Written` the changed lines of those files that hold dated
headings, rows or front matter. Both only go back to the first day on which a task could have been done.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from pytest_productops.facts.committed import Committed
from pytest_productops.facts.history import History, is_bot
from pytest_productops.facts.patterns import Patterns
from pytest_productops.facts.register import Evidence, Register
from pytest_productops.facts.register.model import TRAILER
from pytest_productops.facts.register.passes import NAMES, PATCH, Step, added_lines, steps
from pytest_productops.facts.register.records import spelled
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository

FILES = frozenset({"record", "front-matter"})
"""The types of evidence that stand in files."""
_AT_ONCE = 1000
"""Most commits that one call of git is given by name."""

Added = tuple[str, str]
"""The commit that added something, and its ISO day."""


class Past(Fact):
    """The days of trailers and of changed paths, and the commits that added the files of records."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self._trailed: dict[tuple[str, str], list[datetime.date]] = defaultdict(list)
        self._changed: dict[str, list[tuple[datetime.date, bool, str]]] = defaultdict(list)
        self._added: dict[str, Added] = {}
        self.names = {path: path for path in wanted.files}
        """What the files of records were ever called -> what they are called now."""
        self.touched: list[str] = []
        """The commits that changed a file with dated entries, newest first."""

    @classmethod
    def gather(cls, repository: Repository) -> Past:
        """Read it; raise `Unavailable` without a full history."""
        repository[History]
        git = repository[Git]
        past = cls(_wanted(repository[Register], repository[Committed]))
        for step in steps(git.stream("log", *NAMES, *past.options(partial=git.partial), "HEAD", "--")):
            past.take(step)
        return past

    def options(self, *, partial: bool) -> tuple[str, ...]:
        """Return the options of the pass. A partial clone lacks what similar files are compared by."""
        since = self._wanted.since
        names = ("--name-status", "-M100%" if partial else "-M") if self._wanted.named else ()
        return (*names, f"--since={since}T00:00:00Z") if since else names

    def take(self, step: Step) -> None:
        """Add what a commit holds; commits come newest first, so that the oldest has the last word."""
        for key, value in step.trailers:
            if key.lower() in self._wanted.keys:
                for name in set(re.split(r"[,\s]+", value)) & self._wanted.ids:
                    self._trailed[key.lower(), name].append(step.day)
        for status, path, origin in step.changes:
            for each in (path, origin) if origin else (path,):
                for pattern in self._wanted.patterns.of(each):
                    self._changed[pattern].append((step.day, is_bot(step.author, step.email), step.sha))
            self._follow(step, status, path, origin)

    def _follow(self, step: Step, status: str, path: str, origin: str) -> None:
        now = self.names.get(path)
        if now is None:
            return
        if origin:
            self.names[origin] = now
        elif status == "A":
            self._added[now] = (step.sha, step.day.isoformat())
        if now in self._wanted.dated and step.sha not in self.touched[-1:]:
            self.touched.append(step.sha)

    def trailed(self, evidence: Evidence, name: str, since: datetime.date) -> Iterator[datetime.date]:
        """Yield the days of commits with the trailer that names a task or milestone of the register."""
        found = self._trailed.get(((evidence.key or TRAILER).lower(), name), ())
        return (day for day in found if day >= since)

    def changed(self, evidence: Evidence, since: datetime.date) -> Iterator[datetime.date]:
        """Yield the days of commits to the paths of an evidence of the register."""
        bots = {"any": (True, False), "human": (False,), "bot": (True,)}[evidence.authors]
        for pattern in evidence.paths:
            for when, bot, _ in self._changed.get(pattern, ()):
                if bot in bots and when >= since:
                    yield when

    def added(self, path: str) -> Added | None:
        """Return the commit that added a file, through renames; None where that was before all tasks started."""
        return self._added.get(path)

    @property
    def dated(self) -> tuple[str, ...]:
        """Every name of the files with dated entries."""
        return tuple(name for name, now in self.names.items() if now in self._wanted.dated)


class Written(Fact):
    """The commits that wrote the dates in files with dated entries."""

    def __init__(self, first: Mapping[tuple[str, str], Added]) -> None:
        self._first = first

    @classmethod
    def gather(cls, repository: Repository) -> Written:
        """Read it; raise `Unavailable` as `Past` does, and in a partial clone."""
        past, git = repository[Past], repository[Git]
        first: dict[tuple[str, str], Added] = {}
        for start in range(0, len(past.touched), _AT_ONCE):
            chunk = past.touched[start : start + _AT_ONCE]
            out = git.stream(
                "--literal-pathspecs", "log", "--no-walk=unsorted", *PATCH, *chunk, "--", *past.dated
            )
            for sha, when, path, line in added_lines(out):
                for written in spelled(line):
                    first[past.names.get(path, path), written] = (sha, when)
        return cls(first)

    def added(self, path: str, written: str) -> Added | None:
        """Return the commit that wrote a date into a file; None where that was before all tasks started."""
        return self._first.get((path, written))


@dataclass(frozen=True)
class _Wanted:
    """What the register asks of history: trailers, patterns of paths, the files of records, from a day on."""

    ids: frozenset[str]
    keys: frozenset[str]
    patterns: Patterns
    files: frozenset[str]
    dated: frozenset[str]
    named: bool
    since: datetime.date | None


def _wanted(register: Register, committed: Committed) -> _Wanted:
    every: list[tuple[datetime.date | None, Evidence]]
    every = [(task.started, e) for task in register.tasks for e in task.evidence]
    every += [(None, e) for milestone in register.milestones for e in milestone.evidence]
    files = [e for _, e in every if e.type in FILES]
    dated = [e for e in files if e.date != "filename"]
    days = [since for since, e in every if e.type in {*FILES, "trailer", "commit"}]
    paths = [path for _, e in every if e.type == "commit" for path in e.paths]
    return _Wanted(
        register.ids | {milestone.id for milestone in register.milestones},
        frozenset((e.key or TRAILER).lower() for _, e in every if e.type == "trailer"),
        Patterns(paths),
        frozenset({register.path, *(path for e in files for path in committed.matching(e.path))}),
        frozenset(path for e in dated for path in committed.matching(e.path)),
        bool(paths or files),
        None if None in days else min(filter(None, days), default=None),
    )
