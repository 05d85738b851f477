"""Runbooks and alerts: where the links of alerts lead, and sections of runbooks about alerts that are gone."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.alerts import Alert, Alerts
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.documents.resolving import SCHEME
from pytest_productops.facts.files import Files
from pytest_productops.facts.ownership import Ownership
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_FORGE = regex(
    r"https?://[^/]+/[^/]+/([\w.-]+)/(?:-/)?(?:blob|tree|raw|src)/(?:main|master|trunk|HEAD|develop)/"
)
_NAME = regex(r"[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]+)+[A-Z]*")
"""What an alert is called by custom: several words without blanks."""
_DYNAMIC = regex(r"\{\{|\$\{|%[sd(]|\$\w")
_FOLDER = regex(r"(?i)(?:^|/)(?:run-?books?|playbooks?)(?:/|$)")
SHARE = 0.5
"""Least part of the names in a runbook that must be alerts for the others to be meant as such."""


@dataclass(frozen=True)
class Orphan:
    """A section of a runbook, or a whole one, whose alert is none of this repository's."""

    name: str
    location: Location
    near: str = ""


class AlertRunbooks(Fact):
    """Compares alerts with the documents that they link to."""

    quick = True

    def __init__(self, alerts: Alerts, documents: Documents, files: Files, ownership: Ownership) -> None:
        self._alerts = alerts
        self._documents = documents
        self._files = files
        self._ownership = ownership

    @classmethod
    def gather(cls, repository: Repository) -> AlertRunbooks:
        """Never fails."""
        return cls(repository[Alerts], repository[Documents], repository[Files], repository[Ownership])

    def owned(self, alert: Alert) -> bool:
        """Whether an alert's file has an owner by CODEOWNERS."""
        owners = self._ownership.codeowners
        return owners is not None and bool(owners.owners(alert.location.path))

    def lost(self, link: str, alert: Alert) -> str:
        """Say why a link into this repository leads nowhere; nothing for one that leads there, or elsewhere."""
        path, _, anchor = link.partition("#")
        if _DYNAMIC.search(link) or not path:
            return ""
        found = self._target(path, alert)
        if found is None:
            inside = not SCHEME.match(link) and ("/" in path or posixpath.splitext(path)[1])
            return f"{path} does not exist" if inside or self._ours(path) else ""
        document = self._documents.get(found) if found in self._documents.paths else None
        if document is None:
            return ""
        known = {each.lower() for each in document.anchors}
        if anchor and document.format == "markdown" and anchor.lower() not in known:
            return f"{found} has no anchor #{anchor}"
        reason = lack(document)
        return f"{found} {reason}" if reason else ""

    def _target(self, path: str, alert: Alert) -> str | None:
        if SCHEME.match(path):
            return self._documents.resolve(Document("README.md", "markdown", ""), path)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(alert.location.path), path))
        wanted = (path.strip("/").removeprefix("./"), beside)
        return next((each for each in wanted if each in self._files or each in self._files.folders), None)

    def _ours(self, url: str) -> bool:
        """Whether an address is surely of a file of this repository: under its name, on the main branch."""
        match = _FORGE.match(url)
        return match is not None and match[1].lower() == self._files.root.name.lower()

    @cached_property
    def orphans(self) -> tuple[Orphan, ...]:
        """The runbooks of alerts that are none; nothing where not all alerts can be read."""
        names = {alert.name for alert in self._alerts.all}
        if not names or self._alerts.opaque:
            return ()
        found = [*self._sections(names), *self._pages(names)]
        return tuple({(each.location, each.name): each for each in found}.values())

    def _sections(self, names: set[str]) -> Iterator[Orphan]:
        for document in self._documents.artifact("runbook").documents:
            titled = [(_plain(h.text), h.line) for h in document.headings if _NAME.fullmatch(_plain(h.text))]
            yield from _unknown([(name, document.at(line)) for name, line in titled], names)

    def _pages(self, names: set[str]) -> Iterator[Orphan]:
        folders: dict[str, list[tuple[str, Location]]] = {}
        for path in self._documents.paths:
            folder, _, name = path.rpartition("/")
            stem = name.partition(".")[0]
            if _FOLDER.search(folder) and _NAME.fullmatch(stem):
                folders.setdefault(folder, []).append((stem, Location(path)))
        for titled in folders.values():
            yield from _unknown(titled, names)


def _unknown(titled: list[tuple[str, Location]], names: set[str]) -> Iterator[Orphan]:
    """Yield the titles that are no alerts, where enough of the others are."""
    known = [name for name, _ in titled if name in names]
    if len(known) < max(1, SHARE * len(titled)):
        return
    for name, location in titled:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1, 0.8)
            yield Orphan(name, location, near[0] if near else "")


def _plain(title: str) -> str:
    return re.sub(r"(?i)^(?:alert|alarm)\W+", "", title).strip(" `:*_")
