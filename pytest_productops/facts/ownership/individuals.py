"""Individuals: the people whom files on ownership name one by one; no teams, no programs, nobody emeritus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.ownership import Owner, Ownership, people
from pytest_productops.facts.people.identities import Signature, signed
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_ADDRESSES = regex(r"\[?`?@[\w-]+(?: \w+)?`?\]?|\(?\bhttps?://[^\s)|]*\)?|[<(]?[\w.+-]+@[\w.-]+[>)]?")
ALIASES = "OWNERS_ALIASES"
"""Teams of Kubernetes' OWNERS files: https://www.kubernetes.dev/docs/guide/owners/#owners_aliases."""
_FILES = frozenset({"codeowners", "owners", "maintainers"})
_FORMER = regex(
    r"\b(?:emerit\w*|former|past|previous|retired|alumni|inactive|honorary|in memoriam|stepped down)\b", 2
)
_TITLE = regex(
    r"^\W*([\w ,&/-]{3,60}?)(?::\**|\*\*)\s*$|^\s*[-=*#]{2,}\s*([\w ,&/-]{3,60}?)\s*[-=*#]{2,}\s*$"
)
_MANY = regex(
    r"(?:[\w.+-]*[._+-])?(?:teams?|devs?|developers?|maintainers?|owners?|security|support|info|contact|admins?|lists?"
    r"|group|oss|opensource|core|board|committee|hello|private)@",
    2,
)


@dataclass(frozen=True)
class Individual:
    """A person with all that a file calls them by, and the first place."""

    name: str
    signatures: tuple[Signature, ...]
    location: Location

    @property
    def keys(self) -> frozenset[str]:
        """What tells that two entries are one person's."""
        return frozenset(key for each in self.signatures for key in each.keys)


class Individuals(Fact):
    """The people whom CODEOWNERS, OWNERS and MAINTAINERS name. `teams` says that they name somebody else too."""

    def __init__(self, ownership: Ownership, files: Files, documents: Documents) -> None:
        self._owners = [owner for owner in ownership.declared if owner.source in _FILES]
        self._files = files
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> Individuals:
        """Find them; never fails."""
        return cls(repository[Ownership], repository[Files], repository[Documents])

    @property
    def named(self) -> bool:
        """Whether any file names anybody, teams and programs included."""
        return bool(self._owners)

    @cached_property
    def all(self) -> tuple[Individual, ...]:
        """Each person once, under the name that the files call them by first."""
        found: list[Individual] = []
        for entry in self._entries():
            same = next((at for at, known in enumerate(found) if known.keys & entry.keys), None)
            if same is None:
                found.append(entry)
            else:
                both = (*found[same].signatures, *entry.signatures)
                found[same] = replace(found[same], signatures=tuple(dict.fromkeys(both)))
        return tuple(found)

    def _entries(self) -> Iterator[Individual]:
        lines: dict[Location, list[str]] = {}
        for owner in self._owners:
            if self._former(owner.location):
                continue
            if owner.source == "maintainers":  # what stands on one line is called one person's
                lines.setdefault(owner.location, []).append(owner.name)
            else:
                yield from self._person(owner)
        for location, names in lines.items():
            single = [name for name in names if _single(name)]
            if single:
                called = [name for name in self._called(location) if name not in single]
                signs = tuple(_signature(name) for name in (*single, *called))
                yield Individual((*called, *single)[0], signs, location)

    def _called(self, location: Location) -> list[str]:
        """Return the name that a line begins with, beside handles and addresses."""
        return [name for _, name in people.named(_ADDRESSES.sub(" ", self._line(location))) if " " in name][
            :1
        ]

    def _line(self, location: Location) -> str:
        try:
            lines = self._files.read(location.path).splitlines()
        except Unreadable:
            return ""
        return lines[location.line - 1] if 0 < location.line <= len(lines) else ""

    def _person(self, owner: Owner) -> Iterator[Individual]:
        """Yield the owner; the members of an alias, which are named in the repository too."""
        members = self._aliases.get(owner.name.lower()) if owner.source == "owners" else None
        for name, location in [(owner.name, owner.location)] if members is None else members:
            if _single(name):
                yield Individual(name, (_signature(name),), location)

    @cached_property
    def _aliases(self) -> Mapping[str, list[tuple[str, Location]]]:
        try:
            data = yaml.read(self._files.read(ALIASES), ALIASES).value if ALIASES in self._files else None
        except (Unreadable, yaml.YamlError):
            return {}
        groups = data.get("aliases") if isinstance(data, Mapping) else None
        return {
            str(group).lower(): [
                (name, Location(ALIASES, line))
                for name, line in zip(names, getattr(names, "lines", [0] * len(names)), strict=False)
                if isinstance(name, str)
            ]
            for group, names in (groups.items() if isinstance(groups, Mapping) else ())
            if isinstance(names, list)
        }

    def _former(self, location: Location) -> bool:
        """Whether a place is below a title for those who have left, or says so itself."""
        document = self._documents.get(location.path)
        if document is None:
            return False
        headings = [
            section.heading.text
            for section in document.sections
            if section.heading and section.start <= location.line <= section.end
        ]
        return any(map(_FORMER.search, [*headings, self._line(location), _title(document, location.line)]))


def _title(document: Document, line: int) -> str:
    """Return the nearest line above that is nothing but a title, in a text without headings of its own."""
    for text in reversed(document.lines[: max(0, line - 1)]):
        match = _TITLE.match(text)
        if match:
            return match[1] or match[2]
    return ""


def _single(name: str) -> bool:
    """Whether a name is one person's."""
    many = "/" in name or name.startswith("@@") or _MANY.match(name) or name == "assign.owners" or ":" in name
    return not many and not _signature(name).bot


def _signature(name: str) -> Signature:
    if "@" not in name and " " not in name.strip():
        return Signature(handle=name.strip())
    return signed(name)
