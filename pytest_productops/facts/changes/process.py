"""Process: changes to the files that say how the team works: CI, CODEOWNERS, definition of done, register, release."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from pytest_productops.facts.changes import Changes, Landing
from pytest_productops.facts.done import PLACE as DONE
from pytest_productops.facts.done import Done
from pytest_productops.facts.expressions import Expression, expression
from pytest_productops.facts.ownership.critical import KINDS
from pytest_productops.facts.register import PLACE as REGISTER
from pytest_productops.facts.register import Register
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_MOST_MESSAGE = 20_000
"""How much of a message markers are looked for in, in characters."""
CI, OWNERS, RELEASE = "the CI configuration", "CODEOWNERS", "the release documents"
_RELEASING = regex(
    r"(?:\w+(?:\([^)]*\))?!?: *)?(?:prepar\w+ (?:for )?(?:the |next )*)?(?:releas|bump|version|v?\d)",
    re.IGNORECASE,
)
"""The subject of a commit that makes a release: it writes a number into these documents."""


@dataclass(frozen=True)
class Touched:
    """The changes to one part of the process in a window, newest first, and the files of it that they changed."""

    part: str
    landings: tuple[Landing, ...]

    @property
    def direct(self) -> tuple[Landing, ...]:
        """Those that were pushed without a change request."""
        return tuple(each for each in self.landings if each.direct)

    @property
    def doubtful(self) -> tuple[Landing, ...]:
        """Those that may have come by one that left no mark."""
        return tuple(each for each in self.landings if each.doubt)


class ProcessChanges(Fact):
    """Reads the mainline's changes, as far as a window goes."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> ProcessChanges:
        """Never fails: the history is asked for with the changes."""
        return cls(repository)

    @property
    def changes(self) -> Changes:
        """All changes of people; raises `Unavailable` without a full history."""
        return self._repository[Changes]

    @cached_property
    def _files(self) -> Mapping[str, frozenset[str]]:
        """Part of the process -> its files, beside those that are known by their paths."""
        done, register = self._repository[Done], self._repository[Register]
        pages = self._repository[ReleaseProcedure].near
        return {
            "the definition of done": frozenset({DONE, done.path}),
            "the task register": frozenset({REGISTER, register.path}),
            RELEASE: frozenset(page.path for page in pages),
        }

    def since(
        self, day: datetime.date, markers: tuple[str, ...] = ()
    ) -> tuple[tuple[Landing, ...], tuple[Touched, ...]]:
        """Return all changes since a day, and those of them to each part of the process.

        `markers` are regular expressions; a message that one matches shows a change request.
        """
        marked = [expression(marker) for marker in markers]
        recent = takewhile(lambda each: each.commit.day >= day, self.changes)
        landings = tuple(_marked(each, marked) for each in recent)
        found: dict[str, list[Landing]] = {}
        for each in landings:
            for part in self._parts(each):
                found.setdefault(part, []).append(each)
        return landings, tuple(Touched(part, tuple(found[part])) for part in sorted(found))

    def _parts(self, landing: Landing) -> Iterator[str]:
        for part in (CI, OWNERS):
            if any(KINDS[part].fullmatch(path) for path in landing.paths):
                yield part
        for part, files in self._files.items():
            numbers = part == RELEASE and _RELEASING.match(landing.commit.subject)
            if not files.isdisjoint(landing.paths) and not numbers:
                yield part


def _marked(landing: Landing, markers: list[Expression]) -> Landing:
    """Return a change with the sign that a marker finds in its message."""
    text = f"{landing.commit.subject}\n{landing.commit.body}"[:_MOST_MESSAGE]
    found = next((marker.found(text, 0) or "" for marker in markers if marker.search(text)), "")
    return replace(landing, sign=found, doubt="") if found and not landing.sign else landing
