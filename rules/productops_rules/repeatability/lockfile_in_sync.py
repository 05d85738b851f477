"""REP004."""

from collections.abc import Iterator

from pytest_productops.api import (
    Component,
    Evidence,
    Finding,
    Location,
    LockComparison,
    LockDrifts,
    Manifests,
    More,
    NotApplicable,
    Unavailable,
    rule,
)


@rule("REP004", stage="build", level="bronze")
def lockfile_in_sync(
    component: Component, locks: LockDrifts, manifests: Manifests, *, require_lock: More[bool] = False
) -> Iterator[Finding | Evidence]:
    """Each lock file fits the manifest that it was made from.

    Compares what the tools themselves refuse to install: the requirements noted in uv.lock, the hashes of
    poetry.lock, Pipfile.lock and composer.lock, versions that package-lock.json holds, the specifiers of
    pnpm-lock.yaml, yarn.lock and bun.lock, the entries of Cargo.lock, the checksums of go.sum, and the names in
    Gemfile.lock, mix.lock, pdm.lock and compiled requirements. In a workspace the lock of the root holds the
    members. Only certain differences are findings; examples and tests are left alone.

    Why:
        A stale lock file makes the next install fail, or quietly build something that nobody has tested.

    Fix:
        Make the lock file anew and commit it with the manifest.

    Options:
        require_lock: a manifest without a lock file is a finding too, as an application needs one.

    Source:
        OpenSSF OSPS-QA-02; `uv lock --check`, `poetry check --lock`, `npm ci`, `cargo --locked` and their kin

    Bad:
        -- pyproject.toml --
        [project]
        name = "shop"
        version = "1.0"
        dependencies = ["httpx>=0.27", "attrs"]
        -- uv.lock --
        version = 1
        requires-python = ">=3.10"

        [[package]]
        name = "shop"
        version = "1.0"
        source = { editable = "." }
        dependencies = [{ name = "attrs" }]

        [package.metadata]
        requires-dist = [{ name = "attrs" }]

    Bad:
        -- go.mod --
        module example.org/shop
        go 1.24
        require github.com/google/uuid v1.6.0
        -- go.sum --
        github.com/google/uuid v1.5.0 h1:1p67kYwdtXjb0gL0BPiP1Av9wiZPo5A8z2cWkTZ+eyU=
        github.com/google/uuid v1.5.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=

    Good:
        -- package.json --
        {"name": "shop", "dependencies": {"left-pad": "^1.3.0"}}
        -- package-lock.json --
        {"lockfileVersion": 3, "packages": {
          "": {"name": "shop", "dependencies": {"left-pad": "^1.2.0"}},
          "node_modules/left-pad": {"version": "1.3.0"}}}

    Good:
        -- requirements.in --
        django>=5
        -- requirements.txt --
        asgiref==3.8.1
            # via django
        django==5.1.4
    """
    compared = locks.of(component)
    missing = locks.unlocked(component) if require_lock else ()
    if not compared and not missing:
        manifests.demand(component.folder)
        raise NotApplicable("no lock file is committed")
    stale = [each for each in compared if each.drifts]
    fitting = {each.manifest.path for each in compared if not each.drifts and not each.unsure}
    unsure = [each for each in compared if each.unsure and each.manifest.path not in fitting]
    if unsure and not stale and not missing:
        raise Unavailable(unsure[0].unsure)
    yield from map(_finding, stale)
    for manifest in missing:
        yield Finding(manifest.path, f"{manifest.path} has no lock file", manifest.location, fix="commit one")
    for each in compared:
        if not each.drifts and not each.unsure:
            whose = "the workspace's lock holds" if each.above else "fits"
            yield Evidence(Location(each.lock), f"{whose} {each.manifest.path}")


def _finding(one: LockComparison) -> Finding:
    first, *more = one.drifts
    rest = f", and {len(more)} more differ" if more else ""
    return Finding(
        f"{one.lock}#{one.manifest.path}",
        f"{one.lock} is stale: {one.manifest.path} {first.said}{rest}",
        first.location,
        fix=f"run `{one.remake}` and commit {one.lock}; delete it if another lock file is used",
        evidence=tuple(Evidence(each.location, each.said) for each in more[:20]),
    )
