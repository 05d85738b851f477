"""PRA002."""

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Edit,
    Evidence,
    Files,
    Finding,
    Less,
    Manifests,
    Mirror,
    NotApplicable,
    Proposed,
    Unavailable,
    UpdateNeed,
    Updater,
    Updates,
    UpdatesNeeded,
    covering,
    created_updater,
    fixes,
    rule,
    stanza,
    watches,
)

INTERVALS = ("daily", "weekly", "monthly", "quarterly", "semiannually", "yearly")
"""How often Dependabot looks, the most often first."""


@rule("PRA002", stage="operate", level="bronze")
def dependency_updates_automated(
    needed: UpdatesNeeded,
    updates: Updates,
    proposed: Proposed,
    files: Files,
    mirror: Mirror,
    manifests: Manifests,
    *,
    ignore: Less[tuple[str, ...]] = ("docker",),
    max_interval: Less[
        Literal["daily", "weekly", "monthly", "quarterly", "semiannually", "yearly"]
    ] = "monthly",
) -> Iterator[Finding | Evidence]:
    """Each ecosystem of the product is watched by a tool that proposes newer versions.

    Looks at the manifests of the root, its components and its first folders, and at the actions of workflows.
    An ecosystem counts where a lock file or a constraint holds versions back; lower bounds alone take what is
    newest anyway. Watching are Dependabot, Renovate in each of its places, pyup, Scala Steward, updatecli,
    pre-commit.ci, and scheduled jobs that raise versions and propose the result. Where no settings say so, an
    updater's commits of the last 180 days do. Documentation, examples and tests are left alone.

    Why:
        Updates that nobody proposes are made in a hurry, on the day of an advisory, across years of changes.

    Fix:
        Let Dependabot or Renovate watch each ecosystem; the finding shows the lines to add.

    Options:
        ignore: ecosystems that need no updater (python, npm, go, rust, maven, gradle, ruby, php, elixir,
            github-actions, docker).
        max_interval: how seldom an updater may look, as far as its settings say.

    Source:
        OpenSSF Scorecard, Dependency-Update-Tool; https://docs.github.com/code-security/dependabot

    Bad:
        -- package.json --
        {"dependencies": {"left-pad": "^1.3.0"}}

    Bad:
        -- go.mod --
        module example.org/shop
        go 1.24
        require github.com/google/uuid v1.6.0
        -- .github/dependabot.yml --
        version: 2
        updates:
          - package-ecosystem: github-actions
            directory: /
            schedule: {interval: weekly}

    Good:
        -- package.json --
        {"dependencies": {"left-pad": "^1.3.0"}}
        -- .github/renovate.json5 --
        {extends: ["config:recommended"]}

    Good:
        -- go.mod --
        module example.org/shop
        go 1.24
        require github.com/google/uuid v1.6.0
        -- .github/dependabot.yml --
        version: 2
        updates:
          - package-ecosystem: gomod
            directory: /
            schedule: {interval: weekly}
    """
    wanted = [each for each in needed.all if each.ecosystem not in ignore]
    if not wanted:
        manifests.demand()
        raise NotApplicable("no manifest holds versions of dependencies back")
    if updates.broken:
        raise Unavailable(f"settings of {updates.broken[0].tool} cannot be read: {updates.broken[0].problem}")
    missing = [each for each in wanted if not covering(each, updates) and not proposed.to(each.ecosystem)]
    if missing:
        mirror.sends_on()
    else:
        manifests.demand()
    if missing and any(updater.custom for updater in updates.working):
        raise Unavailable(
            "Renovate has managers of this repository's own, and only it knows what those match"
        )
    if missing and not updates.working and len(missing) == len(wanted):
        yield _nobody(missing, files)
        return
    for each in missing:
        said = f"versions of {each.ecosystem} are held back here, and no updater watches it"
        yield Finding(each.ecosystem, said, each.location, _fix(each, updates))
    for each in wanted:
        updater = covering(each, updates)
        if updater:
            yield from _slow(each, updater, INTERVALS[INTERVALS.index(max_interval) + 1 :])
            yield Evidence(updater.location, f"{updater.tool} watches {each.ecosystem}")
        elif commit := proposed.to(each.ecosystem):
            yield Evidence(each.location, f"{commit.author} proposed {each.ecosystem}: {commit}")


def _slow(need: UpdateNeed, updater: Updater, slower: tuple[str, ...]) -> Iterator[Finding]:
    """Yield that an updater looks at an ecosystem too seldom."""
    entries = watches(need, updater)
    if entries and all(each.interval in slower for each in entries):
        said = f"{updater.tool} looks for versions of {need.ecosystem} {entries[0].interval} only"
        yield Finding(
            f"{need.ecosystem}.interval", said, entries[0].location, "raise its `schedule.interval`"
        )


def _nobody(missing: list[UpdateNeed], files: Files) -> Finding:
    names = ", ".join(each.ecosystem for each in missing)
    said = f"no updater is set up, though versions of {names} are held back here"
    seen = tuple(Evidence(each.location, each.ecosystem) for each in missing)
    stanzas = ", ".join(each.stanza for each in missing)
    fix = 'add a renovate.json: {"extends": ["config:recommended"]}'
    if any(path.startswith(".github/") for path in files):
        fix = f"let Dependabot watch them, in .github/dependabot.yml: {{version: 2, updates: [{stanzas}]}}"
    return Finding("updater", said, missing[0].location, fix, seen)


def _fix(need: UpdateNeed, updates: Updates) -> str:
    if any(each.tool == "renovate" for each in updates.working):
        return "add its manager to `enabledManagers` of Renovate"
    return f"let Dependabot watch it, in .github/dependabot.yml: {{version: 2, updates: [{need.stanza}]}}"


@fixes(dependency_updates_automated, "safe")
def let_it_watch(finding: Finding, needed: UpdatesNeeded, files: Files) -> Iterator[Edit]:
    """Let the Dependabot that is there watch the ecosystem."""
    for need in needed.all:
        if need.ecosystem == finding.key:
            yield from stanza(files, need)


@fixes(dependency_updates_automated, "unsafe")
def set_it_up(
    finding: Finding, needed: UpdatesNeeded, proposed: Proposed, files: Files, *, ignore: tuple[str, ...]
) -> Iterator[Edit]:
    """Set up Dependabot, which proposes newer versions once a week."""
    if finding.key == "updater" and any(path.startswith(".github/") for path in files):
        wanted = (each for each in needed.all if each.ecosystem not in ignore)
        yield created_updater(each for each in wanted if not proposed.to(each.ecosystem))
