"""Where a repository keeps what it says of its process: its root, its forge's folder, its documentation."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from pytest_productops.facts.documents.kinds import KINDS, Kind
from pytest_productops.facts.documents.readers import READERS
from pytest_productops.facts.files import own_words
from pytest_productops.lazy import dataclass, regex

ROOT, FORGE, DOCS, OTHER = 0, 1, 3, 4
_FORGES = (".github", ".gitlab")
_DOCS = frozenset({"docs", "doc", "documentation"})
_WRAPPERS = frozenset({"source", "src", "content", "docs", "pages", "en", "markdown"})
_OWN_FOLDERS = regex(
    r"(?:contribut\w*|dev(?:eloper)?-?(?:docs?|guide)|development|runbooks?|playbooks?|adrs?|decisions|postmortems?"
    r"|incidents|onboarding|operations|ops|handbook|governance|security|\.well-known)\Z"
)
_USERS = regex(
    r"(?:user|tutorial|guide|example|sample|blog|news|posts?\Z|changelog|release-?note|whats-?new|reference|api"
    r"|version|translation|template|issue-template|pull-request-template)"
)
_TEAM = regex(r"(?:contribut\w*|dev(?:el(?:op(?:er|ers|ment|ing)?)?)?|internals?|maintain\w*|team|hacking)\Z")
_SUFFIXES = frozenset({*READERS, ".txt"})
_SEPARATORS = regex(r"[\s_.]+")
_CAMEL = regex(
    r"(?<=[a-z])(?=(?:Process|Procedure|Guide|Guidelines|Policy|Checklist|Plan|Request|Review|Code|Conduct|Of|Setup|Docs|Workflow"
    r"|Instructions|Manual|Environment|Response)(?:[A-Zs_-]|\Z))"
)
"""Where a word begins in a name such as ReleaseProcess."""
_SITE = regex(
    r"(?:docs?/(?:source/|src/)?conf\.py|mkdocs\.ya?ml|(?:docs/)?book\.toml|docs/\.vitepress/.+"
    r"|(?:docs/|website/)?docusaurus\.config\.\w+|docs/_config\.ya?ml|(?:docs/)?antora\.yml)\Z"
)


@dataclass(frozen=True)
class Place:
    """A path as discovery sees it: how far off its area is, the folders within that, its normalised name."""

    area: int
    folders: tuple[str, ...]
    name: str

    @property
    def team(self) -> bool:
        """Whether one of the folders is for those who work on the product."""
        return any(_TEAM.match(folder) for folder in self.folders)


def normal(name: str) -> str:
    """Return a name in lower case with `-` between its words; a leading dot stays."""
    dot = "." if name.startswith(".") else ""
    return dot + _SEPARATORS.sub("-", _CAMEL.sub("-", name).lower()).strip("-")


@functools.lru_cache(maxsize=1 << 16)  # asked for each path by each kind of document
def place(path: str) -> Place | None:
    """Return where a path is, or None where no document about the process is looked for."""
    *parents, last = path.split("/")
    stem, dot, suffix = last.rpartition(".")
    name = normal(stem if f"{dot}{suffix}".lower() in _SUFFIXES and stem else last)
    folders = [normal(part) for part in parents]
    if not folders:
        return Place(ROOT, (), name)
    if folders[0] in _FORGES:
        return Place(FORGE + _FORGES.index(folders[0]), (), name) if len(folders) == 1 else None
    if folders[0] in _DOCS:
        return Place(DOCS, tuple(folder for folder in folders[1:] if folder not in _WRAPPERS), name)
    return Place(OTHER, tuple(folders), name) if _OWN_FOLDERS.match(folders[0]) else None


@functools.lru_cache(maxsize=1 << 16)
def rank(kind: Kind, where: Place) -> tuple[int, int, int, int] | None:
    """Return how good a candidate a place is (less is better), or None where it is none.

    What the name says comes before what the folder says, then the earlier name, then the nearer place.
    """
    if any(map(_USERS.match, where.folders)):
        return None
    inside = any(map(kind.folders.match, where.folders))
    if _near(kind, where, inside=inside):
        for index, names in enumerate(kind.names):
            if names.match(where.name):
                return 0, index, where.area, len(where.folders)
    return (1, 0, where.area, len(where.folders)) if inside else None


def _near(kind: Kind, where: Place, *, inside: bool) -> bool:
    """Whether a name counts here. A folder's README is about the folder."""
    if kind is KINDS["readme"]:
        return not where.folders
    if not where.folders or kind.deep or inside or where.area == OTHER or where.team:
        return True
    return any(names.match(folder) for names in kind.names for folder in where.folders)


def is_document(path: str) -> bool:
    """Whether a path is a document of the repository's own words, going by its name."""
    if path[path.rfind(".") :].lower() in READERS:
        return own_words(path)
    pure = PurePosixPath(path)
    suffix = pure.suffix.lower()
    where = place(path) if suffix in {"", ".txt"} and own_words(path) else None
    if where is None or not (pure.stem.isupper() or re.match(r"readme|contributing|security", where.name)):
        return False
    return any(names.match(where.name) for kind in KINDS.values() for names in kind.names)


def is_process(path: str, *, published: bool) -> bool:
    """Whether a path names a process document. A folder's say counts only for contributors' folders.

    `published` tells that the documentation is a site, so that a page `testing` is for the product's users.
    """
    where = place(path)
    if where is None:
        return False
    if where.folders and where.folders[-1].startswith("contribut") and rank(KINDS["contributing"], where):
        return True
    own = where.area != DOCS or where.team or not published
    kinds = (kind for kind in KINDS.values() if kind.process and (own or not kind.users))
    ranks = (rank(kind, where) for kind in kinds)
    return any(found is not None and found[0] == 0 for found in ranks)


def is_site(paths: Iterable[str]) -> bool:
    """Whether the documentation is published as a site."""
    return any(_SITE.match(path) for path in paths)


def nearness(path: str) -> tuple[int, int, str]:
    """Return what paths are sorted by: area, depth, path."""
    where = place(path)
    return (where.area, len(where.folders), path) if where else (OTHER + 1, 0, path)
