"""The words of updates: an updater, and what it watches."""

from __future__ import annotations

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location


@dataclass(frozen=True)
class Watch:
    """An ecosystem of a folder that is watched; `folder` may be a pattern, `ecosystem` is as Dependabot names it.

    `interval` is how often it looks, in Dependabot's words; empty where that is not said.
    """

    ecosystem: str
    folder: str
    location: Location
    interval: str = ""


@dataclass(frozen=True)
class Updater:
    """Something that proposes newer versions: its tool and its place.

    `everything`: it finds all ecosystems by itself; else `watches` says what it looks at, and `ecosystems`
    which it knows. `problem` says why it may not work.
    """

    tool: str
    location: Location
    everything: bool = False
    watches: tuple[Watch, ...] = ()
    ecosystems: frozenset[str] = frozenset()
    problem: str = ""

    @property
    def custom(self) -> bool:
        """Whether it looks for versions by expressions of this repository's own."""
        return bool(self.ecosystems & {"regex", "custom.regex", "jsonata", "custom.jsonata"})
