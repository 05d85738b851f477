"""Where the work on a repository is done: in this process, or in another one within limits of time."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

from pytest_productops.facts.components import Components
from pytest_productops.facts.done import Done
from pytest_productops.facts.files import Files
from pytest_productops.facts.state import State
from pytest_productops.facts.waivers import InlineWaivers
from pytest_productops.gate.apart import Apart, possible
from pytest_productops.gate.judging import ROOT, Lost
from pytest_productops.git import Git
from pytest_productops.model import Rule
from pytest_productops.policy.limits import limits
from pytest_productops.repository import Fact, Repository, Unavailable

P = ParamSpec("P")
S = TypeVar("S", bound="Workplace")
T = TypeVar("T")
_TOLD = (Components, Done, InlineWaivers, State)
"""The facts that the process which does not judge needs too: what to ask, and what to write into a report."""
_NOTHING: Mapping[type[Fact], Fact] = MappingProxyType(
    {Components: Components((ROOT,)), InlineWaivers: InlineWaivers(), State: State()}
)
"""What this process goes on with where one of them is not to be had; each rule that needs it says so."""


class Workplace(ABC):
    """A repository, and the process in which rules are judged on it: `apart`, None where it is this one.

    `unlimited` says why there is no limit, where one was wanted.
    """

    unlimited: tuple[str, ...] = ()

    def __init__(self, repository: Repository, timeout: object, *, apart: bool) -> None:
        self.repository = repository
        self.apart = self._begun(timeout) if apart else None
        self._missed: dict[type[Fact], Lost] = {}
        self._gathered = dict(repository.otherwise)
        if self.apart:
            repository.otherwise |= {fact: partial(self._fact, fact) for fact in _TOLD}

    @abstractmethod
    def rule_of(self, code: str) -> Rule:
        """Return the rule of a code."""

    @property
    def files(self) -> Files:
        """The files that are judged."""
        return self.repository[Files]

    def _begun(self, timeout: object) -> Apart | None:
        """Return what works in another process, None where there is no limit or no such process."""
        files = packed = 0
        with contextlib.suppress(Unavailable):
            files = len(self.files.paths)
            packed = self.repository[Git].packed
        found = limits(timeout, files, packed)
        if found and not possible():
            self.unlimited = ("rules are judged without a time limit: this system has no fork(2)",)
        return Apart(self._answer, self.rule_of, self.repository, found) if found and possible() else None

    def close(self) -> None:
        """End the other process, if there is one."""
        if self.apart:
            self.apart.close()

    def work(self: S, function: Callable[Concatenate[S, P], T], *arguments: P.args, **none: P.kwargs) -> T:
        """Return what a function of a module makes of this, called where the rules are judged; raise `Lost`."""
        if self.apart is None:
            return function(self, *arguments, **none)
        found: T = self.apart.ask(function, *arguments)
        return found

    def _answer(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function in the other process."""
        self.apart = None
        for fact, error in self._missed.items():
            self.repository.refuse(fact, error)
        return function(self, *arguments)

    def _fact(self, fact: type[Fact], repository: Repository) -> Fact:
        """Gather a fact that both processes need, where the rules are judged."""
        if self.apart is None:
            return self._gathered.get(fact, fact.gather)(repository)
        try:
            return self.work(_gathered, fact)
        except Lost as error:
            if fact not in _NOTHING:
                raise
            self._missed[fact] = error
            return _NOTHING[fact]


def _gathered(place: Workplace, fact: type[Fact]) -> Fact:
    return place.repository[fact]
