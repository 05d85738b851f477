"""Spans of time as a register writes them: `90d`, `2w`, `6mo`, `1y`, or ISO 8601 `P6M` (whole units only)."""

from __future__ import annotations

import calendar
import datetime

from pytest_productops.lazy import dataclass, regex

_SPAN = regex(r"(?P<count>\d{1,4})(?P<unit>d|w|mo|y)|P(?P<iso_count>\d{1,4})(?P<iso_unit>[DWMY])")
_ISO = {"D": "d", "W": "w", "M": "mo", "Y": "y"}
_MONTHS = {"mo": 1, "y": 12}
_LONGEST = {"d": 1, "w": 7, "mo": 31, "y": 366}


@dataclass(frozen=True)
class Span:
    """A number of days, weeks, months or years, as it was written in `text`."""

    count: int
    unit: str
    text: str

    def after(self, day: datetime.date) -> datetime.date:
        """Return the day that is so much later: in a shorter month its last, at worst the last of all."""
        try:
            if self.unit in _MONTHS:
                return _months_after(day, self.count * _MONTHS[self.unit])
            return day + datetime.timedelta(days=self.count * _LONGEST[self.unit])
        except (OverflowError, ValueError):
            return datetime.date.max

    def before(self, day: datetime.date) -> datetime.date:
        """Return the day that was so much earlier, at worst the first of all."""
        try:
            if self.unit in _MONTHS:
                return _months_after(day, -self.count * _MONTHS[self.unit])
            return day - datetime.timedelta(days=self.count * _LONGEST[self.unit])
        except (OverflowError, ValueError):
            return datetime.date.min

    @property
    def longest(self) -> int:
        """The days of it, at the longest months and years."""
        return self.count * _LONGEST[self.unit]

    def __str__(self) -> str:
        return self.text


def span(text: str) -> Span | None:
    """Read a span; None where the text is none."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    unit = match["unit"] or _ISO[match["iso_unit"]]
    return Span(int(match["count"] or match["iso_count"]), unit, text.strip())


def _months_after(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
