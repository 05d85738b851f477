"""DEV011."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.api import Evidence, Finding, Inventory, Less, Location, Manifests, NotApplicable, rule


@rule("DEV011", stage="plan", level="silver", profiles=("service", "internal-product"))
def component_inventory_complete(
    inventory: Inventory, manifests: Manifests, *, min_components: Less[int] = 3
) -> Iterator[Finding | Evidence]:
    """Each deployable and package is listed in an inventory, with an owner, and nothing listed is gone.

    Components are members of workspaces (npm, pnpm, uv, Cargo, go.work, Gradle, Maven, ...), folders with a
    Dockerfile or a Helm chart, and roots of Terraform states. The inventory is Backstage's `catalog-info.yaml`, or
    a table, list or tree in the README, the description of the architecture, or a document such as
    docs/components.md, which names at least half of them. The owner stands in its row, in CODEOWNERS, or in a file
    OWNERS of the folder or one around it. Examples and
    material of tests are no components.

    Why:
        What is on no list is patched, paid and answered for by nobody.
    Fix:
        Add a row with the component's name, what it is for, and its owner; delete the rows of what is gone.
    Options:
        min_components: fewest components for the rule to apply
    Source:
        OSPS Baseline QA-04.01; OpenSSF best practices, documentation_architecture; arc42, section 5; Backstage.
    Bad:
        -- README.md --
        # Shop
        | Component | Owner |
        | --- | --- |
        | `services/web` | @ann |
        | `services/mail` | @bob |
        -- services/web/Dockerfile --
        FROM python
        -- services/mail/Dockerfile --
        FROM python
        -- services/pay/Dockerfile --
        FROM python
    Bad:
        -- README.md --
        # Shop
        Sells things.
        -- services/web/Dockerfile --
        FROM python
        -- services/mail/Dockerfile --
        FROM python
        -- services/pay/Dockerfile --
        FROM python
    Good:
        -- README.md --
        # Shop
        | Component | Owner |
        | --- | --- |
        | `services/web` | @ann |
        | `services/mail` | @bob |
        | `services/pay` | @bob |
        -- services/web/Dockerfile --
        FROM python
        -- services/mail/Dockerfile --
        FROM python
        -- services/pay/Dockerfile --
        FROM python
    """
    parts = inventory.parts
    if len(parts) < min_components:
        manifests.demand()
        raise NotApplicable(f"there are {len(parts)} components beside the root, fewer than {min_components}")
    if not inventory.rows:
        message = f"there are {len(parts)} components, and no catalogue or document lists half of them"
        evidence = tuple(Evidence(part.location, part.folder) for part in parts[:20])
        yield Finding(
            "inventory", message, parts[0].location, "list them in docs/components.md with owners", evidence
        )
        return
    unowned = [part for part in parts if not inventory.owned(part)]
    for part in parts:
        if not inventory.listed(part):
            message = f"the component `{part.folder}` is in no catalogue and no list"
            yield Finding(
                f"missing:{part.folder}",
                message,
                part.location,
                f"add it to {inventory.rows[0].location.path}",
            )
    if len(unowned) == len(parts):
        message = f"none of the {len(parts)} components has an owner"
        yield Finding(
            "owners",
            message,
            Location(inventory.rows[0].location.path),
            "add a column with the owner, or CODEOWNERS",
        )
    for part in unowned if len(unowned) < len(parts) else ():
        message = f"the component `{part.folder}` has no owner"
        yield Finding(
            f"owner:{part.folder}", message, part.location, "name its owner in the inventory or in CODEOWNERS"
        )
    for row, place in inventory.stale:
        yield Finding(
            f"stale:{place}",
            f"`{place}` is listed and is gone",
            row.location,
            "delete the row, or correct it",
        )
    yield Evidence(inventory.rows[0].location, f"{len(parts)} components")
