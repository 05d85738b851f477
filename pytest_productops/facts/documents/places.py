"""Where a repository keeps what it says of its process, and how such documents are named.

The folders are those that forges and generators read; the names are those of CATALOGUE section 3 and of
https://docs.github.com/communities/setting-up-your-project-for-healthy-contributions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from pytest_productops.facts.files import own_words

FORMATS: Mapping[str, str] = MappingProxyType(
    {".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".mdown": "markdown", ".rst": "rst",
     ".rest": "rst", ".adoc": "text", ".asciidoc": "text", ".org": "text"}
)  # fmt: skip
"""Suffix (lower-case) -> the reader of its documents."""
_FORGE = (".github", ".gitlab")
_DOCS = ("docs", "doc", "documentation")
_WRAPPERS = frozenset({"source", "src", "content", "docs", "pages", "en", "markdown", "_docs"})
_OWN_FOLDERS = re.compile(
    r"(?:contribut\w*|dev(?:eloper)?-?(?:docs?|guide)|development|runbooks?|playbooks?|adrs?|decisions|postmortems?"
    r"|incidents|onboarding|operations|ops|handbook|governance|security|\.well-known)\Z"
)
_USERS = re.compile(
    r"(?:user|tutorial|guide|example|sample|blog|news|post|changelog|release-?note|whats-?new|reference|api|versioned"
    r"|translation|_posts|template|issue-template|pull-request-template)"
)
_TEAM = re.compile(r"(?:contribut\w*|dev(?:el(?:op(?:er|ers|ment|ing)?)?)?|internals?|maintain\w*|team|hacking)\Z")
_SEPARATORS = re.compile(r"[\s_.]+")


@dataclass(frozen=True)
class Kind:
    """An artifact's names, best first (whole stems), and the folders of `docs/` all of whose documents count.

    `deep` says whether a document of that name counts in any folder below `docs/`, or only in the first and in
    those for the team. `process` says whether it is a process document.
    """

    names: tuple[str, ...]
    folders: str = r"(?!)"
    deep: bool = False
    process: bool = True


_GUIDE = r"(?:-(?:guides?|guidelines?|instructions|docs|documentation|handbook|manual|overview|process|workflow))?"
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "readme": Kind((r"readme",)),
        "contributing": Kind(
            (
                rf"(?:how-to-)?contribut(?:e|ing|ion|ions)(?:-to-[\w-]+|-code)?{_GUIDE}|contributors?-(?:guide|guidelines)",
                rf"hacking|develop(?:er|ers|ing|ment)?(?:-(?:setup|environment|notes|practices|quick-?start))?{_GUIDE}",
                r"dev-(?:guide|setup|docs|environment|readme)|readme-dev(?:elopment|elopers)?|agreed-practices",
            ),
            folders=r"contribut\w*|dev(?:el(?:op(?:er|ers|ment|ing)?)?)?|hacking",
        ),
        "testing": Kind((r"(?:how-to-)?test(?:s|ing)?(?:-(?:strategy|guide|guidelines|instructions))?",)),
        "security": Kind((r"security(?:-policy|-process)?|security-contacts|(?:report\w*-)?vulnerabilit(?:y|ies)"
                          r"(?:-(?:disclosure|reporting|policy))?|responsible-disclosure",),
                         folders=r"(?!)"),
        "support": Kind((r"support|(?:getting|get)-(?:help|support)|help",), deep=True),
        "review": Kind((r"(?:code-|peer-|pr-|pull-request-|merge-request-)?review(?:s|er|ers|ing)?"
                        rf"(?:-(?:checklist|policy|practices|standards))?{_GUIDE}",
                        rf"(?:pull|merge)-requests?{_GUIDE}|triag(?:e|ing){_GUIDE}"), deep=True),
        "release": Kind((r"releas(?:e|ing)(?:-(?:procedure|checklist|how-?to|steps|management|playbook|cycle|plan))?"
                         rf"{_GUIDE}|(?:how-to-|making-a-|cutting-a-|doing-a-)release|(?:how-to-)?publish(?:ing)?"
                         r"|maintainers?-release\w*", r"releases|versioning")),
        "deployment": Kind((rf"(?:how-to-)?deploy(?:ing|ment|ments)?(?:-(?:procedure|checklist|runbook|steps))?{_GUIDE}"
                            r"|continuous-(?:delivery|deployment)",), folders=r"deploy(?:ing|ment|ments)?"),
        "rollback": Kind((r"roll(?:ing)?-?back(?:s)?(?:-(?:procedure|runbook|guide))?",)),
        "runbook": Kind((r"(?:[\w-]+-)?(?:runbook|run-book)s?(?:-[\w-]+)?", r"operations?|ops|operating|on-?call"
                         r"(?:-[\w-]+)?|playbooks?|(?:operations?|ops)-(?:guide|manual|handbook|playbook)"
                         r"|monitoring|incident-(?:response|management|process|playbook)|disaster-recovery(?:-plan)?"),
                        folders=r"run-?books?|operations?|ops|on-?call|playbooks?"),
        "onboarding": Kind((r"(?:[\w-]+-)?onboard(?:ing)?(?:-[\w-]+)?|new-(?:starter|joiner|hire|developer)s?"
                            r"|getting-started-(?:for-)?(?:contributors|developers)",), folders=r"onboarding", deep=True),
        "governance": Kind((r"governance(?:-model|-policy)?|steering(?:-committee|-council)?",), deep=True),
        "ownership": Kind((r"maintainers?|owners|ownership|code-?owners|committers|core-(?:developers?|team|maintainers)"
                           r"|emeritus|team",)),
        "done": Kind((r"definition-of-done|dod",), deep=True),
        "conduct": Kind((r"code-of-conduct|conduct",), process=False),
        "architecture": Kind((r"architecture(?:-[\w-]+)?", r"(?:system-)?design(?:-overview)?"), process=False),
        "decisions": Kind((r"decisions|adrs?|architecture-decisions?(?:-records?)?",),
                          folders=r"adrs?|decisions?|decision-records?|architecture-decisions?(?:-records?)?|rfcs?",
                          process=False),
        "roadmap": Kind((r"roadmap",), process=False),
        "postmortems": Kind((r"(?:post-?mortems?|incidents?)(?:-[\w-]+)?",), folders=r"post-?mortems?|incidents?",
                            process=False),
        "changelog": Kind((r"change-?logs?|changes|history|news|release-?notes|releases|whats-?new",), process=False),
    }
)  # fmt: skip
"""Artifact kind -> how it is found."""


@dataclass(frozen=True)
class Place:
    """A path as discovery sees it: how near it is (0 the root), the folders below that, its normalised stem."""

    nearness: int
    folders: tuple[str, ...]
    stem: str


def normal(name: str) -> str:
    """Return a file or folder name in lower case with `-` between its words."""
    return _SEPARATORS.sub("-", name.strip("_").lower()).strip("-") if name[:1] != "." else name.lower()


def place(path: str) -> Place | None:
    """Return where a path is, or None where no document about the process is looked for."""
    pure = PurePosixPath(path)
    stem = pure.stem if pure.suffix.lower() in {*FORMATS, ".txt"} else pure.name
    folders = [normal(part) for part in pure.parts[:-1]]
    if not folders:
        return Place(0, (), normal(stem))
    if folders[0] in _FORGE:
        return Place(1 + _FORGE.index(folders[0]), (), normal(stem)) if len(folders) == 1 else None
    if folders[0] in _DOCS:
        return Place(3, tuple(f for f in folders[1:] if f not in _WRAPPERS), normal(stem))
    return Place(4, tuple(folders), normal(stem)) if _OWN_FOLDERS.match(folders[0]) else None


def rank(kind: Kind, where: Place) -> tuple[int, int, int, int] | None:
    """Return how good a candidate a place is (less is better), or None where it is none.

    What the name says comes before what the folder says, then the earlier name, then the nearer place.
    """
    if any(_USERS.match(folder) for folder in where.folders):
        return None
    near = not where.folders or kind.deep or any(_TEAM.match(folder) for folder in where.folders)
    near = near or bool(re.fullmatch(kind.folders, where.folders[0]) or where.nearness == 4)  # noqa: PLR2004
    for index, name in enumerate(kind.names):
        if re.fullmatch(name, where.stem) and near:
            return 0, index, where.nearness, len(where.folders)
    if any(re.fullmatch(kind.folders, folder) for folder in where.folders):
        return 1, 0, where.nearness, len(where.folders)
    return None


def is_document(path: str) -> bool:
    """Whether a path is a document of the repository's own words, going by its name."""
    pure = PurePosixPath(path)
    suffix = pure.suffix.lower()
    if suffix in FORMATS:
        return own_words(path)
    where = place(path) if suffix in {"", ".txt"} and own_words(path) else None
    if where is None or not (pure.stem.isupper() or re.match(r"readme|contributing|security", where.stem)):
        return False
    return any(re.fullmatch(name, where.stem) for kind in KINDS.values() for name in kind.names)


def is_process(path: str) -> bool:
    """Whether a path names a process document; a folder's say counts only for contributors' folders."""
    where = place(path)
    if where is None:
        return False
    if where.folders and re.fullmatch(r"contribut\w*", where.folders[-1]) and rank(KINDS["contributing"], where):
        return True
    ranks = (rank(kind, where) for kind in KINDS.values() if kind.process)
    return any(found is not None and found[0] == 0 for found in ranks)
