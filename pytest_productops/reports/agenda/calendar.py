"""The agenda as a calendar to subscribe to: iCalendar, RFC 5545 (https://www.rfc-editor.org/rfc/rfc5545).

One all-day event for each task and milestone that is due on a day. Events, not to-dos, since calendars that people
subscribe to show no to-dos. What is overdue stands on today, and everything that comes back repeats by its cadence.

We write it ourselves: one component of nine properties, against a library of 5 MB with three dependencies. The tests
read what is written here with that library.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

from pytest_productops.facts.register.agenda import Agenda, Entry
from pytest_productops.facts.register.cadence import Span
from pytest_productops.reports.agenda import words
from pytest_productops.text import clean

LONGEST = 75
"""Most octets of a line, its end not counted (section 3.1)."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "tasks.pytest-productops")
_FREQUENCY = {"d": "DAILY", "w": "WEEKLY", "mo": "MONTHLY", "y": "YEARLY"}
_SHORTEST = 28
"""Days that every month has."""
_LEAP_DAY = (2, 29)


def as_calendar(agenda: Agenda, name: str, identity: str) -> str:
    """Return the calendar of a repository that is called `name`; the same for the same agenda.

    `identity` tells the repository from others, so that an event keeps its UID, wherever it is written.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//pytest-productops//tasks//EN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_text(f'{name}: tasks')}"]
    events = [line for entry in agenda.entries if entry.due for line in _event(entry, agenda.today, identity)]
    lines += [*(events or _nothing()), "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(entry: Entry, today: datetime.date, identity: str) -> Iterator[str]:
    day = _day(entry, today)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(_NAMESPACE, f'{identity} {entry.what} {entry.id}')}"
    yield f"DTSTAMP:{_date(today)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_date(day)}"
    if entry.cadence:
        yield f"RRULE:{_rule(entry.cadence, day)}"
    yield f"SUMMARY:{_text(_summary(entry))}"
    yield f"DESCRIPTION:{_text(_description(entry))}"
    yield f"CATEGORIES:{','.join(map(_text, filter(None, [entry.kind, entry.stage, entry.owner.name])))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(entry: Entry, today: datetime.date) -> datetime.date:
    """Return the day that it stands on: what is late, and not done, is to be done today."""
    due = entry.due or today
    return due if entry.state == "met" else max(due, today)


def _date(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def _rule(cadence: Span, day: datetime.date) -> str:
    """Return how it comes back: in a month that is too short on its last day, as the register counts."""
    rule = f"FREQ={_FREQUENCY[cadence.unit]};INTERVAL={cadence.count}"
    days = ",".join(map(str, range(_SHORTEST, day.day + 1)))
    if cadence.unit == "mo" and day.day > _SHORTEST:
        return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"
    if cadence.unit == "y" and (day.month, day.day) == _LEAP_DAY:
        return f"{rule};BYMONTH=2;BYMONTHDAY={days};BYSETPOS=-1"
    return rule


def _summary(entry: Entry) -> str:
    met = "Met: " if entry.what == "milestone" else "Done: "
    states = {"overdue": "Overdue: ", "unknown": "Overdue, as far as known: ", "met": met}
    return f"{states.get(entry.state, '')}{entry.title}"


def _description(entry: Entry) -> str:
    owner = ", ".join(filter(None, [entry.owner.contact, *entry.owner.members]))
    lines = [f"{entry.id}: {words.standing(entry)}", words.done(entry)]
    lines += [f"Owner: {entry.owner.name}{f' ({owner})' if owner else ''}"]
    lines += [f"Procedure: {entry.procedure}" if entry.procedure else ""]
    lines += [
        f"When done: {words.recording(entry)}" if entry.how and entry.state != "met" else "",
        *words.remarks(entry),
    ]
    return "\n".join(filter(None, lines))


def _nothing() -> Iterator[str]:
    """Yield the one component that a calendar without events may hold: it must hold one (section 3.6)."""
    yield from ("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000")
    yield from ("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE")


def _text(text: str) -> str:
    r"""Return a text as a value: `\`, `;`, `,` and line ends are escaped (section 3.3.11)."""
    shown = clean(text, keep="\n", limit=10_000).replace("\\", "\\\\")
    return shown.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which cuts a character (section 3.1)."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST:
            pieces.append("")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n ".join(pieces)
