"""Conventions: what a repository declares of its commits, by settings of a tool or by a sentence that obliges.

Known are Conventional Commits (https://www.conventionalcommits.org), declared by commitlint, commitizen, gitlint,
hooks of pre-commit, checks of titles, release-please, semantic-release or the contributor guide, and the sign-off
of the Developer Certificate of Origin (https://developercertificate.org).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pytest_productops.facts.committed import Committed
from pytest_productops.facts.documents import Documents
from pytest_productops.facts.expressions import expression
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.history import Commit
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

Kind = Literal["conventional", "sign-off", "pattern"]
_TYPE = regex(r"[^\w\n]*[a-z][\w/.-]*(?: ?\([^()\n]*\))?!?:\s*\S", re.IGNORECASE)
_CONVENTIONAL = r"conventional|angular|semantic"
# Path -> what the text must hold for the file to declare Conventional Commits, and the tool's name.
_FILES = (
    (regex(r"(?:\.commitlintrc(?:\.\w+)?|commitlint\.config\.\w+)\Z"), _CONVENTIONAL, "commitlint"),
    (regex(r"\.?cz\.(?:toml|json|ya?ml)\Z|\.czrc\Z"), _CONVENTIONAL, "commitizen"),
    (
        regex(r"pyproject\.toml\Z"),
        r"\[tool\.commitizen\](?![^\[]*?name *= *['\"]cz_(?!conventional))",
        "commitizen",
    ),
    (
        regex(r"package\.json\Z"),
        r"\"@commitlint/config-(?:conventional|angular)\"|cz-conventional-changelog",
        "commitlint",
    ),
    (
        regex(r"\.pre-commit-config\.ya?ml\Z"),
        r"id: *['\"]?(?:conventional-pre-commit|commitizen|commitlint)\b",
        "pre-commit",
    ),
    (regex(r"\.gitlint\Z"), r"contrib-title-conventional-commits", "gitlint"),
    (regex(r"release-please-config\.json\Z|\.release-please-manifest\.json\Z"), r"\{", "release-please"),
    (
        regex(r"\.releaserc(?:\.\w+)?\Z|release\.config\.\w+\Z"),
        r"commit-analyzer|branches",
        "semantic-release",
    ),
    (regex(r"pyproject\.toml\Z"), r"\[tool\.semantic_release\]", "semantic-release"),
    (regex(r"\.github/semantic\.ya?ml\Z"), r"enabled: *true|Only|types|scopes", "semantic-pull-requests"),
    (
        regex(r"\.github/workflows/[^/]+\.ya?ml\Z"),
        r"uses: *['\"]?(?:amannn/action-semantic-pull-request|wagoid/commitlint-github-action"
        r"|webiny/action-conventional-commits|namchee/conventional-pr|aslafy-z/conventional-pr-title-action"
        r"|ytanikin/pr-conventional-commits)",
        "a check of titles",
    ),
    (
        regex(r"\.github/workflows/[^/]+\.ya?ml\Z"),
        r"uses: *['\"]?(?:googleapis|google-github-actions)/release-please-action",
        "release-please",
    ),
    (regex(r"\.github/dco\.ya?ml\Z"), r"\A(?![\s\S]{0,2000}members: *false)", "DCO"),
)
_OF_TITLES = frozenset({"a check of titles", "semantic-pull-requests"})
_MENTION = regex(
    r"conventional[- ]commits?\b|\bsign(?:ed)?[- ]?off\b|developer certificate of origin", re.IGNORECASE
)
_MUST = regex(
    r"\b(?:must|requires?|required|have to|has to|needs? to|should|shall|mandatory|enforced?"
    r"|we (?:use|follow|adhere|adopt|require|enforce)"
    r"|(?:project|repo(?:sitory)?|team) (?:uses|follows|adheres|adopts|requires)|please (?:use|follow)"
    r"|make sure|be sure|ensure)\b",
    re.IGNORECASE,
)
_HEDGE = regex(
    r"\b(?:optional(?:ly)?|encourage[ds]?|prefer(?:red|ably|s)?|may|can|could|not|no|n't|recommend(?:ed|s)?|if|ideally"
    r"|try|inspired|loosely|similar|nice|when|unless|would|example|e\.g)\b",
    re.IGNORECASE,
)
_TITLES = regex(
    r"\b(?:pull[- ]request|pr|mr|merge[- ]request)s?'?s?\b[^.]{0,40}\btitles?"
    r"|\btitles? of (?:your|the|a|all) (?:pull|pr|merge)",
    re.IGNORECASE,
)
_OVER = regex(r"[.!?](?:\s|\Z)|\n\s*\n|\n\s*(?:[-*+#]|\d+\.)\s")
_ADDRESS = regex(r"https?://[^\s)>]+")
_LONGEST = 400


@dataclass(frozen=True)
class Convention:
    """A convention that is declared at a place; `titles`: what counts is the title of a change request."""

    kind: Kind
    location: Location
    by: str
    titles: bool = False
    since: str = ""
    pattern: str = ""

    @property
    def obliges(self) -> str:
        """What it asks for, in words."""
        if self.pattern:
            return f"subjects that match {self.pattern}"
        return "Conventional Commits" if self.kind == "conventional" else "a sign-off of each commit"

    def obeyed(self, commit: Commit) -> bool:
        """Whether a commit keeps to it."""
        if self.kind == "sign-off":
            return any(key.lower() == "signed-off-by" for key, _ in commit.trailers)
        return bool((expression(self.pattern) if self.pattern else _TYPE).match(commit.subject))

    def __str__(self) -> str:
        return f"{self.by} declares {self.obliges}"


class Conventions(Fact):
    """The declared conventions, one of each kind: the place that obliges most. `since` is the day of its commit."""

    def __init__(self, all: tuple[Convention, ...] = ()) -> None:  # noqa: A002
        self.all = all

    def with_pattern(self, pattern: str) -> tuple[Convention, ...]:
        """Return them, or what a pattern of subjects declares instead."""
        own = Convention("pattern", Location("productops.toml"), "the configuration", pattern=pattern)
        return (own,) if pattern else self.all

    @classmethod
    def gather(cls, repository: Repository) -> Conventions:
        """Look for them; never fails."""
        found = [*_by_files(repository[Files]), *_by_words(repository[Documents])]
        first = {each.kind: (each, words) for each, words in reversed(found)}
        return cls(tuple(_dated(each, words, repository) for each, words in first.values()))


def _by_files(files: Files) -> Iterator[tuple[Convention, str]]:
    """Yield (convention, the words that declare it)."""
    for pattern, needle, tool in _FILES:
        for path in filter(pattern.match, files):
            try:
                match = re.search(needle, files.read(path), re.IGNORECASE)
            except Unreadable:
                continue
            if match:
                place = Location(path, match.string.count("\n", 0, match.start()) + 1)
                kind: Kind = "sign-off" if tool == "DCO" else "conventional"
                titles = tool in _OF_TITLES and "commit" not in match[0].lower()
                yield Convention(kind, place, tool, titles), match[0].partition("\n")[0]


def _by_words(documents: Documents) -> Iterator[tuple[Convention, str]]:
    for document in documents.artifact("contributing").documents:
        prose = {each.line for each in document.prose}
        for match in _MENTION.finditer(document.text):
            sentence = _sentence(document.text, match.start())
            line = document.text.count("\n", 0, match.start()) + 1
            if _MUST.search(sentence) and not _HEDGE.search(sentence) and line in prose:
                kind: Kind = "conventional" if match[0].lower().startswith("conv") else "sign-off"
                titles = bool(_TITLES.search(sentence))
                yield Convention(kind, document.at(line), "the contributor guide", titles), match[0]


def _sentence(text: str, at: int) -> str:
    start = max(
        (m.end() for m in _OVER.finditer(text, max(0, at - _LONGEST), at)), default=max(0, at - _LONGEST)
    )
    over = _OVER.search(text, at, at + _LONGEST)
    return _ADDRESS.sub("", text[start : over.start() if over else at + _LONGEST])


def _dated(convention: Convention, words: str, repository: Repository) -> Convention:
    """Find the day on which it was declared; nothing where that cannot be told."""
    try:
        commit = repository[Committed].first_commit(convention.location.path, words)
    except Unavailable:
        commit = None
    return replace(convention, since=commit[1]) if commit else convention
