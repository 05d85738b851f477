"""List what is due when; nothing is judged, so that the exit code is 0 whatever is late."""

from __future__ import annotations

import argparse
import stat
import sys
from pathlib import Path

from pytest_productops.cli.common import printable
from pytest_productops.cli.tasks.common import Case, wrong
from pytest_productops.facts.committed import Committed
from pytest_productops.facts.history import History
from pytest_productops.facts.register.agenda import Agenda, agenda
from pytest_productops.facts.register.cadence import Span, span
from pytest_productops.facts.register.choosing import chosen, owners
from pytest_productops.policy.writing import write
from pytest_productops.reports.agenda import as_calendar, as_json, as_markdown, as_text
from pytest_productops.reports.output import emit
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.suggest import did_you_mean

FORMATS = ("text", "json", "markdown", "ical")


def add_arguments(parser: argparse._ArgumentGroup) -> None:
    """Add what a listing can be asked for."""
    parser.add_argument(
        "--owner", metavar="NAME", help="only those of an owner, or of a member: platform, @ann"
    )
    parser.add_argument("--kind", choices=("critical", "routine"), help="only tasks of this kind")
    parser.add_argument("--due-within", metavar="SPAN", help="what is late or due until then: 30d, 2w, 6mo")
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="for a person, a program or a calendar"
    )
    parser.add_argument(
        "--ical", metavar="FILE", help="write a calendar too (iCalendar), - for standard output"
    )


def run(case: Case) -> int:
    """Print the agenda; return 0."""
    every = agenda(case.repository, case.most_late)
    part = _chosen(every, case.parsed)
    calendar = as_calendar(part, case.root.name, _identity(case.repository))
    if case.parsed.ical:
        _write(case.parsed.ical, calendar)
    _print(part, case.parsed.format, calendar)
    return 0


def _chosen(every: Agenda, parsed: argparse.Namespace) -> Agenda:
    """Return what is asked for; raise `ConfigurationError` where that cannot be."""
    if parsed.owner and every.entries and parsed.owner not in set(owners(every)):
        hint = did_you_mean(parsed.owner, owners(every))
        raise wrong("--owner", f"nobody called {parsed.owner!r} owns a task here", hint)
    within: Span | None = None
    if parsed.due_within:
        within = span(parsed.due_within)
        if within is None:
            raise wrong("--due-within", f"{parsed.due_within!r} is no time", "write 30d, 2w, 6mo or 1y")
    return chosen(every, owner=parsed.owner or "", kind=parsed.kind or "", within=within)


def _print(part: Agenda, form: str, calendar: str) -> None:
    if form == "ical":
        emit(calendar)
    elif form == "json":
        emit(as_json(part))
    else:
        sys.stdout.write(printable((as_markdown if form == "markdown" else as_text)(part)))
    if not part.path and form in {"ical", "json"}:
        sys.stderr.write(printable(as_text(part)))
    elif form == "ical":
        sys.stderr.write(_mistakes(part))


def _mistakes(part: Agenda) -> str:
    return printable("".join(f"{problem.location}: {problem.message}\n" for problem in part.problems))


def _identity(repository: Repository) -> str:
    """Return what tells the repository from others wherever it is cloned: its first commit, else its folder."""
    try:
        repository[History]
        return min(repository[Committed].roots)
    except Unavailable:
        return repository.root.name


def _write(place: str, text: str) -> None:
    """Write the calendar to a file, or to what is no file, such as a pipe."""
    path = Path(place)
    if place == "-":
        emit(text)
    elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
        try:
            path.write_bytes(text.encode())
        except OSError as error:
            raise wrong("--ical", f"{place} cannot be written: {error.strerror}") from error
    else:
        write(path.absolute().parent, path.name, text)
