"""What a change edits of the promises that it is judged by: settings, waivers, baseline, register, definition of done.

None of it counts before it is merged; a reviewer is told what it will do then. What could not be read once it is
merged fails now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pytest_productops.facts.done import Done
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import toml
from pytest_productops.facts.register import Register
from pytest_productops.facts.snapshot import Snapshot
from pytest_productops.facts.waivers import InlineWaivers
from pytest_productops.gate.trust import before
from pytest_productops.model import Location
from pytest_productops.policy import extends
from pytest_productops.policy.components import overlaid
from pytest_productops.policy.document import OWN, SHARED, inside
from pytest_productops.policy.layers import DEFAULTS, Options
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.policy.settings import Settings, read
from pytest_productops.policy.trusted import NAME
from pytest_productops.repository import Repository, Unavailable

MOST = 20
"""Most edits of one file that are told one by one."""
MERGED = "nothing of it counts before it is merged: let those who own the settings look at it"
_MEND = "mend it: once it is merged, nothing could be judged"
_NOUNS = {"waivers": "waiver of", "task": "task", "milestone": "milestone", "stage": "stage"}
_NAMES = ("id", "rule", "subject", "name")
Way = tuple[str | int, ...]


class Edit(NamedTuple):
    """An edit: its key, what it does in words, where, what to do, and whether it is a mistake, which fails."""

    key: str
    message: str
    location: Location | None
    fix: str = MERGED
    wrong: bool = False


class _Unit(NamedTuple):
    """A part of a file that has a name of its own: a key, a waiver, a task."""

    value: Any
    way: Way


_LISTED: tuple[type[Register] | type[Done], ...] = (Register, Done)
_NONE = _Unit(None, ())


def edits(settings: Settings, repository: Repository) -> Iterator[Edit]:
    """Yield what differs from where the change began, mistakes first."""
    trusted, then = settings.trusted, before(settings)
    if trusted is None or then is None:
        return
    began = _began(trusted.files)
    now = Files(trusted.git.root, ())
    paths = [path for path in _paths(settings, repository, then) if _differs(path, began, now)]
    if paths:
        yield from _mistakes(settings, repository, then, paths)
    for path in paths:
        yield from _of_file(path, settings, began, now)
    yield from _of_prose(repository, then, began)
    yield from _comments(repository, trusted.name)


def _began(files: Snapshot) -> Snapshot:
    """Return the files from which the change began; those of the trusted commit where history does not tell."""
    try:
        base = files.git.run("merge-base", files.commit, "HEAD").decode().split()
        return Snapshot.of(files.git, base[0]) if base and base[0] != files.commit else files
    except Unavailable:
        return files


def _paths(settings: Settings, repository: Repository, then: Repository) -> list[str]:
    """Return the files that hold promises, or did, or will."""
    config = next((each.values["config"] for each in settings.given if each.values.get("config")), "")
    own = {OWN, SHARED, settings.baseline.path, DEFAULTS["baseline"]}
    own |= {inside(config, repository.root)} if config else set()
    for state in (then, repository):
        own |= {path for path in state[Files].paths if path.endswith(f"/{OWN}")}
    for fact in _LISTED:
        own |= {then[fact].path, fact.gather(repository).path}
    own |= {used.name for used in settings.policy.extends if extends.is_file(used.name)}
    return sorted(path for path in own if path.endswith(".toml"))


def _differs(path: str, began: Snapshot, now: Files) -> bool:
    try:
        return not began.same(path, now.read_bytes(path))
    except Unreadable:
        return began.there(path) or now.there(path)


def _of_file(path: str, settings: Settings, began: Files, now: Files) -> Iterator[Edit]:
    """Yield what differs in one file, in words."""
    sides = _units(path, began, settings), _units(path, now, settings)
    if isinstance(sides[1], str):
        yield Edit(f"{path} unreadable", f"it cannot be read: {sides[1]}", Location(path), _MEND, wrong=True)
        return
    was: dict[str, _Unit] = {} if isinstance(sides[0], str) else sides[0][0]
    units, loaded = sides[1]
    told = [name for name in sorted({*was, *units}) if was.get(name, _NONE)[0] != units.get(name, _NONE)[0]]
    for name in told[:MOST]:
        line = loaded.line(units[name].way) if loaded and name in units else 0
        words = _said(name, was.get(name), units.get(name))
        yield Edit(f"{path} {name}", words, Location(path, line))
    if len(told) > MOST:
        yield Edit(f"{path} more", f"and {len(told) - MOST} more edits", Location(path))


def _units(path: str, files: Files, settings: Settings) -> tuple[dict[str, _Unit], toml.Loaded | None] | str:
    """Return the parts of a file by name, none where there is no file; or why it cannot be read."""
    if not files.there(path):
        return {}, None
    try:
        loaded = toml.load(files.read(path))
    except (Unreadable, toml.TomlError) as error:
        return "" if path == SHARED else str(error)
    base: Way = ("tool", "productops") if path.rpartition("/")[2] == SHARED else ()
    data: Any = loaded.data
    for key in base:
        data = data.get(key) if isinstance(data, Mapping) else None
    found = dict(_named(data, base)) if isinstance(data, Mapping) else {}
    if path == settings.baseline.path:
        found = {f"known finding {' '.join(map(str, u.way))}": u for u in found.values() if len(u.way) > 1}
    return found, loaded


def _named(data: Mapping[str, Any], way: Way, prefix: str = "") -> Iterator[tuple[str, _Unit]]:
    """Yield (name, part) of a table: each value by its key, each table of a list by what it is called."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _named(value, (*way, key), f"{prefix}{key}.")
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            for index, item in enumerate(value):
                yield from _item(key, item, (*way, key, index))
        else:
            yield f"{prefix}{key}", _Unit(value, (*way, key))


