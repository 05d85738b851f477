"""OPS005."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pytest_productops.api import (
    Changelog,
    Changelogs,
    Component,
    Components,
    DeclaredVersions,
    Edit,
    Entry,
    Evidence,
    Finding,
    Location,
    Mirror,
    More,
    NotApplicable,
    Regex,
    Release,
    Releases,
    Unavailable,
    expression,
    fixes,
    page,
    release_entry,
    rule,
)

HABIT = 5
"""How many other entries show whether a changelog dates its entries."""
MOST_ALIKE = 50
"""How many tags of one commit are asked for, at most."""
DECLARE = "declare where it is: `changelog = ...` under [tool.productops.artifacts]"


@rule("OPS005", stage="release", level="bronze")
def changelog_tracks_releases(
    component: Component,
    components: Components,
    releases: Releases,
    changelogs: Changelogs,
    declared: DeclaredVersions,
    mirror: Mirror,
    *,
    tags: More[int] = 5,
    tag_pattern: Regex = "",
    require_dates: More[bool] = False,
) -> Iterator[Finding | Evidence]:
    """The changelog tells of each of the last releases, the newest first, with a date where others have one.

    A release is a tag of the current branch that is a stable version; in a monorepo `name@1.2.0` and
    `name-v1.2.0` belong to the package `name` and are looked up in its changelog, else in the root's. Any name,
    place and format of a changelog counts, one file a release too. A version that is spoken of anywhere in it
    is not missing, nor is one below the oldest entry where the changelog sends on for older changes; entries of
    `1.2` alone tell of 1.2.3 as well. An entry needs a date where most other entries have one. Where the newest
    tags are no versions but marks of deployments, nothing is asked; nor of a component that is private. Where
    releases are told of on another site only, or of a mirror, the rule cannot tell.

    Why:
        Who updates must know what changes; a changelog with holes is worse than none, for it looks complete.
    Fix:
        Write the missing entries. Where the notes are on the forge, declare that:
        `[tool.productops.artifacts] changelog = "https://..."`.
    Options:
        tags: how many of the last stable tags are looked up
        tag_pattern: regular expression of the tags that are releases; empty takes every version
        require_dates: each entry has a date, even in a changelog that dates none
    Source:
        https://keepachangelog.com; OpenSSF Best Practices `release_notes`; OSPS-BR-04.
    Bad:
        -- CHANGELOG.md --
        # Changelog
        ## 1.0.0 - 2026-01-05
        - The first release.
        -- git log --
        2026-01-05 ann@example.org Begin <v1.0.0>
        2026-02-05 ann@example.org Go on <v1.1.0>
    Bad:
        -- CHANGELOG.md --
        # Changelog
        ## 1.0.0 - 2026-01-05
        -- git log --
        2026-01-05 ann@example.org Begin <v1.0.0>
    Good:
        -- CHANGELOG.md --
        # Changelog
        ## 1.1.0 - 2026-02-05
        - Invoices may be exported.
        ## 1.0.0 - 2026-01-05
        - The first release.
        -- git log --
        2026-01-05 ann@example.org Begin <v1.0.0>
        2026-02-05 ann@example.org Go on <v1.1.0>
    """
    if declared.private(component):
        raise NotApplicable("it is private: never published")
    wanted = _wanted(component, releases, tag_pattern)[-max(1, tags) :]
    if not wanted:
        raise _nothing(component, releases, changelogs)
    twin = next(
        (each for each in components.all if each.folder and not component.folder and _named(wanted, each)),
        None,
    )
    if twin:
        raise NotApplicable(f"the releases are those of {twin.folder}, which is judged by itself")
    if changelogs.external:
        raise Unavailable(f"changes are told at {changelogs.external}, which is not read")
    own = changelogs.within(component.folder)
    shared = tuple(each for each in changelogs.all if not components.of(each.path).folder)
    if not all(_told(release, own, releases) for release in wanted):
        mirror.sends_on()
    if not changelogs.all:
        yield _absent(changelogs, wanted)
    elif own:
        yield Evidence(Location(own[0].path), "the changelog")
        yield from _missing(wanted, own, releases, changelogs)
        yield from _entries(wanted, own, require_dates=require_dates)
    elif shared and all(_told(release, shared, releases) for release in wanted):
        yield Evidence(Location(shared[0].path), "the root's changelog serves it")
    else:
        raise NotApplicable("it has no changelog of its own, and the root's does not tell of its releases")


def _nothing(component: Component, releases: Releases, changelogs: Changelogs) -> Exception:
    """Return why no release is looked up."""
    if not component.folder and not releases.tagged and changelogs.versions:
        return Unavailable("the changelog names versions and there are no tags here; run git fetch --tags")
    if any(each.version.stable for each in releases.all):
        return NotApplicable("its releases are tagged on other branches, or under other names")
    return NotApplicable("no stable release is tagged")


def _wanted(component: Component, releases: Releases, pattern: str) -> tuple[Release, ...]:
    names = (component.name, component.folder.rpartition("/")[2])
    found = releases.of(names) if component.folder else releases.product((component.name, releases.home))
    distinct = {release.version: release for release in found}
    return tuple(each for each in distinct.values() if not pattern or expression(pattern).search(each.tag))


def _named(wanted: tuple[Release, ...], component: Component) -> bool:
    """Whether tags bear a component's name."""
    names = {component.name.rpartition("/")[2].lower(), component.folder.rpartition("/")[2].lower()}
    return bool(wanted[-1].package) and wanted[-1].package.rpartition("/")[2].lower() in names


