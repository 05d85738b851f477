"""Ownership: who is named as answering for the repository, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.files import Files, Unreadable, beyond, own_words
from pytest_productops.facts.formats.schema import Problem
from pytest_productops.facts.formats.yaml import YamlError
from pytest_productops.facts.ownership import codeowners as code_owners
from pytest_productops.facts.ownership import metadata, people
from pytest_productops.facts.ownership.codeowners import CodeOwners, Entry
from pytest_productops.facts.ownership.written import Owner, in_documents
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["CodeOwners", "Entry", "Owner", "Ownership"]

CATALOGUES = (
    "catalog-info.yaml",
    "catalog-info.yml",
    "opslevel.yml",
    "opslevel.yaml",
    "cortex.yaml",
    "cortex.yml",
)
INSIGHTS = ("SECURITY-INSIGHTS.yml", "SECURITY-INSIGHTS.yaml")
FOLDERS = ("", ".github/", ".gitlab/", "docs/", "doc/")
_LIST = regex(
    r"^(?:MAINTAINERS?|CODE_?OWNERS|COMMITTERS|CORE_TEAM|AUTHORS?)(?:\.(?:md|markdown|rst|adoc|txt))?$",
    re.IGNORECASE,
)
_RESPONSIBLE = regex(r"(?:maintainers?|code_?owners|owners|committers|core_team)\b", re.IGNORECASE)
_ELSEWHERE = regex(r"\.(?:gitea|forgejo|bitbucket)/CODEOWNERS\Z|(?:.+/)?OWNERS\Z")
_TRIAGE = regex(r"(?m)^\[assign\.owners\]")
_ASIDE = regex(r"/(?:examples?|samples?|demos?|playground|e2e|tests?|benchmarks?|templates?)/")
_DEEPEST = 4
Reader = Callable[[str, str], Iterator[tuple[int, str]]]


@dataclass(frozen=True)
class _Source:
    """A file that may name owners. `hollow` says that it is there for nothing else, and names nobody."""

    path: str
    kind: str
    owners: tuple[Owner, ...]
    hollow: str = ""


class Ownership(Fact):
    """Who is named as owner, by which files."""

    quick = True

    def __init__(self, files: Files, documents: Documents | None = None) -> None:
        self._files = files
        self._documents = documents
        self._broken: list[Problem] = []

    @classmethod
    def gather(cls, repository: Repository) -> Ownership:
        """Never fails; what cannot be read is among the problems."""
        return cls(repository[Files], repository[Documents])

    @cached_property
    def codeowners(self) -> CodeOwners | None:
        """The CODEOWNERS file that the forge reads."""
        found = code_owners.find(self._files)
        if found is None:
            return None
        text = self._text(found[0])
        return None if text is None else code_owners.read(text, *found)

    @cached_property
    def owners(self) -> tuple[Owner, ...]:
        """Every owner that is named, no placeholders; sections of documents only where no file names one."""
        found = [owner for source in self._sources for owner in source.owners]
        return tuple(dict.fromkeys(found or in_documents(self._documents)))

    @cached_property
    def hollow(self) -> tuple[Problem, ...]:
        """Files that are there to name owners and name nobody."""
        return tuple(Problem(Location(s.path), f"{s.path} {s.hollow}") for s in self._sources if s.hollow)

    @cached_property
    def unrecognised(self) -> tuple[str, ...]:
        """Files that are there to name owners, and say something in which no name was recognised."""
        return tuple(s.path for s in self._sources if s.kind in _SOLE and not s.owners and not s.hollow)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Files that could not be read."""
        _ = self._sources
        return tuple(sorted(set(self._broken)))

    @cached_property
    def catalogue(self) -> tuple[Owner, ...]:
        """The owners that the catalogue file names."""
        return tuple(
            owner for source in self._sources for owner in source.owners if owner.source == "catalog"
        )

    @cached_property
    def declared(self) -> tuple[Owner, ...]:
        """The owners that a file names which is there for it: CODEOWNERS, OWNERS, MAINTAINERS, a catalogue.

        Not those of package metadata, of lists of authors, and of a maintainers' handbook that names people in passing.
        """
        named = [owner for source in self._sources for owner in source.owners if self._is_declared(owner)]
        return tuple(dict.fromkeys(named)) or tuple(self._declared_elsewhere())

    def _is_declared(self, owner: Owner) -> bool:
        if owner.source != "maintainers":
            return owner.source in _SOLE
        lines = (self._text(owner.location.path) or "").splitlines()
        line = lines[owner.location.line - 1] if 0 < owner.location.line <= len(lines) else ""
        return bool(_RESPONSIBLE.match(owner.location.path.rpartition("/")[2])) and people.is_entry(line)

    def _declared_elsewhere(self) -> Iterator[Owner]:
        """Read the files of other forges, those in folders, and the bot that assigns reviewers."""
        for path in self._files:
            if _ELSEWHERE.match(path) and own_words(path):
                reader = people.owners_file if path.endswith("/OWNERS") else _code_owners
                yield from self._read(path, "owners", reader).owners
            elif path == "triagebot.toml" and (match := _TRIAGE.search(self._text(path) or "")):
                text = self._text(path) or ""
                yield Owner("assign.owners", Location(path, text.count("\n", 0, match.start()) + 1), "owners")

    @cached_property
    def _sources(self) -> tuple[_Source, ...]:
        found = [self._from_codeowners(self.codeowners)] if self.codeowners else []
        for path in self._files:
            if path.count("/") <= 1:
                reader = self._reader(path)
                found += [self._read(path, *reader)] if reader else []
        return tuple(found) if any(source.owners for source in found) else (*found, *self._nested())

    def _nested(self) -> Iterator[_Source]:
        """Read the manifests of packages inside the repository, where its root names nobody."""
        for path in self._files:
            folder, _, name = path.rpartition("/")
            reader = metadata.reader(name) if folder and own_words(path) else None
            deepest = 1 if name.endswith(".py") else _DEEPEST
            if reader and folder.count("/") < deepest + 1 and not _ASIDE.search(f"/{folder.lower()}/"):
                yield self._read(path, "metadata", reader)

    def _reader(self, path: str) -> tuple[str, Reader] | None:
        """Return the kind and reader of a path; manifests and catalogues count at the root only."""
        folder, _, name = path.rpartition("/")
        if f"{folder}/".lstrip("/") in FOLDERS:
            if _LIST.match(name) and not name.lower().startswith("codeowners"):
                return "maintainers", people.maintainers_file
            if name in INSIGHTS:
                return "security-insights", metadata.insights
        if folder:
            return None
        if name == "OWNERS":
            return "owners", people.owners_file
        if name in CATALOGUES:
            return "catalog", metadata.catalogue
        reader = metadata.reader(name)
        return ("metadata", reader) if reader else None

    def _from_codeowners(self, owners: CodeOwners) -> _Source:
        pairs = [(entry.line, name) for entry in owners.entries for name in entry.owners]
        text = self._text(owners.path) or ""
        left = [word for _, word in owners.malformed] + [name for _, name in pairs]
        return self._source(owners.path, "codeowners", pairs, text, left)

    def _read(self, path: str, kind: str, reader: Reader) -> _Source:
        text = self._text(path)
        if text is None:
            return _Source(path, kind, (), "")
        try:
            pairs = [(line, name) for line, name in reader(text, path) if name]
        except YamlError as error:
            self._broken.append(Problem(Location(path, error.line), error.message))
            return _Source(path, kind, (), "" if text.strip() else "is empty")
        if kind == "metadata":
            pairs = [(line, name) for line, name in pairs if not people.is_collective(name)]
        return self._source(path, kind, pairs, text, [name for _, name in pairs])

    def _source(
        self, path: str, kind: str, pairs: Iterable[tuple[int, str]], text: str, words: list[str]
    ) -> _Source:
        real = [
            Owner(name, Location(path, line), kind) for line, name in pairs if not people.is_placeholder(name)
        ]
        return _Source(
            path, kind, tuple(real), "" if real or kind not in _SOLE else _hollow(text, words, kind)
        )

    def _text(self, path: str) -> str | None:
        try:
            text = self._files.read(path)
        except Unreadable as error:
            self._broken.append(Problem(Location(path), str(error)))
            return None
        if lack := "" if path.endswith(".json") else beyond(text):
            self._broken.append(Problem(Location(path), f"{path} {lack}"))
            return None
        return text


_SOLE = frozenset({"codeowners", "owners", "maintainers", "catalog"})
"""Kinds of file that are there for nothing but owners."""


def _code_owners(text: str, path: str) -> Iterator[tuple[int, str]]:
    entries = code_owners.read(text, path, "github").entries
    return ((entry.line, name) for entry in entries for name in entry.owners)


def _hollow(text: str, words: list[str], kind: str) -> str:
    """Say why a file that names nobody is hollow, or nothing where it may say it in words we cannot read."""
    rest = [
        line
        for line in people.visible(text).splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not text.strip():
        return "is empty"
    if not rest:
        return "holds only comments" if kind == "codeowners" else "holds only comments and headings"
    if words and all(people.is_placeholder(word) for word in words):
        return f"names only placeholders ({', '.join(dict.fromkeys(words))})"[:120]
    return "gives no file an owner" if kind == "codeowners" and not words else ""
