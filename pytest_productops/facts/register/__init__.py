"""Register: the routine and critical tasks that a team has promised to do, from `.productops/tasks.toml`."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.register.cadence import Span, span
from pytest_productops.facts.schema import Mistake, Problem, mistakes, read_schema
from pytest_productops.facts.toml import Loaded, Path, TomlError, load
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository
from pytest_productops.suggest import did_you_mean

PLACE = ".productops/tasks.toml"
OTHER_PLACES = ("tasks.toml", "docs/ops/tasks.toml")
"""Names that other tools use too, so such a file must say that it is a register."""
MOST_GRACE = 14
"""Longest grace of a routine task that names none, in days."""


@dataclass(frozen=True)
class Evidence:
    """What shows that a task was done. `type` says which other fields count (`register.schema.json`)."""

    type: str
    location: Location
    path: str = ""
    date: str = ""
    fields: tuple[str, ...] = ()
    key: str = ""
    paths: tuple[str, ...] = ()
    authors: str = "any"
    pattern: str = ""


@dataclass(frozen=True)
class Task:
    """A task: done every `cadence`, or once a stable release where that is None."""

    id: str
    title: str
    kind: str
    stage: str
    owner: str
    started: datetime.date
    procedure: str
    evidence: tuple[Evidence, ...]
    location: Location
    cadence: Span | None = None
    grace: Span | None = None
    automated: bool = False
    rotate: int = 0

    def due(self, last: datetime.date) -> datetime.date:
        """Return when it is due again."""
        return self.cadence.after(last) if self.cadence else datetime.date.max

    def latest(self, due: datetime.date, last: datetime.date) -> datetime.date:
        """Return the last day on which it is not overdue: its grace later, a critical task none.

        By default a fifth of the cadence and at most 14 days; 14 days for what a release demands.
        """
        if self.grace:
            return self.grace.after(due)
        fifth = (due - last).days // 5 if self.cadence else MOST_GRACE
        days = 0 if self.kind == "critical" else min(fifth, MOST_GRACE)
        return due + datetime.timedelta(days=min(days, (datetime.date.max - due).days))


@dataclass(frozen=True)
class OwnerGroup:
    """Who owns tasks under a name."""

    name: str
    members: tuple[str, ...]
    contact: str
    escalate: str
    location: Location


@dataclass(frozen=True)
class Milestone:
    """Something due once."""

    id: str
    title: str
    owner: str
    due: datetime.date
    spec: str
    criteria: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    location: Location


@dataclass(frozen=True)
class Register(Fact):
    """The register; `path` "" where there is none. An entry with a problem is not in it."""

    path: str = ""
    tasks: tuple[Task, ...] = ()
    owners: tuple[OwnerGroup, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def gather(cls, repository: Repository) -> Register:
        """Read it; never fails, what cannot be read is a problem."""
        files = repository[Files]
        path = repository.artifacts.get("tasks") or _find(files)
        if not path:
            return cls()
        try:
            return read(files.read(path), path)
        except Unreadable as error:
            return cls(path, problems=(Problem(Location(path), str(error)),))

    @property
    def ids(self) -> frozenset[str]:
        """The names of all tasks."""
        return frozenset(task.id for task in self.tasks)


def read(text: str, path: str = PLACE) -> Register:
    """Read a register's text."""
    try:
        loaded = load(text)
    except TomlError as error:
        return Register(path, problems=(Problem(Location(path, error.line), f"no TOML: {error.reason}"),))
    found = [*mistakes(loaded.data, read_schema(__package__ or "", "register.schema.json")), *_sense(loaded)]
    wrong = frozenset(mistake.path[:2] for mistake in found)
    entries = _Entries(loaded, path, wrong)
    return Register(
        path,
        tuple(entries.task(index, raw) for index, raw in entries.sound("task")),
        tuple(entries.owner(name, raw) for name, raw in entries.sound("owners")),
        tuple(entries.milestone(index, raw) for index, raw in entries.sound("milestone")),
        tuple(sorted({Problem(Location(path, loaded.line(m.place)), str(m)) for m in found})),
    )


def _find(files: Files) -> str:
    if PLACE in files:
        return PLACE
    return next((path for path in OTHER_PLACES if path in files and _is_register(files, path)), "")


def _is_register(files: Files, path: str) -> bool:
    """Whether a file of a common name is meant for us: it says so, or says nothing at all."""
    try:
        text = files.read(path)
    except Unreadable:
        return False
    return "productops.tasks/" in text or not any(
        line.partition("#")[0].strip() for line in text.splitlines()
    )


