"""DEV010."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pytest_productops.api import (
    Clock,
    Decision,
    Decisions,
    Evidence,
    Finding,
    Less,
    Location,
    More,
    NotApplicable,
    interval,
    rule,
)

STATUSES = ("proposed", "accepted", "rejected", "deprecated", "superseded")


@rule("DEV010", stage="plan", level="silver", profiles=("service", "internal-product"))
def decision_records_sound(
    decisions: Decisions,
    clock: Clock,
    *,
    statuses: Less[tuple[str, ...]] = STATUSES,
    max_proposed: Less[str] = "90d",
    require_dir: More[bool] = False,
) -> Iterator[Finding | Evidence]:
    """Each decision record has its own number, a title, a date and a status that is true, and the index lists it.

    Records are documents in folders such as `docs/decisions`, `docs/adr` or `rfcs` whose name begins with a number
    or a date, or that say a status; and enhancement proposals with a `kep.yaml`. Status and date stand in the front
    matter, in a line or list at the top, or in a section; a date also in the file's name. Words that mean the same
    are the same: approved is accepted, a draft is proposed. Templates and generated indexes are left alone.

    Why:
        A record tells who comes later what holds. One that is superseded and does not say so misleads; one that is
        proposed for ever decides nothing.
    Fix:
        Write `status` and `date` into the record's head; link both ways between a record and the one that
        takes its place; decide what has waited, or reject it.
    Options:
        statuses: the statuses that a record may have; a word of your own is compared as it is written
        max_proposed: how long a record may stay proposed, such as 90d or 6mo
        require_dir: whether a repository without decision records fails; else the rule does not apply
    Source:
        https://adr.github.io/madr/; https://gds-way.digital.cabinet-office.gov.uk/standards/architecture-decisions.html;
        kepval of https://github.com/kubernetes/enhancements.
    Bad:
        -- docs/adr/0001-use-postgres.md --
        # 1. Use Postgres
        Date: 2026-01-05
        ## Context
        We need transactions.
        ## Decision
        We use Postgres.
    Bad:
        -- now --
        2026-11-22
        -- docs/decisions/0001-use-postgres.md --
        ---
        status: proposed
        date: 2026-01-05
        ---
        # Use Postgres
        We need transactions.
    Bad:
        -- docs/decisions/0001-use-postgres.md --
        ---
        status: superseded by 0002
        date: 2026-01-05
        ---
        # Use Postgres
        We need transactions.
        -- docs/decisions/0002-use-sqlite.md --
        ---
        status: accepted
        date: 2026-02-05
        ---
        # Use SQLite
        One file is enough for us.
    Good:
        -- docs/decisions/README.md --
        - [Use Postgres](0001-use-postgres.md)
        - [Use SQLite](0002-use-sqlite.md)
        -- docs/decisions/0001-use-postgres.md --
        ---
        status: superseded by 0002
        date: 2026-01-05
        ---
        # Use Postgres
        We need transactions.
        -- docs/decisions/0002-use-sqlite.md --
        ---
        status: accepted
        date: 2026-02-05
        ---
        # Use SQLite
        One file is enough for us. This supersedes 0001.
    """
    longest = interval(max_proposed)
    if longest is None:
        raise ValueError("max_proposed is a span such as 30d, 2w, 6mo or 1y")
    if not decisions.records and not require_dir:
        raise NotApplicable("there are no decision records")
    if not decisions.records:
        yield Finding(
            "records", "there are no decision records", fix="write the first: docs/decisions/0001-...md"
        )
    for folder, records in decisions.folders.items():
        yield from _numbered(records)
        yield from _written(folder, records, statuses)
        for record in records:
            late = record.day and record.status == "proposed" and longest.after(record.day) < clock.today
            if record.day and late:
                since = f"{record.day}, {(clock.today - record.day).days} days"
                message = (
                    f"{record.name} is still `{record.said[:40]}`, since {since} (at most {max_proposed})"
                )
                yield Finding(f"{record.path}#proposed", message, record.at(), "decide it, or reject it")
            yield from _replaced(decisions, record)
        for index, missing in decisions.indexes(folder):
            for record in missing:
                message = f"the index does not list {record.name}"
                yield Finding(
                    f"{record.path}#index", message, Location(index.path), f"link {record.path} there"
                )
        yield Evidence(records[0].document.at(), f"{len(records)} records in {folder or 'the root'}")


def _numbered(records: tuple[Decision, ...]) -> Iterator[Finding]:
    """Find numbers that several records have, and titles that say another one than the file."""
    counted = Counter(record.number for record in records if record.number is not None)
    first = {record.number: record for record in reversed(records)}
    for record in records:
        number, path = record.number, record.path
        if number is not None and counted[number] > 1 and first[number] is not record:
            message = f"{record.name} has the number of {first[number].name}"
            yield Finding(
                f"{path}#unique", message, record.document.at(), "give the later one the next number"
            )
        if None not in (number, record.titled) and number != record.titled:
            message = f"the title says {record.titled}, the file name {number}"
            yield Finding(f"{path}#number", message, record.document.at(), "write the same number in both")


def _written(folder: str, records: tuple[Decision, ...], statuses: tuple[str, ...]) -> Iterator[Finding]:
    """Find what heads lack; where none of three or more has it, that is one finding on the folder."""
    judged = [record for record in records if not record.lack]
    for record in records:
        if record.lack:
            yield Finding(
                f"{record.path}#text", f"the record {record.lack}", record.document.at(), "write it"
            )
        elif not record.title:
            yield Finding(
                f"{record.path}#title", "the record has no title", record.document.at(), "add a heading"
            )
    for what, key, missing in (
        ("status", "status", [each for each in judged if not each.said]),
        ("date", "date", [each for each in judged if not each.dated]),
    ):
        if missing == judged and what == "status" and folder.endswith("rfcs"):
            continue  # what is merged there is accepted
        if len(missing) == len(judged) > 2:  # noqa: PLR2004 - the house's form lacks it
            message = f"none of the {len(judged)} records in {folder} has a {what}"
            yield Finding(f"{folder}#{key}", message, Location(judged[0].path), f"add a {what} to their form")
        else:
            for record in missing:
                message = f"{record.name} has no {what}"
                yield Finding(
                    f"{record.path}#{key}", message, record.document.at(), f"add `{what}: ...` to its head"
                )
    for record in judged:
        own = record.said.lower() in statuses
        if record.said and not own and record.status not in statuses:
            choice = record.status == "choice"
            wrong = "still offers a choice" if choice else f"is none of {', '.join(statuses)}"
            message = f"the status `{record.said[:60]}` {wrong}"
            yield Finding(f"{record.path}#status", message, record.at(), "write the one that holds")


def _replaced(decisions: Decisions, record: Decision) -> Iterator[Finding]:
    """Find records whose successor or predecessor does not know of them."""
    if record.status == "superseded":
        successors = decisions.successors(record)
        if successors is None:
            message = f"{record.name} is superseded and does not say by what"
            yield Finding(
                f"{record.path}#successor", message, record.at(), "link the record that took its place"
            )
        for other in successors or ():
            if not decisions.mentions(other, record):
                message = f"{record.name} is superseded by {other.name}, which does not mention it"
                fix = f"write in {other.path} that it supersedes {record.name}"
                yield Finding(f"{record.path}#mentioned", message, record.at(), fix)
    for other in decisions.predecessors(record):
        if other.status in {"proposed", "accepted"}:
            message = f"{record.name} supersedes {other.name}, whose status is `{other.said[:40]}`"
            yield Finding(
                f"{other.path}#superseded", message, other.at(), f"say there: superseded by {record.name}"
            )
