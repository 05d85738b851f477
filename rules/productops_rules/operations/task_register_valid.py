"""OPS001 task-register-valid."""

from collections.abc import Iterator

from pytest_productops.api import (
    Evidence,
    Finding,
    Less,
    Location,
    More,
    NotApplicable,
    Referred,
    Register,
    rule,
)


@rule(
    "OPS001",
    stage="plan",
    level="silver",
    outside=("oss-library",),
    demands={
        "service": {"required": True},
        "internal-product": {"required": True},
        "strict": {"schedules": True},
    },
)
def task_register_valid(
    register: Register,
    referred: Referred,
    *,
    required: More[bool] = False,
    required_ids: More[tuple[str, ...]] = (),
    schedules: More[bool] = False,
    unregistered_ok: Less[tuple[str, ...]] = (),
) -> Iterator[Finding | Evidence]:
    """The task register is valid, and what it refers to exists.

    Reads `.productops/tasks.toml`: it parses, every key is known, ids are unique, cadences and evidence can be
    read, owners are defined and can be reached. The procedure of each task is there, file and anchor, and so is
    the specification of each milestone; its criteria are in the definition of done. With `schedules` each CI
    file that runs on a schedule is evidence of a task. Whether tasks are done in time is OPS002's.

    Why:
        A register with a typing error promises nothing: the task that it spoils is never overdue. A procedure
        that is not where the register says is looked for in the worst hour.

    Fix:
        Correct the entry that the finding names. `productops explain OPS001` shows a whole register.

    Options:
        required: whether a repository must have a register.
        required_ids: ids of tasks that every register must hold, such as `restore-drill`.
        schedules: whether each scheduled CI file must be evidence of a task.
        unregistered_ok: globs of scheduled CI files that need not be.

    Source:
        The run book template of Skelton Thatcher ("routine and sanity checks"); GitLab's recurring tasks.

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
        evidence = [{ type = "trailer" }]
        -- docs/ops/restore.md --
        # Restore
        Load the dump.

    Bad:
        -- .productops/tasks.toml --
        [[task]]
        id = "restore-drill"
        titel = "Restore last night's backup"

    Good:
        -- .productops/tasks.toml --
        [owners.platform]
        members = ["@ann", "@bob"]
        contact = "#platform"

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
        -- docs/ops/restore.md --
        # Restore
        ## Steps
        Load the dump.
    """
    if not register.path:
        if not required and not required_ids:
            raise NotApplicable("no task register (.productops/tasks.toml)")
        yield Finding(
            "missing", "a task register is required, but there is none", fix="write .productops/tasks.toml"
        )
        return
    yield from (Finding(p.message, p.message, p.location, "correct the register") for p in register.problems)
    yield from (Finding(flaw.key, flaw.message, flaw.location, flaw.fix) for flaw in referred.broken())
    if schedules:
        flaws = referred.unregistered(unregistered_ok)
        yield from (Finding(flaw.key, flaw.message, flaw.location, flaw.fix) for flaw in flaws)
    for name in required_ids:
        if name not in register.ids:
            message = f"task {name} is required, but the register does not hold it"
            yield Finding(name, message, Location(register.path), f"add a [[task]] with id = {name!r}")
    yield from (Evidence(task.location, f"{task.id}, {task.procedure}") for task in register.tasks)
