"""The words of environment variables: a read, a listing."""

from __future__ import annotations

from typing import NamedTuple

from pytest_productops.lazy import regex
from pytest_productops.model import Location

NAME = regex(r"[A-Z][A-Z0-9_]{2,60}")
"""A name that is looked at: capitals, as the convention is."""


class Read(NamedTuple):
    """A place where code reads a variable; `optional`: it gives a default, or asks whether there is one."""

    name: str
    path: str
    line: int
    optional: bool = False

    @property
    def location(self) -> Location:
        """The place."""
        return Location(self.path, self.line)
