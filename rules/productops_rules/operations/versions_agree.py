"""OPS006."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pytest_productops.api import (
    Component,
    Declared,
    DeclaredVersions,
    Evidence,
    Finding,
    Manifests,
    More,
    NotApplicable,
    Release,
    Releases,
    rule,
)


@rule("OPS006", stage="release", level="bronze")
def versions_agree(
    component: Component,
    declared: DeclaredVersions,
    releases: Releases,
    manifests: Manifests,
    *,
    check_tags: More[int] = 5,
) -> Iterator[Finding | Evidence]:
    """The version is the same wherever it is written, and no release is newer than it.

    Compares what the manifest declares with `__version__` of the package, the package's own entry in that manifest's
    lock file and the release that Sphinx documents; with the newest stable tag of the current branch, which may not
    be newer; and with the manifest as it was at that tag. Tags of one minor version come in order. A version that
    a build makes from tags, a placeholder (`0.0.0`) and a private package declare none. A component of a monorepo
    that is private, or in whose repository nothing was ever released, is not judged.

    Why:
        When two places disagree, nobody knows which version is installed, reported and supported.
    Fix:
        Write the version in one place and let the others be made from it, or raise them all in one commit.
    Options:
        check_tags: how many of the last tags must be in order
    Source:
        OSPS-BR-02; OpenSSF Best Practices `version_unique`, `version_semver`, `version_tags`.
    Bad:
        -- pyproject.toml --
        [project]
        name = "invoices"
        version = "1.2.0"
        -- invoices/__init__.py --
        __version__ = "1.1.0"
    Bad:
        -- package.json --
        {
          "name": "invoices",
          "version": "1.1.0"
        }
        -- git log --
        2026-01-05 ann@example.org Release <v1.2.0>
        2026-02-05 ann@example.org Declare the version [+package.json]
    Good:
        -- pyproject.toml --
        [project]
        name = "invoices"
        version = "1.3.0.dev0"
        -- invoices/__init__.py --
        __version__ = "1.3.0.dev0"
        -- git log --
        2026-01-05 ann@example.org Release <v1.2.0>
    """
    if declared.private(component):
        raise NotApplicable("it is private: never published")
    tagged = _tagged(component, releases)
    if component.folder and not tagged and not releases.all:
        raise NotApplicable("it was never released")
    found, locked = declared.of(component), declared.locked(component)
    wrong = [*_differing(found), *_stale(locked), *_disorder(tagged[-max(2, check_tags) :])]
    wrong += _behind(component, declared, found[0], tagged) if found else ()
    if not wrong:
        manifests.demand(component.folder)
    if not found and not locked and not tagged:
        raise NotApplicable("no version is declared, and no release is tagged")
    yield from wrong
    if found:
        yield Evidence(found[0].location, f"declares {found[0].version}")


def _tagged(component: Component, releases: Releases) -> tuple[Release, ...]:
    names = (component.name, component.folder.rpartition("/")[2])
    return releases.of(names) if component.folder else releases.product((component.name, releases.home))


def _differing(found: tuple[Declared, ...]) -> Iterator[Finding]:
    for other in found[1:]:
        first = found[0]
        if other.version != first.version and other.version.numbers[:3] != first.version.numbers[:3]:
            message = f"{first.location.path} declares {first.version}, and {other.kind} {other.version}"
            yield Finding(
                f"differs:{other.location.path}", message, other.location, f"make it {first.version}"
            )


def _stale(locked: tuple[tuple[Declared, Declared], ...]) -> Iterator[Finding]:
    """Yield the lock files that hold another version of the package itself: `1.2.0-dev` is `1.2.0.dev0`."""
    for manifest, lock in locked:
        ours, theirs = ((one.short, one.phase, one.step or (0,)) for one in (manifest.version, lock.version))
        if ours != theirs:
            message = f"{manifest.location.path} declares {manifest.version}, and {lock.kind} {lock.version}"
            yield Finding(f"differs:{lock.location.path}", message, lock.location, "make the lock file anew")


def _behind(
    component: Component, declared: DeclaredVersions, first: Declared, tagged: tuple[Release, ...]
) -> Iterator[Finding]:
    if not tagged:
        return
    newest = max(tagged, key=lambda release: release.version)
    holder = declared.manifests(component)[0]
    then = declared.at(newest.tag, holder)
    if then is None or then.short == newest.version.short:
        if first.version.short < newest.version.short:
            message = f"{newest.tag} is released, and {first.location.path} declares {first.version}"
            yield Finding("behind", message, first.location, f"raise it to {newest.version} or beyond")
    elif then == first.version and _followed(declared, component, tagged):
        message = f"{first.location.path} declared {then} when {newest.tag} was tagged"
        yield Finding(f"tag:{newest.tag}", message, first.location, "tag the commit that raises the version")


def _followed(declared: DeclaredVersions, component: Component, tagged: tuple[Release, ...]) -> bool:
    """Whether the manifest had the version of the tags before the newest: it is meant to."""
    holder = declared.manifests(component)[0]
    before = sorted(tagged, key=lambda release: release.version)[-4:-1]
    return bool(before) and all(declared.at(each.tag, holder) == each.version for each in before)


def _disorder(tagged: tuple[Release, ...]) -> Iterator[Finding]:
    for earlier, later in pairwise(tagged):
        same = earlier.version.numbers[:2] == later.version.numbers[:2]
        if same and later.version.short < earlier.version.short and later.day > earlier.day:
            message = f"{later.tag} of {later.day} is lower than {earlier.tag} of {earlier.day}"
            yield Finding(f"order:{later.tag}", message, fix="tag versions in rising order")
