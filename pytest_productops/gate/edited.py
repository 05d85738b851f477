"""What a change edits of the promises that it is judged by: settings, waivers, baseline, register, definition of done.

None of it counts before it is merged; a reviewer is told what it will do then. What could not be read once it is
merged fails now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pytest_productops.facts.done import Done
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.register import Register
from pytest_productops.facts.snapshot import Snapshot
from pytest_productops.facts.waivers import InlineWaivers
from pytest_productops.gate.parts import Part, parts, said, shown
from pytest_productops.gate.trust import before as state_before
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


class Edit(NamedTuple):
    """An edit: its key, what it does in words, where, what to do, and whether it is a mistake, which fails."""

    key: str
    message: str
    location: Location | None
    fix: str = MERGED
    wrong: bool = False


_LISTED: tuple[type[Register] | type[Done], ...] = (Register, Done)


def edits(settings: Settings, repository: Repository) -> Iterator[Edit]:
    """Yield what differs from where the change began, mistakes first."""
    trusted, then = settings.trusted, state_before(settings)
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
    before, after = (parts(path, files, settings.baseline.path) for files in (began, now))
    if isinstance(after, str):
        yield Edit(f"{path} unreadable", f"it cannot be read: {after}", Location(path), _MEND, wrong=True)
        return
    was: dict[str, Part] = {} if isinstance(before, str) else before[0]
    here, loaded = after
    told = [name for name in sorted({*was, *here}) if _value(was.get(name)) != _value(here.get(name))]
    for name in told[:MOST]:
        line = loaded.line(here[name].way) if loaded and name in here else 0
        words = said(name, was.get(name), here.get(name))
        yield Edit(f"{path} {name}", words, Location(path, line))
    if len(told) > MOST:
        yield Edit(f"{path} more", f"and {len(told) - MOST} more edits", Location(path))


def _value(part: Part | None) -> Any:
    return part and part.value


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
        words = f"criterion `{shown(text)}` {'added' if text in now else 'taken out'}"
        yield Edit(f"{path} {text}", words, now[text].location if text in now else Location(path))


def _comments(repository: Repository, name: str) -> Iterator[Edit]:
    """Yield the waivers in comments that the commit does not have."""
    counting = {(each.location, each.rule) for each in repository[InlineWaivers].all}
    for waiver in InlineWaivers.gather(repository).all:
        if (waiver.location, waiver.rule) not in counting:
            words = f"the comment waives nothing yet: {name} does not have it, or not for this file"
            yield Edit(f"comment {waiver.name}", f"waiver of {waiver.rule} added: {words}", waiver.location)
