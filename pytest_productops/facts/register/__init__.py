"""Register: the routine and critical tasks that a team has promised to do, from `.productops/tasks.toml`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.files import Files, Unreadable, beyond
from pytest_productops.facts.formats.schema import Problem, mistakes, read_schema
from pytest_productops.facts.formats.toml import Loaded, Path, TomlError, load
from pytest_productops.facts.register.cadence import span
from pytest_productops.facts.register.model import Evidence, Milestone, OwnerGroup, Task
from pytest_productops.facts.register.sense import sense, tables
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["Evidence", "Milestone", "OwnerGroup", "Register", "Task"]
PLACE = ".productops/tasks.toml"
OTHER_PLACES = ("tasks.toml", "docs/ops/tasks.toml")
"""Names that other tools use too, so such a file must say that it is a register."""


@dataclass(frozen=True)
class Register(Fact):
    """The register; `path` "" where there is none. An entry with a problem is not in it."""

    quick = True

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
    if lack := beyond(text):
        return Register(path, problems=(Problem(Location(path), f"{path} {lack}"),))
    try:
        loaded = load(text)
    except TomlError as error:
        return Register(
            path,
            problems=(Problem(Location(path, error.line), f"the register is no valid TOML: {error.reason}"),),
        )
    found = [*mistakes(loaded.data, read_schema(__package__ or "", "register.schema.json")), *sense(loaded)]
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


@dataclass(frozen=True)
class _Entries:
    """The entries of a register that have no mistake, made into objects."""

    loaded: Loaded
    path: str
    wrong: frozenset[Path]

    def sound(self, kind: str) -> list[tuple[Any, Mapping[str, Any]]]:
        """Return (index or name, table) of each sound entry of a kind."""
        raw = self.loaded.data.get(kind)
        items: list[tuple[Any, Any]] = list(raw.items()) if isinstance(raw, Mapping) else list(tables(raw))
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
