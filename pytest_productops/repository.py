"""The repository under inspection, and how facts about it are gathered: lazily, and each at most once."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

F = TypeVar("F", bound="Fact")


class Unavailable(Exception):
    """A fact cannot be gathered, so a rule that needs it is *unknown*. The text is the reason and the mend."""


class Fact(ABC):
    """Typed, immutable knowledge about a repository."""

    @classmethod
    @abstractmethod
    def gather(cls, repository: Repository) -> Fact:
        """Gather it; raise `Unavailable` with reason and remedy where that is impossible."""


class Repository:
    """A folder, with or without git. `repository[History]` gathers a fact once; a failure is remembered too.

    `artifacts` are the places that the configuration declares (`{"contributing": "docs/dev/index.md"}`), which
    override discovery. `known` are facts that somebody else has gathered, such as those that stand in the settings.
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
    ) -> None:
        self.root = root.resolve()
        self._now = now or datetime.datetime.now(datetime.timezone.utc).date()
        self.looked_at: frozenset[str] = frozenset()
        self.artifacts: Mapping[str, str] = MappingProxyType(dict(artifacts or {}))
        self._known: dict[type[Fact], Fact | Unavailable] = {type(fact): fact for fact in known}
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
            try:
                self._known[fact] = fact.gather(self)
            except Unavailable as reason:
                self._known[fact] = reason
            self._looked_at[fact] = self.looked_at
            self.looked_at = before
        self.looked_at |= self._looked_at[fact]
        known = self._known[fact]
        if isinstance(known, Unavailable):
            raise Unavailable(*known.args)
        return cast("F", known)

    def __repr__(self) -> str:
        return f"Repository({str(self.root)!r})"


def find_root(start: Path) -> Path:
    """Return the nearest folder upwards that holds `.git`, else `start` itself."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), start)
