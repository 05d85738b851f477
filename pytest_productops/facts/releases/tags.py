"""Release tags: which tags are versions, of which package, in the order in which they were made."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from pytest_productops.facts.history import SHALLOW, History, Tag
from pytest_productops.facts.releases.versions import NUMBER, SUFFIX, Version, parse
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository, Unavailable

_TAG = regex(
    rf"(?P<prefix>.{{0,200}}?)(?<![\d.])(?P<v>[vV]?)(?P<version>(?:{NUMBER})(?:{SUFFIX}))\Z", re.IGNORECASE
)
MAX_COUNT = 99
"""Highest last number of a version whose other numbers are zero; a tag beyond counts builds."""
ABANDONED = datetime.timedelta(days=550)
"""How long other tags may go on before a series of tags counts as given up."""
NEWEST = 10
"""How many of the newest tags must hold a version, else versions are the past and tags are marks of deployments."""
_SEPARATORS = "-_/@. "
_NO_PACKAGE = frozenset(
    {"v", "r", "ver", "version", "rel", "release", "releases", "tag", "tags", "stable", "refs"}
)


@dataclass(frozen=True)
class Release:
    """A tag that names a version; `package` is what stands before it (`tokio-stream`), empty for the product."""

    tag: str
    version: Version
    package: str
    day: datetime.date
    commit: str = ""


def release_of(tag: Tag) -> Release | None:
    """Return the release that a tag names, or None. A single number (`v4`) is an alias that moves.

    >>> import datetime
    >>> found = release_of(Tag("@acme/core@1.2.0", datetime.date(2026, 1, 5)))
    >>> found.package, str(found.version)
    ('@acme/core', '1.2.0')
    """
    match = _TAG.match(tag.name)
    version = parse(match["version"]) if match else None
    if match is None or version is None or len(version.numbers) == 1 or _counts(version):
        return None
    package = (
        match["prefix"].strip(_SEPARATORS)
        if not match["prefix"].startswith("@")
        else match["prefix"].rstrip(_SEPARATORS)
    )
    return Release(tag.name, version, "" if package.lower() in _NO_PACKAGE else package, tag.day)


def _counts(version: Version) -> bool:
    """Whether it is a count of builds that only looks like a version: `v0.0.4085`."""
    return not any(version.numbers[:-1]) and version.numbers[-1] > MAX_COUNT


class Releases(Fact):
    """The releases among the tags that the current branch holds, oldest first. `home` is the folder's name."""

    def __init__(
        self, tags: Iterable[Tag] = (), home: str = "", merged: Mapping[str, str] | None = None
    ) -> None:
        self._known = tuple(tags)
        self._commits = {tag.name: "" for tag in self._known} if merged is None else dict(merged)
        self.home = home

    @property
    def _tags(self) -> tuple[Tag, ...]:
        return tuple(tag for tag in self._known if tag.name in self._commits)

    @property
    def tagged(self) -> bool:
        """Whether there is any tag."""
        return bool(self._tags)

    @classmethod
    def gather(cls, repository: Repository) -> Releases:
        """Read the tags: none without git; raise `Unavailable` where the history is cut off."""
        try:
            shallow = repository[Git].shallow
        except Unavailable:
            return cls(home=repository.root.name)
        if shallow:
            raise Unavailable(SHALLOW)
        try:
            tags = repository[History].tags
        except Unavailable:  # no commits yet
            return cls(home=repository.root.name)
        arguments = ("for-each-ref", "refs/tags", "--merged=HEAD", "--format=%(refname:strip=2)")
        try:
            merged = set(repository[Git].run(*arguments).decode(errors="replace").splitlines())
        except Unavailable:
            return cls(home=repository.root.name)
        return cls(tags, repository.root.name, {tag.name: tag.sha for tag in tags if tag.name in merged})

    @cached_property
    def all(self) -> tuple[Release, ...]:
        """Every release, oldest first; those of one day by version.

        None where the newest tags are no versions: those of the past are no longer made.
        """
        newest = sorted(self._tags, key=lambda tag: tag.day)[-NEWEST:]
        if not any(map(release_of, newest)):
            return ()
        found = [
            replace(each, commit=self._commits[each.tag])
            for each in self._everywhere
            if each.tag in self._commits
        ]
        return tuple(sorted(found, key=lambda release: (release.day, release.version.order)))

    @cached_property
    def packages(self) -> frozenset[str]:
        """The packages that tags name."""
        return frozenset(release.package for release in self.all)

    def stable(self, package: str = "") -> tuple[Release, ...]:
        """Return the stable releases of a package, oldest first."""
        return tuple(r for r in self.all if r.package == package and r.version.stable)

    def of(self, names: Iterable[str]) -> tuple[Release, ...]:
        """Return the stable releases of what has one of these names, with or without scope and folder."""
        wanted = {_bare(name) for name in names if name}
        packages = {package for package in self.packages if package and _bare(package) in wanted}
        found = tuple(r for r in self.all if r.package in packages and r.version.stable)
        return found if self._goes_on(found) else ()

    def product(self, names: Iterable[str] = ()) -> tuple[Release, ...]:
        """Return the stable releases of the whole: those under its own name, or without any.

        Where all tags have one and the same word in front, that is the product's name. Tags without a package
        that ended long before those of packages are the past.
        """
        plain, own = self.stable(), self.of(names)
        only = [package for package in self.packages if self.stable(package)]
        if not plain and not own and len(only) == 1:
            return self.stable(only[0])
        newest = max((plain, own), key=lambda found: found[-1].day if found else datetime.date.min)
        return newest if self._goes_on(newest) else ()

    @property
    def newest(self) -> Release | None:
        """The newest release on whatever branch, a stable one where there is any."""
        known = self._everywhere if self.all else ()
        stable = tuple(release for release in known if release.version.stable)
        return max(stable or known, key=lambda release: (release.day, release.version), default=None)

    @cached_property
    def _everywhere(self) -> tuple[Release, ...]:
        """The releases of all branches."""
        return tuple(filter(None, map(release_of, self._known)))

    def _goes_on(self, found: tuple[Release, ...]) -> bool:
        """Whether no other series followed long after one; pre-releases of the same name are the same series."""
        if not found:
            return False
        names = {_bare(release.package) for release in found}
        others = (r.day for r in self._everywhere if r.version.stable or _bare(r.package) not in names)
        return max(others) - found[-1].day < ABANDONED


def _bare(name: str) -> str:
    """Return a package's name without scope, folder and separators."""
    return re.sub(r"[\W_]+", "", name.rpartition("/")[2].lower())
