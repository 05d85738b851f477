"""How often a cron line runs, in days: all that a register's cadence needs to know.

Five fields as POSIX has them, with the steps, names and ranges of GitHub's and GitLab's schedules:
https://pubs.opengroup.org/onlinepubs/9699919799/utilities/crontab.html
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable

from pytest_productops.lazy import dataclass

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_START = datetime.date(2024, 1, 1)
_HORIZON = 4 * 366


@dataclass(frozen=True)
class Cron:
    """The days on which a line runs. With both kinds of day restricted, either is enough, as cron has it."""

    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    any_day: bool
    any_weekday: bool

    def runs_on(self, day: datetime.date) -> bool:
        """Whether it runs on a day."""
        by_day, by_weekday = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        fits = (by_day and by_weekday) if self.any_day or self.any_weekday else (by_day or by_weekday)
        return fits and day.month in self.months


def cron(line: str) -> Cron | None:
    """Read a cron line; None where it is none."""
    fields = line.lower().split()
    if len(fields) != len(_BOUNDS):
        return None
    try:
        values = [_values(field, *bounds) for field, bounds in zip(fields, _BOUNDS, strict=True)]
    except ValueError:
        return None
    weekdays = frozenset(number % 7 for number in values[4])
    return Cron(values[2], values[3], weekdays, fields[2][0] == "*", fields[4][0] == "*")


def longest_gap(crons: Iterable[Cron]) -> int | None:
    """Return the most days from one run to the next over four years; None where there are fewer than two."""
    lines = tuple(crons)
    days = [n for n in range(_HORIZON) if any(c.runs_on(_START + datetime.timedelta(days=n)) for c in lines)]
    return max((later - day for day, later in itertools.pairwise(days)), default=None)


def _values(field: str, low: int, high: int) -> frozenset[int]:
    return frozenset(number for part in field.split(",") for number in _part(part, low, high))


def _part(part: str, low: int, high: int) -> range:
    """Return the numbers of `*`, `3`, `1-5`, `*/2` or `1-9/2`; raise ValueError for anything else."""
    body, _, step = part.partition("/")
    first, dash, last = body.partition("-")
    if body == "*":
        start, end = low, high
    else:
        start = _number(first)
        end = _number(last) if dash else (high if step else start)
    if not low <= start <= end <= high:
        raise ValueError(part)
    return range(start, end + 1, int(step) if step else 1)


def _number(word: str) -> int:
    names = _MONTHS if word in _MONTHS else _DAYS
    return names.index(word) + (names is _MONTHS) if word in names else int(word)
