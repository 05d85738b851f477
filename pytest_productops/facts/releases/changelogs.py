"""Changelogs: where a repository tells of its releases, whatever their names, places and forms.

Names after https://keepachangelog.com, GNU (`NEWS`, `ChangeLog`), Debian, and the tools that join fragments:
towncrier, scriv, changesets, changie, reno, GitLab's and rubocop's own.
"""

from __future__ import annotations

import re
from functools import cached_property

from pytest_productops.facts.documents import Artifact, Documents
from pytest_productops.facts.documents.resolving import SCHEME
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.releases.entries import Changelog, versions_in
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

MIN_ENTRIES = 3
"""Fewest entries of a page that is called `releases`, which may as well tell how to make them."""
MAX_SENDING = 25
"""How many of its first lines may send the reader of a changelog to another place."""
MAX_FILES = 400
"""Most files that are read; a repository may keep one for each of its releases."""
_LOG = (
    r"change[-_. ]?logs?|changes|change[-_ ]?list|(?:version|release|revision)[-_ ]?history|history"
    r"|news|(?:\d\d[-_ ]?)?rel(?:ease)?[-_. ]?notes?|releases|what[-_' ]?s[-_ ]?new"
)
_CODE = regex(
    r"\.(?:py|js|mjs|cjs|jsx|ts|tsx|vue|svelte|rb|go|rs|java|kt|cs|c|cc|cpp|h|hpp|php|ex|exs|erl|sql"
    r"|sh|css|scss|svg|png)\Z",
    re.IGNORECASE,
)
_SUFFIX = (
    r"(?:\.(?:md|markdown|mdx|mdown|rst|rest|txt|adoc|asciidoc|org|ya?ml|html?|rdoc|textile|pod|latest"
    r"|in|json|toml|xml))*"
)
_NAME = regex(
    rf"(?:.*/)?(?:[\w.]+[-_. ])?(?:{_LOG}|releases)(?:[-_. ]?(?:pre|old|archive|latest|current|next"
    rf"|legacy|v?\d[\w.-]*))*{_SUFFIX}\Z",
    re.IGNORECASE,
)
_SURE = regex(rf"(?:{_LOG}){_SUFFIX}\Z", re.IGNORECASE)
_VERSION_FILE = regex(
    rf"(?:.*/)?(?:{_LOG}|releases?|notes|announce(?:ments)?)/(?:[\w.-]+/){{0,2}}"
    rf"(?:(?:{_LOG}|release|version|v|relnotes|notes|announce)[-_ ]?)?v?\d+[._]\d[\w.-]*{_SUFFIX}\Z",
    re.IGNORECASE,
)
_FRAGMENT = regex(
    r"(?:.*/)?(?:change[-_]?logs?\.d|news\.?fragments|news\.d|changes\.d|changelog[-_]?(?:entries"
    r"|fragments|unreleased)|unreleased[-_]?changes|release[-_]?notes\.d)/"
    r"(?:[^/]+/)?[^/.][^/]*\Z"
    r"|(?:.*/)?(?:change[-_]?logs?|changes|news|newsfragments?|docs?/changelog)/(?:[\w-]+/)?[+\w-]+\."
    r"(?:feature|bug(?:fix)?|fix|doc|docs|misc|removal|deprecation|deprecat\w*|improvement|breaking"
    r"|change|trivial|process"
    r"|vendor|contrib|packaging|security|performance|internal|added|changed|fixed|removed|enhancement"
    r"|feat)[\w.-]*\Z"
    r"|(?:.*/)?\.changeset/(?!README)[^/]+\.md\Z|(?:.*/)?\.(?:changes"
    r"|changelog)/(?:[^/]+/)?[^/.][^/]*\Z|(?:.*/)?\.nextchanges/.+"
    r"|(?:.*/)?releasenotes/notes/.+\.ya?ml\Z|(?:.*/)?changelogs?/(?:unreleased|fragments"
    r"|next)/[^/.][^/]*\Z"
    r"|changelog/(?:new|fix|change|add|remove)_[^/]+\.md\Z|(?:.*/)?change/[^/]+-[0-9a-f-]{36}\.json\Z",
    re.IGNORECASE,
)
_NOT_OURS = regex(
    r"(?:^|/)(?:deps?|_?vendor(?:ed)?|external|extern|third[-_]?party|3rd[-_]?party|tests?|specs?"
    r"|__tests__|testing"
    r"|examples?|samples?|archetypes?|templates?|blog|posts?|i18n|docs-locale|locales?|openspec|Pods"
    r"|bower_components|dist)/"
    r"|(?:^|/)\.(?!changeset|changes|changelog|github)[\w-]+/",
    re.IGNORECASE,
)
_SITE_PART = regex(
    r"(?:^|/)(?:site|website|www|content|pages|app|src|lib|assets|public|static)/", re.IGNORECASE
)
_ROWS = regex(r"^\s*(?:[-*+\u2022]|\d+[.)])\s+\S|^\s*#{1,6}\s", re.MULTILINE)
_FORGE = regex(r"//(?:[\w.-]+)/[^/\s]+/[^/\s]+/(?:-/)?(?:releases|tags)\b|/releases/?$", re.IGNORECASE)
_RELEASES_PAGE = regex(r"https?://[^/\s]+/[^/\s]+/[^/\s]+/(?:-/)?releases/?(?=[?#>)\]\s.,]|\Z)")
_BADGE = regex(r"badge|shields\.io|/download/", re.IGNORECASE)
_TEMPLATE = regex(r"template|\.in\Z|config", re.IGNORECASE)