def _sense(loaded: Loaded) -> Iterator[Mistake]:
    """Yield what no schema can say."""
    data = loaded.data
    tasks = _tables(data.get("task"))
    if not tasks and not _tables(data.get("milestone")):
        yield Mistake((), (), "it holds no task")
    for index, task in tasks:
        path = ("task", index)
        name = f"task {task['id']}" if isinstance(task.get("id"), str) else f"task[{index}]"
        if ("cadence" in task) == ("on" in task):
            yield Mistake(path, path, f"{name}: give either `cadence` or `on`")
        yield from _stray_keys(path, task)
    for kind in ("task", "milestone"):
        yield from _repeated(kind, _tables(data.get(kind)))
        yield from _unknown_owners(kind, _tables(data.get(kind)), data.get("owners"))


def _repeated(kind: str, entries: list[tuple[int, Mapping[str, Any]]]) -> Iterator[Mistake]:
    count = Counter(entry["id"] for _, entry in entries if isinstance(entry.get("id"), str))
    seen: set[str] = set()
    for index, entry in entries:
        name = entry.get("id")
        if isinstance(name, str) and count[name] > 1 and name in seen:
            yield Mistake((kind, index), (kind, index, "id"), f"{kind} {name} is there {count[name]} times")
        elif isinstance(name, str):
            seen.add(name)


def _unknown_owners(
    kind: str, entries: list[tuple[int, Mapping[str, Any]]], owners: object
) -> Iterator[Mistake]:
    """Yield the owners that the table of owners lacks, where there is such a table."""
    if not isinstance(owners, Mapping):
        return
    for index, entry in entries:
        owner = entry.get("owner")
        if isinstance(owner, str) and owner.strip() and owner not in owners:
            message = f"{kind} {entry.get('id', index)}: owner {owner!r} is not in [owners]"
            yield Mistake(("owner-of", kind), (kind, index, "owner"), message, did_you_mean(owner, owners))


_MEANING = {
    "record": {"path", "date", "fields"},
    "trailer": {"key"},
    "commit": {"paths", "authors"},
    "tag": {"pattern"},
    "front-matter": {"path", "key"},
    "workflow": {"path"},
}


def _stray_keys(path: tuple[str, int], task: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield keys that mean nothing for the type of their evidence, lest they be thought to count."""
    known = set().union(*_MEANING.values())
    for index, evidence in _tables(task.get("evidence")):
        kind = evidence.get("type")
        for key in sorted((known & set(evidence)) - _MEANING.get(str(kind), known)):
            where = (*path, "evidence", index, key)
            yield Mistake(where, where, f"`{key}` means nothing for evidence of type {kind}")


def _tables(value: object) -> list[tuple[int, Mapping[str, Any]]]:
    items = enumerate(value) if isinstance(value, list) else ()
    return [(index, item) for index, item in items if isinstance(item, Mapping)]


@dataclass(frozen=True)
class _Entries:
    """The entries of a register that have no mistake, made into objects."""

    loaded: Loaded
    path: str
    wrong: frozenset[Path]

    def sound(self, kind: str) -> list[tuple[Any, Mapping[str, Any]]]:
        """Return (index or name, table) of each sound entry of a kind."""
        raw = self.loaded.data.get(kind)
        items: list[tuple[Any, Any]] = list(raw.items()) if isinstance(raw, Mapping) else list(_tables(raw))
        return [] if (kind,) in self.wrong else [pair for pair in items if (kind, pair[0]) not in self.wrong]

    def at(self, *path: str | int) -> Location:
        return Location(self.path, self.loaded.line(path))

    def task(self, index: int, raw: Mapping[str, Any]) -> Task:
        defaults = self.loaded.data.get("defaults", {})
        default = (
            ""
            if raw["kind"] == "critical" or not isinstance(defaults, Mapping)
            else defaults.get("grace", "")
        )
        return Task(
            raw["id"], raw["title"], raw["kind"], raw["stage"], raw["owner"], _day(raw["started"]),
            raw["procedure"], self.evidence(("task", index), raw), self.at("task", index),
            cadence=span(raw.get("cadence", "")), grace=span(str(raw.get("grace", default))),
            automated=raw.get("automated", False), rotate=raw.get("rotate", 0),
        )  # fmt: skip

    def evidence(self, path: tuple[str | int, ...], raw: Mapping[str, Any]) -> tuple[Evidence, ...]:
        found = []
        for index, item in enumerate(raw.get("evidence", ())):
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in item.items()}
            found.append(Evidence(location=self.at(*path, "evidence", index), **values))
        return tuple(found)

    def owner(self, name: str, raw: Mapping[str, Any]) -> OwnerGroup:
        members, contact, escalate = (raw.get(key, "") for key in ("members", "contact", "escalate"))
        return OwnerGroup(name, tuple(members), contact, escalate, self.at("owners", name))

    def milestone(self, index: int, raw: Mapping[str, Any]) -> Milestone:
        return Milestone(
            raw["id"], raw["title"], raw["owner"], _day(raw["due"]), raw.get("spec", ""),
            tuple(raw.get("criteria", ())), self.evidence(("milestone", index), raw),
            self.at("milestone", index),
        )  # fmt: skip


def _day(value: object) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
