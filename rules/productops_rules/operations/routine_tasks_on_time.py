"""OPS002 routine-tasks-on-time."""

from collections.abc import Iterator

from pytest_productops.api import (
    Evidence,
    Finding,
    Less,
    NotApplicable,
    Register,
    Runs,
    Status,
    Task,
    Unavailable,
    rule,
)


@rule("OPS002", stage="operate", level="bronze")
def routine_tasks_on_time(register: Register, runs: Runs, *, most_late: Less[int] = 14) -> Iterator[Finding]:
    """No task of the register is overdue.

    A task is due one `cadence` after it was last done (before the first time: after `started`), by the newest
    of its evidence: dated records, commit trailers, commits to paths, tags, a date in front matter, a
    scheduled workflow. It is overdue after its `grace`: by default a fifth of the cadence, at most 14 days,
    and nothing for critical tasks. Only what is committed counts; a record whose day is none, or has not come
    yet, is a finding. Mistakes in the register are OPS001's; a task
    that one of them spoils cannot be judged.

    Why:
        Routine work (restores, rotations, audits) is what slips first, and nobody sees it until it is needed.

    Fix:
        Do the task by its procedure and leave its evidence, or agree on a cadence that you can keep.

    Options:
        most_late: a record committed more than so many days after the day it claims does not count; those
            that came with the register itself do.

    Source:
        Mercari production readiness ("practised every 6 months"); GDS, disaster recovery.

    Bad:
        -- .productops/tasks.toml --
        [[task]]
        id = "restore-drill"
        title = "Restore last night's backup"
        kind = "critical"
        stage = "operate"
        owner = "platform"
        cadence = "6mo"
        started = 2026-01-05
        procedure = "docs/ops/restore.md#steps"
        evidence = [{ type = "record", path = "docs/ops/records/*.md", date = "filename" }]
        -- docs/ops/records/2026-01-10.md --
        Restored in 40 minutes.
        -- git log --
        2026-01-10 ann@example.org Practise the restore
        -- now --
        2026-08-20

    Good:
        -- .productops/tasks.toml --
        [[task]]
        id = "restore-drill"
        title = "Restore last night's backup"
        kind = "critical"
        stage = "operate"
        owner = "platform"
        cadence = "6mo"
        started = 2026-01-05
        procedure = "docs/ops/restore.md#steps"
        evidence = [{ type = "trailer" }]
        -- git log --
        2026-01-10 ann@example.org Practise the restore {Task-Done: restore-drill}
        2026-06-30 bob@example.org Practise the restore {Task-Done: restore-drill}
        -- now --
        2026-08-20
    """
    if not register.path:
        raise NotApplicable("no task register (.productops/tasks.toml)")
    found: list[Finding] = []
    unknown = [f"the register has a mistake, see OPS001: {problem.message}" for problem in register.problems]
    for task in register.tasks:
        status = runs.status(task, most_late=most_late)
        found += [
            Finding(f"{task.id}.{flaw.key}", flaw.message, flaw.location, flaw.fix) for flaw in status.flaws
        ]
        unknown += [f"{task.id}: {reason}" for reason in status.unknown]
        if status.overdue and not status.unknown:
            found.append(_overdue(task, status, runs.how(task)))
    if unknown and not found:
        raise Unavailable("; ".join(unknown))
    yield from found


def _overdue(task: Task, status: Status, how: str) -> Finding:
    last = f"last done {status.last}" if status.last else f"never done since {task.started}"
    often = f"every {task.cadence}" if task.cadence else "once a release"
    days = f"{status.overdue} day{'s' if status.overdue > 1 else ''} overdue"
    refused = [Evidence(flaw.location, flaw.message) for flaw in status.refused[:3]]
    said = [f"{task.id}: {last}, {often}, {days}, owner {task.owner}", *(each.note for each in refused)]
    fix = f"do {task.procedure} and {how}"
    return Finding(f"{task.id}.overdue", "; ".join(said), task.location, fix, tuple(refused))
