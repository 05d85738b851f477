"""What one evidence of a task shows: the days on which the task was done, and what cannot count."""

from __future__ import annotations

import datetime
import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.committed import Committed, matches
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.history import Commit, History
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.model import Evidence, Flaw, Shown, Task
from pytest_productops.facts.register.records import Entry, entries
from pytest_productops.facts.register.schedule import Schedule, schedule
from pytest_productops.model import Location
from pytest_productops.repository import Repository, Unavailable

SKEW = datetime.timedelta(days=1)
"""How far ahead a day may be: somebody's tomorrow is still UTC's today."""
MOST_CHECKS = 20
"""Most records whose commit is looked for, newest first."""
TRAILER = "Task-Done"


def shown(repository: Repository, task: Task, evidence: Evidence, most_late: int) -> Shown:
    """Read one evidence; raise `Unavailable` where what it needs is not there."""
    return _KINDS[evidence.type](repository, task, evidence, most_late)


def how(task: Task, evidence: Evidence) -> str:
    """Return how to leave this evidence, to follow `and`."""
    words = {
        "record": f"record it in {evidence.path}",
        "trailer": f"commit it with the trailer `{evidence.key or TRAILER}: {task.id}`",
        "commit": f"commit {', '.join(evidence.paths)}",
        "tag": f"tag it {evidence.pattern}",
        "front-matter": f"set `{evidence.key}` in {evidence.path}",
        "workflow": f"let {evidence.path} run on a schedule",
    }
    return words[evidence.type]


def _records(repository: Repository, task: Task, evidence: Evidence, most_late: int) -> Shown:
    """Read dated records, or the dates in front matter, as the last commit has them."""
    committed = repository[Committed]
    where = evidence.date or f"front-matter:{evidence.key}"
    found = list(_entries(committed, evidence, where))
    past = [(path, entry) for path, entry in found if entry.day <= repository.now + SKEW]
    future = [(path, entry) for path, entry in found if entry.day > repository.now + SKEW]
    full = [(path, entry) for path, entry in past if not entry.lacks(evidence.fields)]
    flaws = [*_future(task, future), *_lacking(task, evidence, past)]
    honest, refused = _honest(repository, committed, full, most_late)
    return Shown(tuple(entry.day for _, entry in honest), tuple(flaws), tuple(refused))


def _entries(committed: Committed, evidence: Evidence, where: str) -> Iterator[tuple[str, Entry]]:
    for path in committed.matching(evidence.path):
        try:
            text = committed.read(path)
        except Unreadable as error:
            raise Unavailable(str(error)) from error
        yield from ((path, entry) for entry in entries(path, text, where))


def _future(task: Task, found: list[tuple[str, Entry]]) -> Iterator[Flaw]:
    for path, entry in sorted(found, key=lambda pair: pair[1].day)[:1]:
        message = f"{task.id}: a record is dated {entry.day}, a day that has not come yet"
        yield Flaw("future", message, Location(path, entry.line), "write the day on which it was done")


def _lacking(task: Task, evidence: Evidence, found: list[tuple[str, Entry]]) -> Iterator[Flaw]:
    """Yield one flaw for each required field that records lack, at the newest such record."""
    for name in evidence.fields:
        lacking = [(path, entry) for path, entry in found if name in entry.lacks(evidence.fields)]
        if lacking:
            path, entry = max(lacking, key=lambda pair: pair[1].day)
            count = f"{len(lacking)} records do" if len(lacking) > 1 else f"the record of {entry.day} does"
            message = f"{task.id}: {count} not say `{name}`, which the register requires"
            yield Flaw(f"field-{name}", message, Location(path, entry.line), f"add `{name}: ...` to it")


