"""Changelogs: where a repository tells of its releases, whatever their names, places and forms.

Names after https://keepachangelog.com, GNU (`NEWS`, `ChangeLog`), Debian, and the tools that join fragments:
towncrier, scriv, changesets, changie, reno, GitLab's and rubocop's own.
"""

from __future__ import annotations

from functools import cached_property

from pytest_productops.facts.documents import Artifact, Documents
from pytest_productops.facts.documents.resolving import SCHEME
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.releases import changelog_names as names
from pytest_productops.facts.releases.entries import Changelog
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.facts.releases.titles import versions_in
from pytest_productops.repository import Fact, Repository

MIN_ENTRIES = 3
"""Fewest entries of a page that is called `releases`, which may as well tell how to make them."""
MAX_SENDING = 25
"""How many of its first lines may send the reader of a changelog to another place."""
MAX_FILES = 400
"""Most files that are read; a repository may keep one for each of its releases."""


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
        return tuple(
            path for path in self._own if names.FRAGMENT.match(path) and not names.TEMPLATE.search(path)
        )

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return tuple(
            path
            for path in self._files.paths
            if own_words(path) and not names.NOT_OURS.search(path) and not names.CODE.search(path)
        )

    @cached_property
    def _candidates(self) -> tuple[str, ...]:
        fragments = set(self.fragments)
        found = {
            path
            for path in self._own
            if path not in fragments
            and (names.NAME.match(path) or names.VERSION_FILE.match(path) or names.PER_NAME.match(path))
            and not names.TEMPLATE.search(path)
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
        if self.artifact.declared or names.VERSION_FILE.match(path):
            return True
        if not names.NAME.match(path) or names.MAKING.search(path):
            return len(changelog.entries) >= MIN_ENTRIES
        if (
            path.count("/") > 0
            or not names.SURE.match(path.rpartition("/")[2])
            or names.SITE_PART.search(path)
        ):
            return bool(changelog.entries or changelog.named)
        return any(True for _ in versions_in(changelog.text)) or len(names.ROWS.findall(changelog.text)) > 1

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
        return next((each for each in targets if SCHEME.match(each) and not names.FORGE.search(each)), "")

    @cached_property
    def versions(self) -> bool:
        """Whether any entry has a version."""
        return any(each.entries for each in self.all)

    @cached_property
    def on_forge(self) -> str:
        """Where it shows that the forge's releases tell of changes: a pointer, a document's link, a workflow."""
        pointer = next((one.pointer for one in self.files if names.FORGE.search(one.pointer)), "")
        return pointer or self._linked or self._made

    @cached_property
    def sends_on(self) -> str:
        """The forge's page to which a changelog itself sends for releases, in its first lines."""
        heads = ("\n".join(each.text.split("\n")[:MAX_SENDING]) for each in self.all)
        return next((match[0] for match in map(names.RELEASES_PAGE.search, heads) if match), "")

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
            if not names.BADGE.search(f"{link.text} {link.target}")
        )
        return next(filter(names.FORGE.search, links), "")

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
