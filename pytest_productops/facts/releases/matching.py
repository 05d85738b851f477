"""Matching: the release procedure held against the workflows that release."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.documents.identity import normal
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.history import History
from pytest_productops.facts.quoted import own_names
from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.facts.releases.publishing import Publication, Publishing
from pytest_productops.facts.releases.tag_patterns import BLANK, starts, tag_patterns
from pytest_productops.facts.substance.parts import Part, span, whole
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

_FILE = regex(r"(?<![\w/.-])((?:\./)?\.github/workflows/[\w.-]+\.ya?ml)(?![\w-])")
_LINK = regex(
    r"https?://github\.com/[^/\s]+/([^/\s]+)/(?:actions/workflows"
    r"|blob/[^/\s]+/\.github/workflows)/([\w.-]+\.ya?ml)"
)
_MACHINE = regex(
    r"\b(?:workflows?|github actions?|actions? (?:will|tab|run)|ci|cd|pipelines?|automat\w+"
    r"|release-please|release-plz|semantic-release|changesets?|goreleaser|buildkite|circleci|gitlab"
    r"|azure|jenkins|travis|job|bot|trusted publish\w*|triggers?|triggered|runner|\w*releaser)\b",
    re.IGNORECASE,
)
_TAG = regex(
    r"\bgit(?: -\S+)* tag(?: (?:-[asfu]+|--sign|--annotate|--force|-m ?(?:\"[^\"]*\"|'[^']*'"
    r"|\S+)))* [\"']?(v?[\w$<{\[][\w.$<>{}\[\]/@-]*)"
)
_SECRET = regex(r"\bsecrets\.(?!GITHUB_TOKEN\b)([A-Z][A-Z0-9_]*)")


@dataclass(frozen=True)
class Gone:
    """A workflow that the procedure names and that is no longer there; `instead` is its new name, if it has one."""

    path: str
    location: Location
    why: str
    instead: str = ""


class ReleaseMatch(Fact):
    """What differs between procedure and workflows."""

    def __init__(
        self,
        procedure: ReleaseProcedure,
        publishing: Publishing,
        files: Files,
        documents: Documents,
        history: History | None,
    ) -> None:
        self._procedure = procedure
        self._publishing = publishing
        self._files = files
        self._documents = documents
        self._history = history

    @classmethod
    def gather(cls, repository: Repository) -> ReleaseMatch:
        """Never fails; without a history nothing is known to be gone."""
        try:
            history: History | None = repository[History]
        except Unavailable:
            history = None
        return cls(
            repository[ReleaseProcedure],
            repository[Publishing],
            repository[Files],
            repository[Documents],
            history,
        )

    @property
    def both(self) -> bool:
        """Whether there are a procedure and a workflow of GitHub that publishes."""
        return bool(self._parts and self._publishing.pipelines)

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        """The written procedure; comments of scripts and workflows are beside what they speak of."""
        paths = frozenset(self._documents.paths)
        return tuple(part for part in self._procedure.parts if whole(part).path in paths)

    @property
    def place(self) -> Location:
        """Where the procedure is."""
        return self._procedure.written[0].location

    def gone(self) -> Iterator[Gone]:
        """Yield each workflow that is named and was deleted or renamed."""
        seen: set[str] = set()
        for path, place in self._named():
            if path not in seen and path not in self._files and self._history:
                seen.add(path)
                removal = self._history.removal(path)
                if removal:
                    yield Gone(path, place, str(removal), removal.renamed_to or "")

    def _named(self) -> Iterator[tuple[str, Location]]:
        own = own_names(self._files, self._documents)
        for part in self._parts:
            first, last = span(part)
            document = whole(part)
            for number, line in enumerate(document.lines[first - 1 : last], first):
                for match in _FILE.finditer(line):
                    yield match[1].removeprefix("./"), document.at(number)
                for match in _LINK.finditer(line):
                    if normal(match[1]) in own:
                        yield f".github/workflows/{match[2]}", document.at(number)

    def tags(self) -> Iterator[tuple[str, Location, str]]:
        """Yield each tag to make that starts no workflow that publishes, where tags alone start them."""
        patterns = self._patterns()
        for part in self._parts if patterns else ():
            for each in instructions(part):
                match = _TAG.search(each.text)
                name = BLANK.sub("1.2.3", match[1]) if match else ""
                if name and re.search(r"\d", name) and not starts(name, patterns):
                    yield (
                        (match[1] if match else ""),
                        each.location,
                        ", ".join(f"`{pattern}`" for pattern in patterns[:4]),
                    )

    def _patterns(self) -> list[str]:
        """Return the patterns of tags that start workflows; none where something else may start one."""
        found: list[str] = []
        for pipeline in self._publishing.pipelines:
            if pipeline.provider != "github" or pipeline.triggers != {"tag"}:
                return []
            found += tag_patterns(self._read(pipeline.path))
        return found

    def unspoken(self) -> Iterator[Publication]:
        """Yield what CI publishes where the procedure speaks of no automation at all."""
        text = " ".join(part.text for part in self._parts)
        if _MACHINE.search(text):
            return
        seen: set[str] = set()
        for each in filter(_releases, self._publishing.all):
            name = posixpath.basename(each.path)
            title = each.pipeline.name if each.pipeline and each.pipeline.name else name
            if each.path not in seen and name not in text and title not in text:
                seen.add(each.path)
                yield each

    def secrets(self) -> Iterator[tuple[str, Location]]:
        """Yield each secret of a publishing workflow that the procedure does not name."""
        text = " ".join(part.text for part in self._parts)
        seen: set[str] = set()
        for pipeline in self._publishing.pipelines:
            for number, line in enumerate(self._read(pipeline.path).split("\n"), 1):
                for match in _SECRET.finditer(line):
                    if match[1] not in text and match[1] not in seen:
                        seen.add(match[1])
                        yield match[1], Location(pipeline.path, number)

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _releases(publication: Publication) -> bool:
    """Whether a workflow is known and releases; an image of each change is no release."""
    pipeline = publication.pipeline
    if pipeline is None:
        return False
    asked = "tag" in pipeline.triggers or "release" in pipeline.events
    return publication.what != "a container image" or asked