def _honest(
    repository: Repository, committed: Committed, found: list[tuple[str, Entry]], most_late: int
) -> tuple[list[tuple[str, Entry]], list[str]]:
    """Drop records newer than the first that was committed in time; say of each why.

    An import (a commit without parent, or the one that brings the register) says nothing of when its files
    were written, a shallow clone neither.
    """
    newest = sorted(found, key=lambda pair: pair[1].day, reverse=True)
    try:
        repository[History]
    except Unavailable:
        return newest, []
    refused: list[str] = []
    register = committed.first_commit(repository[Register].path) if newest else None
    imports = committed.roots | {register[0] if register else ""}
    for position, (path, entry) in enumerate(newest[:MOST_CHECKS]):
        commit = committed.first_commit(path, entry.written)
        late = _late(commit, entry.day, imports)
        if late <= most_late:
            return newest[position:], refused
        refused.append(
            f"the record of {entry.day} came {late} days late, in {commit[0][:9] if commit else ''}"
        )
    return newest[MOST_CHECKS:], refused


def _late(commit: tuple[str, str] | None, day: datetime.date, imports: frozenset[str]) -> int:
    """Return the days between a record's day and its commit."""
    if commit is None or commit[0] in imports:
        return 0
    return (datetime.date.fromisoformat(commit[1]) - day).days


def _trailers(repository: Repository, task: Task, evidence: Evidence, _: int) -> Shown:
    key = (evidence.key or TRAILER).lower()
    return _commits(
        repository,
        repository[History].log(since=task.started),
        lambda commit: any(
            k.lower() == key and task.id in re.split(r"[,\s]+", v) for k, v in commit.trailers
        ),
    )


def _changes(repository: Repository, task: Task, evidence: Evidence, _: int) -> Shown:
    wanted = {"any": (True, False), "human": (True,), "bot": (False,)}[evidence.authors]
    return _commits(
        repository,
        repository[History].log(names=True, since=task.started),
        lambda commit: (
            commit.human in wanted and any(matches(c.path, evidence.paths) for c in commit.changes)
        ),
    )


def _commits(repository: Repository, commits: Iterable[Commit], fits: Callable[[Commit], bool]) -> Shown:
    days = (commit.day for commit in commits if fits(commit))
    return Shown(tuple(day for day in days if day <= repository.now + SKEW))


def _tags(repository: Repository, _task: Task, evidence: Evidence, _: int) -> Shown:
    tags = repository[History].tags
    if not tags:
        raise Unavailable("there are no tags here: run git fetch --tags, or fetch them in CI")
    fitting = (tag.day for tag in tags if fnmatch.fnmatchcase(tag.name, evidence.pattern))
    return Shown(tuple(day for day in fitting if day <= repository.now + SKEW))


def _workflow(repository: Repository, task: Task, evidence: Evidence, _: int) -> Shown:
    """Judge whether a workflow is scheduled as often as promised; that it ran, no file can say."""
    files = repository[Files]
    path = evidence.path.removeprefix("./")
    if path not in files:
        message = f"{task.id}: {path}, which shall run it, does not exist"
        flaw = Flaw("workflow", message, evidence.location, "name the workflow that runs it")
        return Shown(flaws=(flaw,), scheduled=True)
    try:
        plan = schedule(yaml.read(files.read(path), path).value, path)
    except (Unreadable, yaml.YamlError) as error:
        raise Unavailable(str(error)) from error
    if plan.unknown:
        raise Unavailable(plan.unknown)
    return Shown(flaws=tuple(_too_seldom(task, plan, path)), scheduled=True)


def _too_seldom(task: Task, plan: Schedule, path: str) -> Iterator[Flaw]:
    if task.cadence is None:
        enough, truth, fix = plan.on_release, "does not run on releases or tags", "add `on: release`"
    else:
        enough = plan.gap is not None and plan.gap <= task.cadence.longest
        truth = f"runs every {plan.gap} days" if plan.gap else "has no schedule that repeats"
        fix = f"schedule it at least every {task.cadence}"
    if not enough:
        promise = f"every {task.cadence}" if task.cadence else "for each release"
        yield Flaw("schedule", f"{task.id}: promised {promise}, {path} {truth}", Location(path), fix)


_KINDS: Mapping[str, Callable[[Repository, Task, Evidence, int], Shown]] = MappingProxyType(
    {
        "record": _records,
        "front-matter": _records,
        "trailer": _trailers,
        "commit": _changes,
        "tag": _tags,
        "workflow": _workflow,
    }
)
