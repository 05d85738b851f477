"""What one evidence of a task shows: the days on which the task was done, and what cannot count."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.committed import Committed
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.globs import fits
from pytest_productops.facts.history import History
from pytest_productops.facts.register import Register
from pytest_productops.facts.register.model import Evidence, Flaw, Shown, Task
from pytest_productops.facts.register.past import Added, Past, Written
from pytest_productops.facts.register.records import Entry, entries, malformed
from pytest_productops.facts.register.schedule import Schedule, schedule
from pytest_productops.model import Location
from pytest_productops.repository import Repository, Unavailable

SKEW = datetime.timedelta(days=1)
"""How far ahead a day may be: somebody's tomorrow is still UTC's today."""


def shown(repository: Repository, task: Task, evidence: Evidence, most_late: int) -> Shown:
    """Read one evidence; raise `Unavailable` where what it needs is not there."""
    return _KINDS[evidence.type](repository, task, evidence, most_late)


def _records(repository: Repository, task: Task, evidence: Evidence, most_late: int) -> Shown:
    """Read dated records, or the dates in front matter, as the last commit has them."""
    committed = repository[Committed]
    where = evidence.date or f"front-matter:{evidence.key}"
    texts = list(_texts(committed, evidence))
    found = [(path, entry) for path, text in texts for entry in entries(path, text, where)]
    strange = [(path, *said) for path, text in texts for said in malformed(path, text, where)]
    past = [(path, entry) for path, entry in found if entry.day <= repository.now + SKEW]
    future = [(path, entry) for path, entry in found if entry.day > repository.now + SKEW]
    full = [(path, entry) for path, entry in past if not entry.lacks(evidence.fields)]
    flaws = [*_future(task, future), *_malformed(task, strange), *_lacking(task, evidence, past)]
    honest, refused = _honest(repository, committed, full, most_late)
    return Shown(tuple(entry.day for _, entry in honest), tuple(flaws), tuple(refused))


def _texts(committed: Committed, evidence: Evidence) -> Iterator[tuple[str, str]]:
    for path in committed.matching(evidence.path):
        try:
            yield path, committed.read(path)
        except Unreadable as error:
            raise Unavailable(str(error)) from error


def _malformed(task: Task, found: list[tuple[str, int, str]]) -> Iterator[Flaw]:
    """Yield one flaw for all days that cannot be read, at the last of them."""
    if found:
        path, line, said = found[-1]
        others = f"; {len(found) - 1} more like it" if len(found) > 1 else ""
        message = f"{task.id}: `{said[:40]}` is no day, so its record does not count{others}"
        yield Flaw("malformed", message, Location(path, line), "write the day as 2026-01-05")


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
) -> tuple[list[tuple[str, Entry]], list[Flaw]]:
    """Drop records newer than the first that was committed in time; say of each why.

    An import (a commit without parent, or the one that brings the register) says nothing of when its files
    were written, a shallow clone neither.
    """
    newest = sorted(found, key=lambda pair: pair[1].day, reverse=True)
    try:
        past = repository[Past]
    except Unavailable:
        return newest, []
    refused: list[Flaw] = []
    register = past.added(repository[Register].path)
    imports = committed.roots | {register[0] if register else ""}
    for position, (path, entry) in enumerate(newest):
        commit = repository[Written].added(path, entry.written) if entry.written else past.added(path)
        late = _late(commit, entry.day, imports)
        if late <= most_late:
            return newest[position:], refused
        message = f"the record of {entry.day} came {late} days late, in {commit[0][:9] if commit else ''}"
        fix = f"commit a record within {most_late} days"
        refused.append(Flaw("back-dated", message, Location(path, entry.line), fix))
    return [], refused


def _late(commit: Added | None, day: datetime.date, imports: frozenset[str]) -> int:
    """Return the days between a record's day and its commit."""
    if commit is None or commit[0] in imports:
        return 0
    return (datetime.date.fromisoformat(commit[1]) - day).days


def _trailers(repository: Repository, task: Task, evidence: Evidence, _: int) -> Shown:
    return _so_far(repository, repository[Past].trailed(evidence, task.id, task.started))


def _changes(repository: Repository, task: Task, evidence: Evidence, _: int) -> Shown:
    return _so_far(repository, repository[Past].changed(evidence, task.started))


def _so_far(repository: Repository, days: Iterable[datetime.date]) -> Shown:
    return Shown(tuple(day for day in days if day <= repository.now + SKEW))


def _tags(repository: Repository, _task: Task, evidence: Evidence, _: int) -> Shown:
    tags = repository[History].tags
    if not tags:
        raise Unavailable("there are no tags here: run git fetch --tags, or fetch them in CI")
    fitting = (tag.day for tag in tags if fits(tag.name, evidence.pattern))
    return _so_far(repository, fitting)


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