def _told(release: Release, read: tuple[Changelog, ...], releases: Releases) -> bool:
    """Whether a release is spoken of, by its own version or by that of another tag of the same commit."""
    alike = (each for each in releases.all if each.commit and each.commit == release.commit)
    same = (each.version for each in alike if each.package == release.package)
    versions = tuple(islice(same, MOST_ALIKE))
    return any(each.speaks_of(version) for version in (release.version, *versions) for each in read)


def _absent(changelogs: Changelogs, wanted: tuple[Release, ...]) -> Finding:
    if changelogs.on_forge:
        where = f"changes are told by the forge's releases ({changelogs.on_forge}), which are not read"
        raise Unavailable(f"{where}: {DECLARE}")
    if changelogs.generated:
        raise Unavailable(f"a tool makes the entries from the notes in {changelogs.generated}")
    if changelogs.empty:
        shell, reason = changelogs.empty
        return Finding("changelog", f"the changelog {reason}", Location(shell.path), "tell of each release")
    message = f"{wanted[-1].tag} is released and there is no changelog"
    return Finding("changelog", message, None, f"write CHANGELOG.md, or {DECLARE}")


def _missing(
    wanted: tuple[Release, ...], read: tuple[Changelog, ...], releases: Releases, changelogs: Changelogs
) -> Iterator[Finding]:
    gone = [release for release in reversed(wanted) if not _told(release, read, releases)]
    if gone and (
        changelogs.sends_on or changelogs.generated or all(each.partial or not each.entries for each in read)
    ):
        where = changelogs.sends_on or changelogs.generated or "elsewhere"
        raise Unavailable(f"the changelog tells of some releases only, the others are told of at {where}")
    told = [version for each in read for entry in each.entries for version in entry.versions]
    if gone and told and not any(version.dated == gone[0].version.dated for version in told):
        raise Unavailable(f"the changelog counts otherwise ({told[0]}) than the tags ({gone[0].tag})")
    for release in gone:
        message = f"the release {release.tag} of {release.day} has no entry in the changelog"
        fix = f"write what {release.version} changed"
        yield Finding(f"entry:{release.tag}", message, Location(read[0].path), fix)


def _entries(
    wanted: tuple[Release, ...], read: tuple[Changelog, ...], *, require_dates: bool
) -> Iterator[Finding]:
    pairs = [(r, next(filter(None, (each.entry(r.version) for each in read)), None)) for r in wanted]
    found = [(release, entry) for release, entry in pairs if entry]
    for release, entry in found:
        if entry.lack and not _previewed(release, read):
            message = f"the entry of {release.tag} {entry.lack}"
            yield Finding(f"empty:{release.tag}", message, entry.location, "say what changed")
    undated = [
        (release, entry) for release, entry in found if entry.level and not entry.dated and not entry.lack
    ]
    if undated and (require_dates or _dated(read, [entry for _, entry in undated])):
        message = f"entries of the changelog have no date: {', '.join(release.tag for release, _ in undated)}"
        yield Finding("dates", message, undated[-1][1].location, "put the day of the release in its title")
    lines = [entry.location.line for _, entry in found if entry.location.path == read[0].path]
    if len(lines) > 1 and lines == sorted(set(lines)):
        place = Location(read[0].path, lines[-1])
        yield Finding("order", "the changelog has the newest release last", place, "put the newest first")


def _dated(read: tuple[Changelog, ...], undated: list[Entry]) -> bool:
    """Whether most of the other entries have a date: of those that are near, for habits change."""
    others = [entry.dated for each in read for entry in each.entries if entry not in undated][:HABIT]
    return bool(others) and 2 * sum(others) >= len(others)


def _previewed(release: Release, read: tuple[Changelog, ...]) -> bool:
    """Whether the entries of its pre-releases tell what it changed."""
    titled = (version for each in read for entry in each.entries for version in entry.versions)
    return any(v.short == release.version.short and not v.stable for v in titled)


@fixes(changelog_tracks_releases, "scaffold")
def write_an_entry(
    finding: Finding, component: Component, releases: Releases, changelogs: Changelogs, *, tag_pattern: str
) -> Iterator[Edit]:
    """Make the changelog, or an entry in the manner of the others, for you to write."""
    own = changelogs.within(component.folder)
    newest = _wanted(component, releases, tag_pattern)[-1]
    if finding.key == "changelog" and finding.location is None:
        title = f"{newest.version} - {newest.day}"
        path = f"{component.folder}/CHANGELOG.md".lstrip("/")
        yield page(path, "Changelog", {title: (f"say what {newest.version} changed",)})
    for release in _wanted(component, releases, tag_pattern):
        if own and finding.key == f"entry:{release.tag}":
            yield from release_entry(own[0], release)
