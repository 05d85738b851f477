"""Record that a task is done, in the way that its evidence wants."""

from __future__ import annotations

import argparse
import datetime
import shlex
import sys

from pytest_productops.cli.common import printable
from pytest_productops.cli.tasks.common import Case, wrong
from pytest_productops.facts.history import History, Tag
from pytest_productops.facts.register import Evidence, Register, Task
from pytest_productops.facts.register.model import Milestone
from pytest_productops.facts.register.recording import Composed, Refused, Run, commands, composed, in_file
from pytest_productops.policy.writing import write
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.suggest import did_you_mean
from pytest_productops.text import clean

REFUSED = 2


def add_arguments(parser: argparse._ArgumentGroup) -> None:
    """Add what a record can be given."""
    parser.add_argument("--note", metavar="TEXT", default="", help="what is worth knowing of this run")
    parser.add_argument(
        "--field", metavar="NAME=VALUE", action="append", default=[], help="what a record must say"
    )
    parser.add_argument("--date", metavar="DAY", help="the day on which it was done (default: today)")


def run(case: Case) -> int:
    """Write the record, or say which command leaves one; return 0, or 2 where neither can be."""
    task = _task(case)
    try:
        given = _run(case, task)
        evidence = in_file(task)
        said = _written(case, evidence, given) if evidence else _commands(case, task, given)
    except Refused as refused:
        reasons = "".join(f"  {clean(reason)}\n" for reason in refused.reasons)
        sys.stderr.write(printable(f"error: {task.id} is not recorded\n{reasons}"))
        return REFUSED
    sys.stdout.write(printable(clean(said, keep="\n", limit=100_000)))
    return 0


def _task(case: Case) -> Task | Milestone:
    register, name = case.repository[Register], case.parsed.task
    if not register.path:
        raise wrong(
            "tasks done", "there is no task register here", "`productops tasks` shows how to begin one"
        )
    both: list[Task | Milestone] = [*register.milestones, *register.tasks]
    known = {each.id: each for each in both}
    if name in known:
        return known[name]
    spoiled = "; the register has mistakes, which spoil tasks" if register.problems else ""
    raise wrong("tasks done", f"no task {name!r} in {register.path}{spoiled}", did_you_mean(name, known))


def _run(case: Case, task: Task | Milestone) -> Run:
    """Return what is to be recorded; raise `Refused` with every mistake of the options."""
    today = case.repository.now
    day, reasons = _day(case.parsed.date, today)
    fields: dict[str, str] = {}
    for text in case.parsed.field:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name:
            reasons.append(f"--field {text!r} is not NAME=VALUE")
        elif name.lower() in {known.lower() for known in fields}:
            reasons.append(f"--field {name} is given twice")
        else:
            fields[name] = " ".join(value.split())
    if reasons:
        raise Refused(*reasons)
    return Run(task.id, " ".join(clean(task.title).split()), day, fields, case.parsed.note.strip())


def _day(text: str | None, today: datetime.date) -> tuple[datetime.date, list[str]]:
    """Return the day, and what is wrong with it."""
    try:
        day = datetime.date.fromisoformat(text) if text else today
    except ValueError:
        return today, [f"--date {text!r} is no day such as {today}"]
    return day, [f"--date {day} has not come yet, today is {today}"] if day > today else []


def _written(case: Case, evidence: Evidence, given: Run) -> str:
    record = composed(case.repository, evidence, given)
    write(case.root, record.path, record.text)
    return f"{record.path}: {'written' if record.new else 'added to'}\n{_commit(record, given)}{_late(case, given)}"


def _commit(record: Composed, given: Run) -> str:
    add = shlex.join(["git", "add", "--", record.path])
    commit = shlex.join(["git", "commit", "-m", given.title, "--", record.path])
    return f"It counts only once it is committed:\n  {add}\n  {commit}\n"


def _late(case: Case, given: Run) -> str:
    days, most = (case.repository.now - given.day).days, case.most_late
    if days <= most:
        return ""
    return f"Warning: a record committed more than {most} days after its day does not count, this one is {days} old.\n"


def _commands(case: Case, task: Task | Milestone, given: Run) -> str:
    """Return the command that leaves each evidence, of which one is enough."""
    if not task.evidence:
        raise Refused(f"{task.id} names no evidence in the register, so nothing can show that it is done")
    if given.fields:
        raise Refused("its evidence is no record, so it has no fields: leave --field out, say it in --note")
    if given.day != case.repository.now:
        raise Refused("its evidence is no record, git gives it its own day: leave --date out")
    blocks: list[str] = []
    reasons: list[str] = []
    for evidence in task.evidence:
        try:
            lines = commands(evidence, given, _tags(case.repository))
            blocks.append("".join(f"  {line}\n" for line in lines))
        except Refused as refused:
            reasons += refused.reasons
    if not blocks:
        raise Refused(*reasons)
    head = f"{task.id} is recorded in git's history, which is yours to write; run\n"
    return head + "or\n".join(blocks)


def _tags(repository: Repository) -> tuple[Tag, ...]:
    try:
        return repository[History].tags
    except Unavailable:
        return ()
