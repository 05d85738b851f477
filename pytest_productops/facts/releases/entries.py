"""Entries of changelogs: which versions a text speaks of, and what it says of each, in any format.

A light reader by lines: changelogs are long, and their formats many (Markdown, reStructuredText, AsciiDoc,
Org, plain text as GNU and Debian write it, YAML).
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.documents import Document, read
from pytest_productops.facts.documents.pointers import pointed
from pytest_productops.facts.releases.titles import DATE, is_title, level, versions_in, without_rule
from pytest_productops.facts.releases.versions import Version
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_ANY = regex(r"(?<![\w.])v?(\d{1,9}(?:\.\d{1,9}){0,3})\.[xX*](?!\w)")
_BRANCH = regex(
    r"(?:blob|tree)/v?(\d{1,6}(?:\.\d{1,6}){0,2})[^\s/]*/[^\s)]{0,80}(?:change|history|news)", re.IGNORECASE
)
_PARTIAL = regex(
    r"(?:^|/)(?:\d+-?)?release[-_]?notes?(?:\.\w+)?\Z|latest|current|next|unreleased", re.IGNORECASE
)
_ADDRESS = regex(r"\b(?:https?|git|ssh)://[^\s<>)\]]{1,500}")
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
MAX_HEAD = 4000
"""How many characters of a file are parsed to see whether it is a pointer or says nothing."""
_OLDER = regex(
    r"\b(?:older|earlier|previous|prior|past|preceding|former|archived|historic\w*) (?:\w+ )?"
    r"(?:changes|change ?logs?|releases?|versions?|entries|history|news|notes)\b"
    r"|\b(?:changes|change ?logs?|releases?|versions?|entries|history|news|notes) (?:\w+ ){0,2}"
    r"(?:before|prior to|older than|earlier than|up to|until|below)\b",
    re.IGNORECASE,
)
_THERE = regex(
    r"https?://|\]\(|\]\[|`[^`\s]+`_?|\b[\w./-]*(?:change|history|news|release)[\w.-]*\.\w+|\bbranch\b",
    re.IGNORECASE,
)
_HABIT = 5
"""How many of the first entries show whether there is one for each patch."""
_EDGE = 12
"""How many lines before its first entry or at its end may send on for older ones."""
MAX_PARTIAL = 2
"""Most entries of a file that tells of one release only."""
_NEAR = 6
"""How many lines of an entry may hold its date."""


@dataclass(frozen=True)
class Entry:
    """What a changelog says of a release: `text` holds the title and all below it, `says` the body."""

    versions: tuple[Version, ...]
    location: Location
    text: str
    level: int = 1

    @cached_property
    def dated(self) -> bool:
        """Whether a day or a month stands in its title or first lines."""
        return any(map(DATE.search, self.text.split("\n")[:_NEAR]))

    @cached_property
    def lack(self) -> str:
        """Why it says nothing, or nothing where it says something."""
        body = self.text.partition("\n")[2]
        suffix = PurePosixPath(self.location.path).suffix
        return lack(read(f"entry{suffix}", f"{without_rule(body)}\n"))


class Changelog:
    """One file that tells of releases. `named` are the versions that its own name holds."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.named = frozenset(versions_in(_apart(PurePosixPath(path).stem)))

    @cached_property
    def head(self) -> Document:
        """Its first lines as a document, so that no long file is parsed in whole."""
        return read(self.path, self.text[:MAX_HEAD])

    @property
    def says(self) -> str:
        """What it holds, in a few words."""
        first = next((str(entry.versions[0]) for entry in self.entries if entry.versions), "")
        return f"a changelog of {len(self.entries)} entries, first {first}" if first else "a changelog"

    @property
    def pointer(self) -> str:
        """What it points to where it is a pointer, else nothing."""
        return pointed(self.head) if len(self.text) < MAX_HEAD else ""

    @property
    def lack(self) -> str:
        """Why it says nothing, or nothing where it says something."""
        return lack(self.head)

    @cached_property
    def visible(self) -> str:
        """The text without comments and addresses, line for line."""
        without = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), self.text)
        return _ADDRESS.sub("", without)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries under titles that hold a version, in order."""
        lines = self.visible.split("\n")
        titles = [at for at in range(len(lines)) if is_title(lines, at, self.path)]
        levels = [level(lines, at) for at in titles]
        found = []
        for index, at in enumerate(titles):
            later = range(index + 1, len(titles))
            end = next((titles[other] for other in later if levels[other] <= levels[index]), len(lines))
            place = Location(self.path, at + 1)
            found.append(Entry(tuple(versions_in(lines[at])), place, "\n".join(lines[at:end]), levels[index]))
        return tuple(found)

    @cached_property
    def mentioned(self) -> frozenset[Version]:
        """Every version that stands anywhere in the visible text."""
        return frozenset(versions_in(self.visible)) | self.named

    @property
    def partial(self) -> bool:
        """Whether by its name it tells of one release only: the next one, or the last."""
        return bool(_PARTIAL.search(self.path)) and len(self.entries) <= MAX_PARTIAL

    @cached_property
    def families(self) -> frozenset[tuple[int, ...]]:
        """The beginnings of versions that are spoken of as a whole: `1.2.x`."""
        found = [match[1] for match in _ANY.finditer(self.visible)]
        found += [match[1] for match in _BRANCH.finditer(self.text[:MAX_HEAD])]
        return frozenset(tuple(int(part) for part in text.split(".")) for text in found)

    @cached_property
    def _sends_back(self) -> bool:
        """Whether its end, or what stands before its first entry, sends on for older changes."""
        lines = self.text.rstrip().split("\n")
        first = self.entries[0].location.line - 1 if self.entries else 0
        edges = (lines[:first][-_EDGE:], lines[max(first + 1, len(lines) - _EDGE) :])
        pairs = (" ".join(edge[at : at + 2]) for edge in edges for at in range(len(edge)))
        return any(_OLDER.search(pair) and _THERE.search(pair) for pair in pairs)

    @cached_property
    def _titled(self) -> tuple[Version, ...]:
        return tuple(version for entry in self.entries for version in entry.versions)

    def _covers(self, version: Version) -> bool:
        """Whether it tells of a version without naming it: by sending on, or by an entry for the whole of 1.2."""
        alike = [each for each in self._titled if each.dated == version.dated]
        if alike and self._sends_back and version < min(alike):
            return True
        lately = {len(each.numbers) for each in alike[:_HABIT]} if len(alike) > 1 else set()
        return lately == {2} and any(each.numbers == version.numbers[:2] for each in alike)

    def speaks_of(self, version: Version) -> bool:
        """Whether it says anything of a version, itself or as one of a family."""
        if version in self.mentioned or self._covers(version):
            return True
        return any(version.numbers[:count] in self.families for count in range(1, len(version.numbers)))

    def entry(self, version: Version) -> Entry | None:
        """Return the entry of a version, or None."""
        if version in self.named:
            return Entry((version,), Location(self.path, 1), f"{version}\n\n{self.text}", 0)
        found = [entry for entry in self.entries if version in entry.versions]
        return min(found, key=lambda entry: entry.level, default=None)


def _apart(name: str) -> str:
    """Return a file's name with a space before its numbers: `ReleaseNotes4.13`, `release_3.6`."""
    return re.sub(r"[_A-Za-z-]+(?=\d)", " ", name)
