"""The repository under inspection, and how facts about it are gathered: lazily, and each at most once."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, TypeVar, cast

F = TypeVar("F", bound="Fact")


class Unavailable(Exception):
    """A fact cannot be gathered, so a rule that needs it is *unknown*. The text is the reason and the mend."""


class Fact(ABC):
    """Typed, immutable knowledge about a repository."""

    quick: ClassVar[bool] = False
    """Whether a commit can wait for it: it reads neither history nor source code nor what prose says."""

    @classmethod
    @abstractmethod
    def gather(cls, repository: Repository) -> Fact:
        """Gather it; raise `Unavailable` with reason and remedy where that is impossible."""


class Repository:
    """A folder, with or without git. `repository[History]` gathers a fact once; a failure is remembered too.

    `artifacts` are the places that the configuration declares (`{"contributing": "docs/dev/index.md"}`), which
    override discovery. `known` are facts that somebody else has gathered, such as those that stand in the settings.
    `otherwise` says how some facts are gathered, where it is not by themselves.
    `gathering` are the facts that are being gathered, each for the one before it; `watch` is told when that changes.
    `looked_at` gathers what else than the folder was looked at, for a fact that was asked for or otherwise: `day`,
    and `settings` for what was known.
    """

    def __init__(
        self,
        root: Path,
        *,
        now: datetime.date | None = None,
        artifacts: Mapping[str, str] | None = None,
        known: Iterable[Fact] = (),
        otherwise: Mapping[type[Fact], Callable[[Repository], Fact]] | None = None,
    ) -> None:
        self.root = root.resolve()
        self._now = now or datetime.datetime.now(datetime.timezone.utc).date()
        self.looked_at: frozenset[str] = frozenset()
        self.gathering: tuple[type[Fact], ...] = ()
        self.otherwise = dict(otherwise or {})
        self.watch: Callable[[tuple[type[Fact], ...]], None] = _nobody
        self.artifacts: Mapping[str, str] = MappingProxyType(dict(artifacts or {}))
        self._known: dict[type[Fact], Fact | Exception] = {type(fact): fact for fact in known}
        self._looked_at = {fact: frozenset({"settings"}) for fact in self._known}

    @property
    def now(self) -> datetime.date:
        """Today in UTC, or the day that was given."""
        self.looked_at |= {"day"}
        return self._now

    def __getitem__(self, fact: type[F]) -> F:
        """Return a fact, gathered at the first call; raise `Unavailable` at every call where it cannot be."""
        if fact not in self._known:
            before, self.looked_at = self.looked_at, frozenset()
            self.gathering = (*self.gathering, fact)
            self.watch(self.gathering)
            try:
                self._known[fact] = self.otherwise.get(fact, fact.gather)(self)
            except Unavailable as reason:
                self._known[fact] = reason
            finally:
                self.gathering = self.gathering[:-1]
                self.watch(self.gathering)
            self._looked_at[fact] = self.looked_at
            self.looked_at = before
        self.looked_at |= self._looked_at[fact]
        known = self._known[fact]
        if isinstance(known, Exception):
            raise type(known)(*known.args)
        return cast("F", known)

    def refuse(self, fact: type[Fact], error: Exception) -> None:
        """Let nobody gather a fact any more: whoever asks for it gets the error."""
        self._known[fact], self._looked_at[fact] = error, frozenset()

    def __repr__(self) -> str:
        return f"Repository({str(self.root)!r})"


def _nobody(gathering: tuple[type[Fact], ...]) -> None:
    """Watch nothing."""


def find_root(start: Path) -> Path:
    """Return the nearest folder upwards that holds `.git`, else `start` itself."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), start)
