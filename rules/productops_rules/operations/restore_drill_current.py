"""OPS014."""

from collections.abc import Iterator

from pytest_productops.api import (
    Datastores,
    Evidence,
    Finding,
    Less,
    Location,
    NotApplicable,
    Product,
    Recovery,
    RestoreDrill,
    Task,
    Unavailable,
    rule,
)

NAMES = {"rpo": "how much data may be lost (RPO)", "rto": "how long restoring may take (RTO)"}
DECLARE = "declare it: `runbook = ...` under [tool.productops.artifacts]"


@rule("OPS014", stage="operate", level="gold", profiles=("service",))
def restore_drill_current(
    datastores: Datastores,
    recovery: Recovery,
    drill: RestoreDrill,
    product: Product,
    *,
    cadence_max: Less[int] = 186,
) -> Iterator[Finding | Evidence]:
    """It is written how to restore the data, with numbers, and restoring is practised in time.

    Asked where the product keeps data: a database among its containers, charts or infrastructure, a library for
    one, or a schema. A document or section on backups says how to restore (commands or steps), how much may be lost
    (RPO) and how long it may take (RTO). A task of the register whose name or title is about restoring comes round
    in time, and is not overdue. Packages and apps are not asked: their users keep the data.

    Why:
        A backup that was never restored is a hope. On the day itself nobody reads a manual for the first time.

    Fix:
        Write docs/ops/restore.md, restore into a scratch place by it, and register the drill as a task.

    Options:
        cadence_max: the most days between two drills; six months are 186.

    Source:
        Mercari's production readiness checklist, fast recovery; GDS, disaster recovery; NIST SP 800-34

    Bad:
        -- compose.yaml --
        services:
          web: {build: .}
          db: {image: "postgres:16"}
        -- docs/ops/restore.md --
        # Restore
        Run `pg_restore --clean shop.dump`. We lose at most 24 hours of data (RPO).

    Good:
        -- compose.yaml --
        services:
          web: {build: .}
          db: {image: "postgres:16"}
        -- docs/ops/restore.md --
        # Backup and restore
        RPO: 24 hours. RTO: 2 hours.
        1. Run `pg_restore --clean shop.dump`.
        2. Open the shop: the newest order is there.
        -- .productops/tasks.toml --
        [[task]]
        id = "restore-drill"
        title = "Restore last night's backup"
        kind = "critical"
        stage = "operate"
        owner = "platform"
        cadence = "6mo"
        started = 2026-01-05
        procedure = "docs/ops/restore.md"
        evidence = [{ type = "trailer" }]
        -- git log --
        2026-01-10 ann@example.org Practise the restore {Task-Done: restore-drill}
        -- now --
        2026-05-20
    """
    if product.kind in {"package", "app"}:
        raise NotApplicable(f"it is installed by its users, who keep the data: {product.because}")
    if not datastores.all:
        raise NotApplicable(
            "no database is seen in its containers, charts, infrastructure, libraries or schemas"
        )
    unknown: list[str] = []
    found = [
        *_written(recovery, datastores.all[0].location, unknown),
        *_practised(drill, cadence_max, unknown),
    ]
    if unknown and not found:
        raise Unavailable("; ".join(unknown))
    yield from found
    yield from (Evidence(each.location, each.name) for each in datastores.all[:3])
    yield from (Evidence(task.location, f"{task.id}, every {task.cadence}") for task in drill.tasks)


def _written(recovery: Recovery, store: Location, unknown: list[str]) -> Iterator[Finding]:
    if not recovery.parts:
        if recovery.external and not recovery.hollow:
            unknown.append(f"restoring is explained at {recovery.external}, which is not read: {DECLARE}")
        elif recovery.hollow:
            part, reason = recovery.hollow
            yield Finding(
                "document", f"what is there on restoring {reason}", part.at(), "write how to restore"
            )
        else:
            yield Finding(
                "document",
                "data is kept, and nothing says how to restore it",
                store,
                "write docs/ops/restore.md",
            )
        return
    place = recovery.parts[0].at()
    if not recovery.restores():
        yield Finding(
            "restore",
            "backups are written about, but not how to restore one",
            place,
            "give the commands or steps",
        )
    for name, what in NAMES.items():
        if not recovery.objective(name):
            yield Finding(
                name,
                f"it is not said in numbers {what}",
                place,
                f"write the {name.upper()}: minutes, hours or days",
            )


def _practised(drill: RestoreDrill, most: int, unknown: list[str]) -> Iterator[Finding]:
    if drill.register.problems and not drill.tasks:
        unknown.append(f"the register has a mistake, see OPS001: {drill.register.problems[0].message}")
    elif not drill.tasks:
        at = Location(drill.register.path) if drill.register.path else None
        message = "no task of the register is about restoring a backup"
        yield Finding("drill", message, at, "add a [[task]] such as restore-drill to .productops/tasks.toml")
    for task in drill.tasks:
        yield from _kept(task, drill, most, unknown)


def _kept(task: Task, drill: RestoreDrill, most: int, unknown: list[str]) -> Iterator[Finding]:
    status = drill.status(task)
    if task.cadence is None or task.cadence.longest > most:
        often = f"every {task.cadence}" if task.cadence else "once a release"
        message = f"{task.id}: restoring is practised {often}, it should be every {most} days at least"
        yield Finding(f"{task.id}.cadence", message, task.location, "practise it more often")
    if status.unknown:
        unknown += [f"{task.id}: {reason}" for reason in status.unknown]
    elif status.overdue:
        last = f"last done {status.last}" if status.last else f"never done since {task.started}"
        message = f"{task.id}: {last}, every {task.cadence}, {status.overdue} days overdue"
        yield Finding(
            f"{task.id}.overdue", message, task.location, f"do {task.procedure} and {drill.how(task)}"
        )
