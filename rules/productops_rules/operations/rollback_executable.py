"""OPS008."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import (
    Deployment,
    Documents,
    Edit,
    Evidence,
    Finding,
    Less,
    Migrations,
    More,
    NotApplicable,
    Product,
    Rollback,
    Unavailable,
    fixes,
    rule,
    section,
)

MANY = 3
UNDO = "write what undoes it, or why nothing does; or declare `forward_only = true`"


@rule("OPS008", stage="deploy", level="silver", profiles=("service",))
def rollback_executable(
    rollback: Rollback,
    migrations: Migrations,
    product: Product,
    *,
    require_trigger: More[bool] = True,
    check_migrations: More[int] = 20,
    forward_only: Less[bool] = False,
) -> Iterator[Finding | Evidence]:
    """A rollback can be done by what is written: by a command, at a known sign, and the database goes along.

    Looks at documents and sections about rolling back: a command or workflow in them must exist (commands of other
    tools, such as `helm rollback`, are taken at their word); they say at which error rate, alert or failing check one
    goes back; and what happens to the data, where there are migrations. Of the newest migrations of each folder
    (Alembic, Django, Flyway, pairs of SQL files) each can be undone, or says in itself why not. A team that only
    moves forward, by expand and contract, writes so or declares it.

    Why:
        A rollback is needed in the worst minute; a command that is gone, or a migration that has no way back, turns
        five minutes into hours.
    Fix:
        Write a section `Rollback` in docs/deployment.md: the command, when to use it, what becomes of the data.
        Give `downgrade`, `reverse_code` or the down script a body, or a comment that says why it has none.
    Options:
        require_trigger: whether it must be written when to roll back
        check_migrations: how many of the newest migrations of each folder are looked at; 0 for none
        forward_only: migrations are never undone, by policy
    Source:
        Kubernetes' production readiness review: what metrics inform a rollback, were upgrade and rollback tested.
    Bad:
        -- docs/deployment.md --
        # Deployment
        1. Run `helm upgrade shop ./chart`.
        ## Rollback
        If the error rate is above 2 %, run `make rollback`. The database stays as it is.
        -- Makefile --
        deploy:
                helm upgrade shop ./chart
    Bad:
        -- docs/deployment.md --
        # Deployment
        1. Run `helm upgrade shop ./chart`.
        ## Rollback
        Run `helm rollback shop`.
        -- migrations/versions/0001_orders.py --
        revision = "0001"
        down_revision = None

        def upgrade():
            op.add_column("orders", sa.Column("paid", sa.Boolean()))

        def downgrade():
            pass
    Bad:
        -- docs/deployment.md --
        # Deployment
        Run `helm upgrade shop ./chart`.
    Good:
        -- docs/deployment.md --
        # Deployment
        1. Run `helm upgrade shop ./chart`.
        ## Rollback
        If the error rate is above 2 % for five minutes, run `helm rollback shop`, then `alembic downgrade -1`
        where the release came with a migration.
        -- migrations/versions/0001_orders.py --
        revision = "0001"
        down_revision = None

        def upgrade():
            op.add_column("orders", sa.Column("paid", sa.Boolean()))

        def downgrade():
            op.drop_column("orders", "paid")
    """
    found = list(_steps(migrations, check_migrations)) if not (forward_only or rollback.forward_only) else []
    if product.kind in ("package", "app") and not found:
        raise NotApplicable(f"nothing is deployed here: {product.because}")
    if product.kind not in ("package", "app"):
        written = list(_written(rollback, migrations, require_trigger=require_trigger))
        if rollback.unread and not any(isinstance(each, Finding) for each in (*written, *found)):
            raise Unavailable(rollback.unread)
        yield from written
    yield from found
    if place := rollback.forward_only:
        yield Evidence(place, "migrations only move forward")


def _written(
    rollback: Rollback, migrations: Migrations, *, require_trigger: bool
) -> Iterator[Finding | Evidence]:
    if not rollback.parts:
        if rollback.lacking:
            place, reason = rollback.lacking
            yield Finding("rollback", f"the section about rolling back {reason}", place, fix="write it")
        elif not rollback.external:
            yield Finding(
                "rollback",
                "nothing says how to roll back",
                fix="write a section `Rollback` where deploying is told",
            )
        return
    good = [way for way in rollback.ways if way.status == "ok"]
    gone = [way for way in rollback.ways if way.status == "missing"]
    yield from (Evidence(way.location, way.what) for way in good[:1])
    if gone and not good:
        message = f"the rollback rests on `{gone[0].what}`, which does not exist"
        yield Finding("command", message, gone[0].location, fix="name a command or workflow that exists")
    elif not rollback.ways and not rollback.elsewhere:
        message = "what is written about rolling back names no command and no workflow"
        yield Finding(
            "command", message, rollback.place, fix="give the command, or the workflow that does it"
        )
    if require_trigger and not rollback.says("trigger") and not rollback.elsewhere:
        message = (
            "what is written about rolling back does not say when to: at which metric, alert or failing check"
        )
        yield Finding(
            "trigger", message, rollback.place, fix="name the sign and its threshold, and who decides"
        )
    if migrations.any and not rollback.says("data") and not rollback.elsewhere:
        message = "there are migrations, and what is written about rolling back does not say what becomes of the data"
        yield Finding("data", message, rollback.place, fix="say whether migrations are undone, and how")


def _steps(migrations: Migrations, last: int) -> Iterator[Finding]:
    for chain in migrations.chains(last) if last > 0 else ():
        lacking = chain.lacking
        if len(lacking) == len(chain.steps) and len(lacking) >= MANY:
            where = chain.folder or "the root"
            message = (
                f"none of the newest {len(lacking)} migrations in {where} can be undone: {lacking[-1].gap}"
            )
            yield Finding(f"{chain.folder}#migrations", message, lacking[-1].location, fix=UNDO)
            continue
        for step in lacking:
            yield Finding(step.path, f"this migration can't be undone: {step.gap}", step.location, fix=UNDO)


@fixes(rollback_executable, "scaffold")
def outline(finding: Finding, deployment: Deployment, documents: Documents) -> Iterator[Edit]:
    """Make a section on rolling back for you to write, where deploying is told."""
    if finding.key == "rollback" and finding.location is None and deployment.parts:
        wants = (
            "name the command or workflow",
            "say at which sign to roll back",
            "say what becomes of the data",
        )
        yield from section(documents.get(deployment.parts[0].at().path), "Rollback", *wants)
