"""The words of recording: a run of a task, where it is written, and why it is not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from pytest_productops.facts.register.records import Entry


class Refused(Exception):
    """A run is not recorded; `reasons` are all that speaks against it."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class Run(NamedTuple):
    """A task that was done: its id and title, the day, fields in their order, and a note."""

    id: str
    title: str
    day: datetime.date
    fields: Mapping[str, str]
    note: str = ""

    def said(self, name: str) -> str:
        """Return the value of a field, whatever its case; "" where it is not given."""
        return next((value for key, value in self.fields.items() if key.lower() == name.lower()), "")


class Known(NamedTuple):
    """A record that is there."""

    path: str
    entry: Entry


class Composed(NamedTuple):
    """A file as it shall be."""

    path: str
    text: str
    new: bool


def like(day: datetime.date | str, written: str) -> str:
    """Return a day as another is written: `2026_01_05`, `20260105`."""
    apart = "" if written[4:5].isdigit() else written[4:5] or "-"
    return str(day).replace("-", apart)
