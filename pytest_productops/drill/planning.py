"""Planning: which of the documented commands the drill runs, and which it does not and why."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pytest_productops.drill.choosing import Has, ways
from pytest_productops.drill.kinds import (
    CLONES,
    PREPARING,
    Wanted,
    completeness,
    is_about,
    kind,
    kinds,
    part_of,
    runs_tests,
    sets_up,
)
from pytest_productops.drill.model import Plan, Unit
from pytest_productops.drill.refusals import refusal
from pytest_productops.drill.surroundings import there
from pytest_productops.drill.toolchain import toolchain
from pytest_productops.drill.units import Group, groups, inline
from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.documents.identity import normal
from pytest_productops.facts.files import Files
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import Answer
from pytest_productops.facts.guides.guidance import Guidance
from pytest_productops.facts.guides.homes import FOR_AGENTS
from pytest_productops.facts.guides.words import CLONE
from pytest_productops.facts.quoted import own_names
from pytest_productops.facts.substance.parts import Part
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Repository

TOPICS = {"setup": "setup", "test": "tests"}
"""Step -> the topic of guides that tells it."""
REPLACED = "the fresh clone stands for it"
OTHER_TESTS = "another way, or a part of the tests"
TESTS = "it is of the step test"
ELSEWHERE = "it belongs to another repository"
_URL = regex(r"(?:https?://|git@|ssh://|git://)\S+")


def plan(repository: Repository, has: Has | None = None) -> Plan:
    """Return what a drill runs in a repository; `has` says which programs there are where it runs (default: here)."""
    told = Telling(repository, has or there(repository.root))
    units, untold, away = list[Unit](), dict[str, str](), dict[str, str]()
    for step in TOPICS:
        found, answer = told.step(step, [unit.location for unit in units if unit.skip != TESTS])
        units += found
        if answer.elsewhere:
            away[step] = answer.elsewhere.target
        elif not found:
            untold[step] = _untold(step, answer)
    image, python = toolchain(repository)
    return Plan(told.name, tuple(units), untold, away, told.url, image, python)


class Telling:
    """What the documents tell to run, step by step."""

    def __init__(self, repository: Repository, has: Has) -> None:
        self._documents, self._guidance = repository[Documents], repository[Guidance]
        self._files, self._has = repository[Files], has
        guides = repository[Guides]
        self._pages = [
            page for page in (*guides.documents, *guides.readme) if not FOR_AGENTS.search(page.path)
        ]
        self._names = own_names(self._files, self._documents)
        self.url = ""
        self.name = repository.root.name

    def step(self, step: str, before: Iterable[Location]) -> tuple[tuple[Unit, ...], Answer]:
        """Return the units of a step, and where it is told as far as that is known."""
        answer = self._guidance.commanded(TOPICS[step])
        document = self._documents.get(answer.place.path) if answer.place else None
        if answer.place is None or document is None:
            return (), answer
        find = self._setup if step == "setup" else self._tests
        groups = list(find(document, answer.place.line))
        done = set(before)
        units = [unit for group in groups for unit in self._own(group) if unit.location not in done]
        return tuple(replace(unit, step=step, skip=unit.skip or refusal(unit.text)) for unit in units), answer

    def _setup(self, document: Document, line: int) -> Iterator[Group]:
        """Yield the groups of the section that says most on preparing a checkout, be it another than the first."""
        near = part_of(document, line, PREPARING)
        pages = [document, *(each for each in self._pages if each is not document)]
        others = [
            part_of(page, s.start, PREPARING)
            for page in pages
            for s in page.sections
            if is_about(s, PREPARING)
        ]
        found = [self._preparing(part) for part in (near, *others, document)]
        best = max(found[:-1], key=completeness)
        best = best if any(not why for _, why in best) else found[-1]
        yield from (_without_tests(_given(group, why)) for group, why in best)

    def _preparing(self, part: Part) -> list[tuple[Group, str]]:
        """Return the groups of a part that prepare a checkout, with what speaks against each."""
        chosen = [(group, why) for group, why in ways(groups(part), self._has) if sets_up(group, part)]
        ready = any(kind(unit) == "setup" for group, why in chosen if not why for unit in group.units)
        if ready:
            return chosen
        return [(group, why) for group, why in ways(inline(part), self._has) if kinds(group) & {"setup"}]

    def _tests(self, document: Document, line: int) -> Iterator[Group]:
        """Yield the first group that runs the tests, with what its section tells to do before."""
        near = part_of(document, line)
        tries: tuple[tuple[Part, Wanted], ...] = (
            (near, "all"),
            (document, "all"),
            (document, "part"),
            (near, "any"),
        )
        for part, wanted in tries:
            for find in (groups, inline):
                found = ways(find(part), self._has)
                fit = (i for i, (group, why) in enumerate(found) if not why and runs_tests(group, wanted))
                at = next(fit, None)
                if at is not None:
                    section = part_of(document, found[at][0].start)
                    yield from self._before(found[:at], section)
                    yield _once(found[at][0])
                    yield from _other_tests(found[at + 1 :])
                    return

    def _before(self, found: list[tuple[Group, str]], section: Part) -> Iterator[Group]:
        """Yield what the section of the tests tells to do before them."""
        start = section.start if isinstance(section, Section) else 1
        for group, why in found:
            if group.start >= start and "setup" in kinds(group):
                yield _without_tests(_given(group, why))

    def _own(self, group: Group) -> Iterator[Unit]:
        """Yield the units of a group; what clones this repository, and goes into the clone, is done already."""
        foreign = False
        for unit in group.units:
            rest, other = self._after_clone(unit.text, group.document)
            foreign = foreign or other
            if foreign:
                yield replace(unit, skip=unit.skip or ELSEWHERE)
            elif rest:
                yield replace(unit, text=rest)
            else:
                yield replace(unit, skip=REPLACED)

    def _after_clone(self, text: str, document: Document) -> tuple[str, bool]:
        """Return a command without its cloning of this repository, and whether it clones another one."""
        if not CLONES.search(text):
            return ("" if self._enters(text, document) else text), False
        parts = re.split(r"\s*(?:&&|;|\n)\s*", text)
        clone = next(part for part in parts if CLONES.search(part))
        words = [word for word in clone.split()[2:] if not word.startswith("-") and word != "clone"]
        named = [posixpath.basename(word.rstrip("/").removesuffix(".git")) for word in words]
        if not any(normal(name) in self._names or "{" in name for name in named):
            return text, True
        url = _URL.search(clone)
        self.url = self.url or (url[0] if url and "{" not in url[0] else "")
        self._names |= {normal(name) for name in named}
        rest = (part for part in parts if part != clone and not self._enters(part, document))
        return " && ".join(rest), False

    def _enters(self, text: str, document: Document) -> bool:
        """Whether a command goes into the clone; a package in it may have the same name."""
        match = re.fullmatch(r"\s*cd\s+[\"']?(?:\./)?([\w.{}-]+)/?[\"']?\s*", text)
        if match is None or normal(match[1]) not in self._names:
            return False
        return match[1] not in self._files.folders or bool(CLONE.search(document.text))


def _untold(step: str, answer: Answer) -> str:
    if answer.place:
        return f"{answer.place} tells it, by no command that is told apart"
    return {
        "setup": "no document tells a command that prepares a checkout",
        "test": "no document tells a command that runs the tests",
    }[step]


def _other_tests(found: Iterable[tuple[Group, str]]) -> Iterator[Group]:
    for group, _ in found:
        tests = tuple(replace(u, skip=u.skip or OTHER_TESTS) for u in group.units if kind(u) == "test")
        yield replace(group, units=tests)


def _given(group: Group, why: str) -> Group:
    """Return a group whose units are not run, where there is a reason."""
    return replace(group, units=tuple(replace(unit, skip=why) for unit in group.units)) if why else group


def _without_tests(group: Group) -> Group:
    """Return a group whose tests are left to their own step."""
    return replace(
        group, units=tuple(replace(u, skip=u.skip or TESTS) if kind(u) == "test" else u for u in group.units)
    )


def _once(group: Group) -> Group:
    """Return a group of which only the first command that runs tests is run."""
    units, tested = list[Unit](), False
    for unit in group.units:
        testing = kind(unit) == "test"
        again = testing and tested
        tested = tested or (testing and not refusal(unit.text))
        units.append(replace(unit, skip=OTHER_TESTS) if again else unit)
    return replace(group, units=tuple(units))
