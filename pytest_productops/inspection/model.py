"""The words of an inspection: question, answer and its evidence."""

from __future__ import annotations

from typing import Literal, get_args

from pytest_productops.lazy import dataclass
from pytest_productops.model import Evidence, Location

Value = Literal["yes", "no", "na", "unknown", "external"]
VALUES: tuple[Value, ...] = get_args(Value)


@dataclass(frozen=True)
class Answer:
    """What is there, and the places that say so.

    `na`: the question has no sense for this kind of product; `external`: the only thing here is a link to another
    place; `unknown`: what is here cannot be read, and a note says why.
    """

    value: Value
    evidence: tuple[Evidence, ...] = ()


def seen(location: Location, note: str = "") -> Evidence:
    """Return a place in the repository, and what is to be seen there."""
    return Evidence(location, note)


def note(text: str) -> Evidence:
    """Return a remark on the repository as a whole, such as what was searched where nothing was found."""
    return Evidence(Location(""), text)


def yes(*evidence: Evidence) -> Answer:
    """It is there."""
    return Answer("yes", evidence)


def no(*evidence: Evidence) -> Answer:
    """It is not there; the evidence says what was read or searched."""
    return Answer("no", evidence)


def external(*evidence: Evidence) -> Answer:
    """Only a link to it is there."""
    return Answer("external", evidence)


def not_asked(reason: str) -> Answer:
    """The question has no sense here."""
    return Answer("na", (note(reason),))
