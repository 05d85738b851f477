"""Rulebook: which rules are installed, and which of them the repository's own settings apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pytest_productops.lazy import dataclass
from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Rulebook(Fact):
    """`codes` gives the code of each code and name; `applied` are the codes that profile and settings select.

    Both are empty where nobody said: the engine hands over what it knows.
    """

    codes: Mapping[str, str] = field(default_factory=dict, hash=False)
    applied: frozenset[str] = frozenset()

    @classmethod
    def gather(cls, repository: Repository) -> Rulebook:  # noqa: ARG003
        """Know nothing."""
        return cls()

    def code(self, label: str) -> str:
        """Return the code of a rule by code or name, whatever its case; nothing where there is none."""
        return self.codes.get(label.upper()) or self.codes.get(label.lower(), "")