class Changelogs(Fact):
    """The changelogs, the nearest to the root first, and the fragments that are going to be their next entries."""

    def __init__(
        self, files: Files, documents: Documents, publishing: Publishing, *, declared: bool = False
    ) -> None:
        self._files = files
        self._publishing = publishing
        self._documents = documents
        self.artifact = documents.artifact("changelog") if declared else Artifact("changelog")

    @classmethod
    def gather(cls, repository: Repository) -> Changelogs:
        """Find them; never fails."""
        declared = "changelog" in repository.artifacts
        return cls(repository[Files], repository[Documents], repository[Publishing], declared=declared)

    @cached_property
    def fragments(self) -> tuple[str, ...]:
        """The paths of the fragments."""
        return tuple(path for path in self._own if _FRAGMENT.match(path) and not _TEMPLATE.search(path))

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return tuple(
            path
            for path in self._files.paths
            if own_words(path) and not _NOT_OURS.search(path) and not _CODE.search(path)
        )

    @cached_property
    def _candidates(self) -> tuple[str, ...]:
        fragments = set(self.fragments)
        found = {
            path
            for path in self._own
            if path not in fragments
            and (_NAME.match(path) or _VERSION_FILE.match(path))
            and not _TEMPLATE.search(path)
        }
        if self.artifact.declared:
            found = {document.path for document in self.artifact.documents}
        return tuple(sorted(found, key=lambda path: (path.count("/"), path.startswith("."), path)))[
            :MAX_FILES
        ]

    @cached_property
    def files(self) -> tuple[Changelog, ...]:
        """The files that are named like a changelog and can be read, with what pointers lead to in the tree."""
        found: dict[str, Changelog] = {}
        for path in self._candidates:
            changelog = self._get(path)
            onward = self._documents.resolve(changelog.head, changelog.pointer) if changelog else None
            following = self._get(onward) if onward and onward != path else None
            changelog = following or changelog
            if changelog:
                found.setdefault(changelog.path, changelog)
        return tuple(found.values())

    def _get(self, path: str) -> Changelog | None:
        try:
            return Changelog(path, self._files.read(path))
        except Unreadable:
            return None

    @cached_property
    def all(self) -> tuple[Changelog, ...]:
        """The changelogs that tell of changes; a bare pointer, an empty file and a history in prose are none."""
        return tuple(filter(self._tells, self.files))

    def _tells(self, changelog: Changelog) -> bool:
        path = changelog.path
        if changelog.pointer or changelog.lack:
            return False
        if self.artifact.declared or _VERSION_FILE.match(path):
            return True
        if path.count("/") > 0 or not _SURE.match(path.rpartition("/")[2]) or _SITE_PART.search(path):
            plenty = MIN_ENTRIES if re.search(r"releases\b", path, re.IGNORECASE) else 1
            return len(changelog.entries) >= plenty or bool(changelog.named)
        return any(True for _ in versions_in(changelog.text)) or len(_ROWS.findall(changelog.text)) > 1

    @cached_property
    def empty(self) -> tuple[Changelog, str] | None:
        """A changelog that says nothing, and why, where none does."""
        if self.all:
            return None
        reasons = ((one, one.lack) for one in self.files if not one.pointer)
        return next(((one, reason) for one, reason in reasons if reason), None)

    @cached_property
    def external(self) -> str:
        """Where changes are told on another site, where no file here does; the forge's releases do not count."""
        if self.all:
            return ""
        targets = [self.artifact.external, *(one.pointer for one in self.files)]
        return next((each for each in targets if SCHEME.match(each) and not _FORGE.search(each)), "")

    @cached_property
    def versions(self) -> bool:
        """Whether any entry has a version."""
        return any(each.entries for each in self.all)

    @cached_property
    def on_forge(self) -> str:
        """Where it shows that the forge's releases tell of changes: a pointer, a document's link, a workflow."""
        pointer = next((one.pointer for one in self.files if _FORGE.search(one.pointer)), "")
        return pointer or self._linked or self._made

    @cached_property
    def sends_on(self) -> str:
        """The forge's page to which a changelog itself sends for releases, in its first lines."""
        heads = ("\n".join(each.text.split("\n")[:MAX_SENDING]) for each in self.all)
        return next((match[0] for match in map(_RELEASES_PAGE.search, heads) if match), "")

    @cached_property
    def generated(self) -> str:
        """The folder of notes from which a tool makes the entries when the documentation is built."""
        return next((path.rpartition("/")[0] for path in self.fragments if "releasenotes/notes/" in path), "")

    @property
    def _linked(self) -> str:
        kinds = ("readme", "contributing", "release")
        documents = [d for kind in kinds for d in self._documents.artifact(kind).documents[:2]]
        links = (
            link.target
            for document in documents
            for link in document.links
            if not _BADGE.search(f"{link.text} {link.target}")
        )
        return next(filter(_FORGE.search, links), "")

    @property
    def _made(self) -> str:
        found = (
            each
            for each in self._publishing.all
            if each.what == "a release of the forge" or each.by.startswith("softprops")
        )
        return next((str(each.location) for each in found), "")

    def within(self, folder: str) -> tuple[Changelog, ...]:
        """Return the changelogs of a folder, its own first; of the root, all."""
        return tuple(each for each in self.all if each.path.startswith(f"{folder}/")) if folder else self.all