def _item(key: str, item: Any, way: Way) -> Iterator[tuple[str, _Unit]]:
    if not isinstance(item, Mapping):
        yield f"{key} {way[-1]}", _Unit(item, way)
        return
    name = " ".join(str(item[each]) for each in _NAMES if each in item) or str(way[-1])
    lists = {inner for inner, value in item.items() if inner == "criterion" and isinstance(value, list)}
    rest = {inner: value for inner, value in item.items() if inner not in lists}
    yield f"{_NOUNS.get(key, key)} {name}", _Unit(rest, way)
    for inner in lists:
        yield from _named({inner: item[inner]}, way)


def _said(name: str, was: _Unit | None, now: _Unit | None) -> str:
    if now is None:
        return f"{name} taken out"
    if was is None:
        plain = not isinstance(now.value, Mapping)
        return f"{name} added{f': {_shown(now.value)}' if plain else ''}"
    if isinstance(was.value, Mapping) and isinstance(now.value, Mapping):
        keys = sorted(k for k in {*was.value, *now.value} if was.value.get(k) != now.value.get(k))
        return f"{name}: " + ", ".join(
            f"{key} {_pair(was.value.get(key), now.value.get(key))}" for key in keys
        )
    return f"{name} {_pair(was.value, now.value)}"


def _pair(was: Any, now: Any) -> str:
    return f"{_shown(was)} -> {_shown(now)}"


def _shown(value: Any) -> str:
    text = (
        "nothing" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    )
    return text if len(text) < 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line is long enough


def _mistakes(
    settings: Settings, repository: Repository, then: Repository, paths: Iterable[str]
) -> Iterator[Edit]:
    """Yield what would be wrong once the change is merged."""
    try:
        given = (Options(o.prefix, {k: v for k, v in o.values.items() if k != NAME}) for o in settings.given)
        own = read(repository.root, settings.stack.catalogue, given, in_ci=settings.in_ci)
        overlaid(own, repository)
    except ConfigurationError as error:
        for each in error.problems[:MOST]:
            key = f"{each.source} {each.message}"
            yield Edit(key, each.message, Location(each.source, each.line), each.hint or _MEND, wrong=True)
    for fact in _LISTED:
        mine = fact.gather(repository)
        if mine.path not in paths:
            continue
        known = {problem.message for problem in then[fact].problems}
        for flaw in [problem for problem in mine.problems if problem.message not in known][:MOST]:
            yield Edit(f"{mine.path} {flaw.message}", flaw.message, flaw.location, "mend it", wrong=True)


def _of_prose(repository: Repository, then: Repository, began: Snapshot) -> Iterator[Edit]:
    """Yield what differs in a definition of done that is a document."""
    path = then[Done].path
    if not path or path.endswith(".toml") or not _differs(path, began, Files(repository.root, ())):
        return
    was, now = ({c.text: c for c in each.criteria} for each in (then[Done], Done.gather(repository)))
    for text in sorted({*was} ^ {*now}):
        words = f"criterion `{_shown(text)}` {'added' if text in now else 'taken out'}"
        yield Edit(f"{path} {text}", words, now[text].location if text in now else Location(path))


def _comments(repository: Repository, name: str) -> Iterator[Edit]:
    """Yield the waivers in comments that the commit does not have."""
    counting = {(each.location, each.rule) for each in repository[InlineWaivers].all}
    for waiver in InlineWaivers.gather(repository).all:
        if (waiver.location, waiver.rule) not in counting:
            words = f"the comment waives nothing yet: {name} does not have it, or not for this file"
            yield Edit(f"comment {waiver.name}", f"waiver of {waiver.rule} added: {words}", waiver.location)
