"""Inventory: what a repository consists of, and where that is listed with its owners.

https://backstage.io/docs/features/software-catalog/descriptor-format,
https://matklad.github.io/2021/02/06/ARCHITECTURE.md.html, arc42 section 5, OSPS Baseline QA-04.01.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pytest_productops.facts.components import Components
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.inventory import rows
from pytest_productops.facts.inventory.rows import Part, Row, names
from pytest_productops.facts.manifests import product
from pytest_productops.facts.ownership import Ownership
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

__all__ = ["Inventory", "Part", "Row"]
_I = re.IGNORECASE
_CATALOG = regex(r"(?:.*/)?(?:catalog-info|backstage)\.ya?ml\Z", _I)
_DEPLOYED = regex(r"(.+)/(?:Dockerfile|Chart\.ya?ml)\Z")
_ROOT_MODULE = regex(r"(.+)/(?:main|backend|terraform|versions|providers?)\.tf\Z")
_BACKEND = regex(r"^[^\S\n]*(?:backend\s+\"|cloud\s*\{)", re.MULTILINE)
_NO_PART = regex(
    r"(?:^|/)(?:\.[^/]+|docker|images?|build|ci|hack|dev|scripts?|tools?|packaging|contrib|modules|templates?"
    r"|release|docs?|website)(?:/|\Z)",
    _I,
)
_ASIDE = regex(
    r"(?:^|/)(?:test[-_][^/]*|tools?|xtask|integration|treeshake|benches|production|prod|staging|stage"
    r"|development|sandbox|preview"
    r"|shared|uat|qa)(?:/|\Z)|(?:^|[-_/])(?:tests?|bench(?:mark)?s?|e2e|fixtures?|examples?|bom|parent|demo"
    r"|playground)\Z",
    _I,
)
"""Folders of tests, of tools, and of environments: what is in them is part of something else."""
_OWNERS = ("OWNERS", "OWNERS.md", "MAINTAINERS.md")
_INNER = frozenset({"src", "app", "docker", "build", "chart", "charts", "helm"})
_NAMED = regex(
    r"(?:(?:docs?|documentation|architecture)/)*(?:components?|services?|inventory|catalog(?:ue)?|packages"
    r"|projects|apps|overview"
    r"|architecture[\w-]*|structure|readme|index|repo(?:sitory)?[-_](?:structure|layout|map))\.\w+\Z",
    _I,
)


class Inventory(Fact):
    """The parts, and the rows of catalogues and documents that list them."""

    quick = True

    def __init__(self, repository: Repository) -> None:
        self._files = repository[Files]
        self._documents = repository[Documents]
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> Inventory:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Members of workspaces, then folders with a Dockerfile, a chart, or the root of a Terraform state."""
        found: dict[str, Part] = {}
        for component in self._repository[Components].all[1:]:
            if _ASIDE.search(component.folder):
                continue
            found[component.folder] = Part(component.folder, component.name, Location(component.manifest))
        for path in self._files:
            match = _DEPLOYED.match(path) or (_ROOT_MODULE.match(path) if self._state(path) else None)
            folder = match[1] if match else ""
            if posixpath.basename(folder) in _INNER:
                folder = posixpath.dirname(folder)
            if folder and product(path) and not _NO_PART.search(folder) and not _ASIDE.search(folder):
                self._put(found, folder, path)
        return tuple(found[folder] for folder in sorted(found))

    def _put(self, found: dict[str, Part], folder: str, path: str) -> None:
        name = posixpath.basename(folder)
        inside = any(folder == other or folder.startswith(f"{other}/") for other in found)
        same = any(posixpath.basename(other) == name for other in found)
        if not inside and not same:
            found[folder] = Part(folder, name, Location(path))

    def _state(self, path: str) -> bool:
        return path.endswith(".tf") and bool(_BACKEND.search(self._text(path)))

    @cached_property
    def catalog(self) -> tuple[Row, ...]:
        """The entities of Backstage's catalogue files."""
        return tuple(
            row
            for path in self._files
            if _CATALOG.match(path) and product(path)
            for row in self._entities(path)
        )

    def _entities(self, path: str) -> Iterator[Row]:
        try:
            documents = yaml.read_all(self._text(path), path)
        except yaml.YamlError:
            return
        for value in (document.value for document in documents):
            metadata, spec = _map(value, "metadata"), _map(value, "spec")
            if isinstance(value, dict) and value.get("kind") in {"Component", "Resource", "System", "API"}:
                words = {str(metadata.get("name", "")).lower(), posixpath.dirname(path).lower()}
                line = value.line if isinstance(value, yaml.Map) else 0
                yield Row(Location(path, line), frozenset(words - {""}), owner=bool(spec.get("owner")))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that may list the parts: READMEs of the root, the architecture, and those named so."""
        kinds = ("readme", "architecture")
        found = {d.path: d for kind in kinds for d in self._documents.artifact(kind).documents[:5]}
        for path in filter(_NAMED.match, self._documents.paths):
            document = self._documents.get(path)
            if document is not None:
                found.setdefault(path, document)
        return tuple(found.values())

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of documents that list at least half of the parts, and of a catalogue that does."""
        sources = [self.catalog, *(tuple(rows.rows(document)) for document in self.documents)]
        return tuple(row for source in sources if self._half(source) for row in source)

    def _half(self, rows: tuple[Row, ...]) -> bool:
        named = [part for part in self.parts if any(names(row, part) for row in rows)]
        return len(named) * 2 >= len(self.parts) and len(named) > 1

    def listed(self, part: Part) -> tuple[Row, ...]:
        """Return the rows that name a part."""
        return tuple(row for row in self.rows if names(row, part))

    def owned(self, part: Part) -> bool:
        """Whether a part's owner stands in a row, in CODEOWNERS, or in a file of owners in its folder."""
        codeowners = self._repository[Ownership].codeowners
        around = [part.folder[:at] for at, letter in enumerate(f"{part.folder}/") if letter == "/"]
        beside = any(f"{folder}/{name}" in self._files for folder in around for name in _OWNERS)
        covered = bool(codeowners and codeowners.owners(part.location.path))
        whole = "OWNERS" in self._files or any(
            row.owner and "/" not in row.location.path for row in self.catalog
        )
        return beside or covered or whole or any(row.owner for row in self.listed(part))

    @cached_property
    def stale(self) -> tuple[tuple[Row, str], ...]:
        """The rows of tables among parts that lead to a folder which is gone."""
        tops = {part.folder.partition("/")[0] for part in self.parts if "/" in part.folder}
        found = {}
        for row in self.rows:
            for target in row.targets:
                place = self._place(row, target)
                gone = place.partition("/")[0] in tops and not self._there(place)
                if gone and "." not in posixpath.basename(place):
                    found[place] = (row, place)
        return tuple(found.values())

    def _place(self, row: Row, target: str) -> str:
        folder = posixpath.dirname(row.location.path)
        near = posixpath.normpath(
            posixpath.join(folder, target.strip("/") if target.startswith("/") else target)
        )
        rooted = posixpath.normpath(target.strip("/"))
        return rooted if self._there(rooted) or folder == "" else near

    def _there(self, path: str) -> bool:
        return path in self._files or path in self._files.folders

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _map(value: Any, key: str) -> Mapping[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
