"""What a repository lets one run, and what a call resolves and expands to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.commands.expanding import MAX_CALLS, Expander
from pytest_productops.facts.commands.model import Call, Definition, Resolution, Target
from pytest_productops.facts.commands.resolving import Past, Resolver
from pytest_productops.facts.commands.shelf import RUNNERS, Shelf
from pytest_productops.facts.files import Files
from pytest_productops.facts.history import History, Removal
from pytest_productops.repository import Fact, Repository, Unavailable


def _unknown(path: str) -> None:
    """Tell nothing of a path."""


class Commands(Fact):
    """The targets of every runner that a repository defines, and of what its scripts consist."""

    def __init__(self, files: Files, past: Past = _unknown) -> None:
        self._shelf = Shelf(files)
        self._resolver = Resolver(self._shelf, past)
        self._exact = Resolver(self._shelf, past, exact=True)
        self._expander = Expander(self._shelf)

    @classmethod
    def gather(cls, repository: Repository) -> Commands:
        """Look at the files; never fails. The history is asked only about what is missing."""

        def past(path: str) -> Removal | None:
            try:
                return repository[History].removal(path)
            except Unavailable:
                return None

        return cls(repository[Files], past)

    @cached_property
    def _all(self) -> tuple[Definition, ...]:
        return tuple(definition for runner in RUNNERS for definition in self._shelf.everywhere(runner))

    @property
    def targets(self) -> tuple[Target, ...]:
        """Every target of every file."""
        return tuple(target for definition in self._all for target in definition.targets if target.name)

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """The runners' files that could not be read: path and reason."""
        found = ((definition.path, definition.problem) for definition in self._all if definition.problem)
        return tuple(dict.fromkeys(found))

    def resolve(self, call: Call, *, exact: bool = False) -> Resolution | None:
        """Return whether what a call asks for exists; None where it asks for nothing that is defined here.

        `exact`: the call runs in its folder for certain, as in CI; prose may have said to go to another.
        """
        return (self._exact if exact else self._resolver).resolve(call)

    def expand(self, call: Call, depth: int = 4) -> Iterator[Call]:
        """Return the call and, down to `depth`, what it runs: recipes, sessions, scripts."""
        return itertools.islice(self._expander.expand(call, depth), MAX_CALLS)
