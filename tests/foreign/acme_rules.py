"""A rule pack of another team: one rule and one fact, in one module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pytest_productops.api import (
    Fact,
    Files,
    Finding,
    Location,
    Repository,
    Unavailable,
    hookimpl,
    rule,
    rules_in,
)


@dataclass(frozen=True)
class Pager(Fact):
    """Who is called at night: the lines of PAGER."""

    people: tuple[str, ...]

    @classmethod
    def gather(cls, repository: Repository) -> Pager:
        """Read PAGER."""
        files = repository[Files]
        if "PAGER" not in files:
            raise Unavailable("there is no PAGER; name who is called")
        return cls(tuple(line for line in files.read("PAGER").splitlines() if line.strip()))


@rule("ACME001", stage="operate", level="bronze", responsibility="operations")
def somebody_answers_the_pager(pager: Pager, *, minimum: int = 2) -> Iterator[Finding]:
    """Enough people answer the pager.

    Why:
        One person cannot be awake every night.
    Fix:
        Add a name to PAGER.
    Options:
        minimum: how many people at least
    Source:
        Acme's handbook.
    Bad:
        -- PAGER --
        ann
    Good:
        -- PAGER --
        ann
        bob
    """
    if len(pager.people) < minimum:
        message = f"{len(pager.people)} of at least {minimum} people answer the pager"
        yield Finding("people", message, Location("PAGER"), fix="add a name")


@hookimpl
def productops_rules():
    """Return the rules of this module."""
    return rules_in(__name__)
