"""Makers: who cut a release, as far as git tells: who made its tag, wrote its version, or merged what is tagged."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pytest_productops.facts.history import Commit
from pytest_productops.facts.history.reading import OPTIONS, commits
from pytest_productops.facts.people.identities import Identities, Signature, signed
from pytest_productops.facts.people.taking_part import author
from pytest_productops.facts.releases.tags import Release, Releases
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_BEFORE = 8
"""How many commits of the first-parent line before a tag are looked at for the one that made the version."""
_RELEASING = regex(
    r"\b(?:releas\w*|bump\w*|version|changelog|prepar\w* (?:for )?v?\d|cut|publish\w*)\b", re.IGNORECASE
)
_MACHINE = regex(r"@[^.]*\Z|\.(?:local|lan|internal|localdomain)\Z", re.IGNORECASE)
"""The address of an account that was never told one: beside a program's commit it is the machine's that runs it."""
_MOST = 60


@dataclass(frozen=True)
class Made:
    """A release: its `tags` (several packages may share it), its day, who took part in cutting it.

    `program` says that a program tagged or wrote it; without people either, git does not tell who it was.
    """

    tags: tuple[str, ...]
    day: datetime.date
    people: tuple[Signature, ...] = ()
    program: bool = False


class Makers(Fact):
    """The newest releases and their makers."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Makers:
        """Never fails: the tags are read where releases are asked for."""
        return cls(repository)

    def newest(self, since: datetime.date, least: int) -> tuple[Made, ...]:
        """Return the releases since a day, newest first, and older ones until there are `least`.

        Raises `Unavailable` where the history is cut off.
        """
        events: dict[tuple[str, datetime.date], list[Release]] = {}
        for release in reversed(self._repository[Releases].all):
            events.setdefault((release.commit, release.day), []).append(release)
        chosen = [
            (key, found) for at, (key, found) in enumerate(events.items()) if at < least or key[1] >= since
        ][:_MOST]
        lines = self._lines(sha for (sha, _), _ in chosen)
        return tuple(self._made(found, lines.get(sha, ())) for (sha, _), found in chosen)

    def distinct(self, made: Iterable[Made]) -> tuple[str, ...]:
        """Return the names of all people who took part, each once: same or like names are one person's."""
        who, names = Identities(), dict[str, str]()
        keys = {
            each: (*each.keys, f"={each.name.casefold()}", *(f"~{word}" for word in each.looks))
            for one in made
            for each in one.people
        }
        for found in keys.values():
            who.join(found)
        for each, found in keys.items():
            names.setdefault(who.of(found[0]), each.name or each.email)
        return tuple(names.values())

    @cached_property
    def _taggers(self) -> Mapping[str, Signature]:
        """Who made each annotated tag, under the name that `.mailmap` gives."""
        git = self._repository[Git]
        out = git.run(
            "for-each-ref", "refs/tags", "--format=%(refname:strip=2)%00%(taggername) %(taggeremail)"
        )
        rows = (line.split("\0") for line in out.decode(errors="replace").splitlines() if "\0" in line)
        return {name: signed(who) for name, who in rows if who.strip()}

    def _lines(self, shas: Iterable[str]) -> dict[str, tuple[Commit, ...]]:
        """Return each tagged commit with those before it on its first-parent line."""
        git = self._repository[Git]
        return {
            sha: tuple(
                commits(git.stream("log", *OPTIONS, "--first-parent", f"--max-count={_BEFORE}", sha, "--"))
            )
            for sha in shas
        }

    def _made(self, found: list[Release], line: tuple[Commit, ...]) -> Made:
        tags = tuple(release.tag for release in found)
        signatures = [self._taggers[tag] for tag in tags if tag in self._taggers]
        signatures += _wrote(found, line)
        program = any(each.bot for each in signatures)
        people = [each for each in signatures if not (each.bot or (program and _MACHINE.search(each.email)))]
        return Made(tags, found[0].day, tuple(dict.fromkeys(people)), program)


def _wrote(found: list[Release], line: tuple[Commit, ...]) -> Iterator[Signature]:
    """Yield who wrote or merged the commit of the version: the tagged one, or one shortly before that says so."""
    numbers = [re.escape(str(release.version).lstrip("vV")) for release in found[:9]]
    version = re.compile(rf"(?<![\d.])(?:{'|'.join(numbers)})(?![\d.]*\d)")
    for commit in line:
        if version.search(commit.subject) or (commit is line[0] and _RELEASING.search(commit.subject)):
            yield author(commit)
            return
