"""How the process documents say that the tests are run, and how CI runs them: entry points that can be compared.

An entry point is what one types, without its options: `make test`, `tox`, `npm test`, or the family of the test
runner that is called directly (pytest, go, cargo).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pytest_productops.facts.commands import Call, Commands, layers
from pytest_productops.facts.commands.runner import Ask, Runner
from pytest_productops.facts.commands.shelf import RUNNERS
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.pipelines.families import (
    BY_NAME,
    contained,
    names_no_tests,
    test_family,
    tests,
)
from pytest_productops.facts.pipelines.model import Execution
from pytest_productops.facts.quoted import Quoted, QuotedCommands
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

Entry = tuple[str, str]
"""A runner or family, and the target that is asked for, where there is one."""
_SHELLS = frozenset({"bash", "sh", "python", "python3", "node", "ruby"})
_DIRECT = regex(
    r"(?:\S*/)?(?:phpunit|simple-phpunit|paratest|pest|codecept|phpspec|behat)\b"
    r"|cargo (?:\S+ )*?(?:test|nextest)\b|hatch test\b"
)
"""Test runners of families whose other members are known by their name only."""
_TESTERS = regex(r"^(?:\S+ )*?(?:tox|nox)\b")
_CHOSEN = regex(r" (?:-e|-s|--env|--session|--sessions)[ =]?(\S+)")
_OTHERWISE = regex(r"release|bump|publish|changelog|towncrier|pre-?commit|style|mypy|bench")
"""Names of environments that are for something else than tests, besides those that `names_no_tests` knows."""
_USERS = regex(r"\busage\b|\bexample|\btutorial", re.IGNORECASE)
_BUILDS = regex(r"(?:mvnw?|gradlew?)\b.* (?:package|install|build|assemble)\b")
_CHECKS = regex(r"test|verify|check", re.IGNORECASE)
_VARYING = frozenset({"tox", "nox", "pre-commit"})
"""Runners whose environments are variants of one run."""


@dataclass(frozen=True)
class Tested:
    """A command that runs tests. `entries` are those of all that it runs, its own first.

    `known`: a test runner is seen in what it runs; `named`: it is for tests, not for all that there is to do;
    `certain`: it is surely quoted to be run here, so that it may be held against CI.
    """

    text: str
    location: Location
    entries: tuple[Entry, ...]
    known: bool = True
    named: bool = True
    certain: bool = True

    @property
    def own(self) -> Entry:
        """Its own entry point."""
        return self.entries[0] if self.entries else (self.text, "")

    def agrees(self, other: Tested) -> bool:
        """Whether both are the same, one runs the other, or both are targets of one runner that run the same."""
        if self.own in other.entries or other.own in self.entries:
            return True
        same = self.own[0] == other.own[0] and bool(self.own[1])
        return same and (not (self.known and other.known) or not set(self.entries).isdisjoint(other.entries))


class DocumentedTests(Fact):
    """The commands for tests that the process documents quote, and those that the steps of CI call."""

    def __init__(self, quoted: Iterable[Tested] = (), called: Iterable[Tested] = ()) -> None:
        self.quoted = tuple(quoted)
        self.called = tuple(called)

    @classmethod
    def gather(cls, repository: Repository) -> DocumentedTests:
        """Read both sides; never fails."""
        commands, quoted = repository[Commands], repository[QuotedCommands]
        found = (_quoted(quoted, each, commands) for each in quoted.quoted if each.certain or _may_be(each))
        called = (_called(group) for group in _groups(repository[Pipelines].executions))
        return cls((one for one in found if one), dict.fromkeys(one for one in called if one))


def _may_be(each: Quoted) -> bool:
    """Whether a command that is not certain may be for those who work here, so that it may agree with CI."""
    if _BUILDS.search(str(each.call)) and not _CHECKS.search(str(each.call)):
        return False
    if not posixpath.basename(each.document.path).lower().startswith("readme"):
        return True
    section = each.section
    headings = [one.text for one in (*section.parents, section.heading) if one] if section else []
    return not (each.inline and len(each.call.words) == 1) and not any(map(_USERS.search, headings))


def _quoted(quoted: QuotedCommands, each: Quoted, commands: Commands) -> Tested | None:
    """Return a quoted command where it runs tests, read in the folder in which it exists."""
    call = contained(quoted.placed(each))
    inner = list(commands.expand(call))
    named = bool(tests(call, commands.expand)) or (_TESTERS.match(str(call)) is not None and not _aside(call))
    if not named and not any(_direct(one) for one in inner):
        return None
    return replace(_tested(inner, each.document.at(each.line), named=named), certain=each.certain)


def _aside(call: Call) -> bool:
    """Whether a call of tox or nox asks for environments by name, all of which are for something else than tests."""
    chosen = [name for value in _CHOSEN.findall(str(call)[:500]) for name in value.split(",")]
    return bool(chosen) and all(names_no_tests(name) or _OTHERWISE.search(name) for name in chosen)


def _groups(executions: Iterable[Execution]) -> Iterator[list[Execution]]:
    """Yield the executions in groups: what a step calls, with all that it runs."""
    group: list[Execution] = []
    for one in executions:
        if one.call.location.path == one.step.path and group:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _called(group: list[Execution]) -> Tested | None:
    """Return a command that a step calls where it runs tests."""
    if not any(one.tests for one in group):
        return None
    return _tested([one.call for one in group], group[0].call.location, named=True)


def _direct(call: Call) -> bool:
    """Whether a call is one of a test runner."""
    family = test_family(call)
    return bool(family) and (
        family not in BY_NAME or any(_DIRECT.match(" ".join(at.words)) for at in layers(call))
    )


def _tested(inner: list[Call], location: Location, *, named: bool) -> Tested:
    """Return a command with all the entry points of tests in what it runs, `inner`, itself first."""
    found = [_entry(one, test_family(one)) for one in inner]
    return Tested(
        str(inner[0]),
        location,
        tuple(dict.fromkeys(one for one in found if one)),
        any(map(_direct, inner)),
        named,
    )


def _entry(call: Call, family: str) -> Entry | None:
    """Return the entry point that a call is, None for a command that is neither a target nor runs tests."""
    call = contained(call)
    for at in layers(call):
        for runner, ask in _asks(at):
            name = "" if runner.name in _VARYING else " ".join(ask.names)
            return runner.name, name or ("default" if runner.name == "rake" else "")
    if family and _direct(call):
        return family, ""
    last = [at.words for at in layers(call)][-1]
    if not family and "/" not in last[0] and last[0] not in _SHELLS:
        return None
    return last[0].removeprefix("./"), "" if "/" in last[0] else " ".join(last[1:2])


def _asks(call: Call) -> Iterator[tuple[Runner, Ask]]:
    """Yield the runners that a call asks for something; extras are none."""
    for runner in RUNNERS:
        ask = runner.ask(call) if runner.name != "extras" else None
        if ask and not (ask.unsure and runner.name in ("pdm", "cargo", "mix", "composer")):
            yield runner, ask
