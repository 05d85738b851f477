"""Inside: which addresses lead back into the repository, written as paths or as pages of a site."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.documents.identity import normal
from pytest_productops.facts.files import Files
from pytest_productops.facts.quoted import own_names
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

_FORGE_FILE = regex(
    r"https?://[^/]+/[^/]+/([^/]+)/(?:-/)?(?:blob|tree|raw|src)/(?:branch/)?[^/]+/([^?#]+?)/?(?:[?#]|\Z)"
)
_FORGE = regex(r"https?://(?:www\.)?(?:(?:github|gitlab)\.com|bitbucket\.org|codeberg\.org|git\.sr\.ht)/")
"""A forge makes no pages of documents; its wiki is another repository."""
_PAGE = regex(r"https?://[^/]+/([^?#]*?)(?:\.html)?/?(?:[?#].*)?\Z")


class Inside(Fact):
    """Where links lead in the repository, also by way of the forge's page or of its rendered site."""

    def __init__(self, files: Files, documents: Documents) -> None:
        self._files = files
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> Inside:
        """Never fails."""
        return cls(repository[Files], repository[Documents])

    def path(self, document: Document, target: str) -> str | None:
        """Return the tracked file or folder that a link of a document leads to, or None."""
        found = self._documents.resolve(document, target)
        file = _FORGE_FILE.match(target)
        if file is None:
            return found or self._on_site(document, target)
        found = found or self._on_forge(*file.groups())
        others = found == document.path and normal(file[1]) not in self._names
        return None if others else found  # another repository's document of the same path

    def _on_forge(self, name: str, path: str) -> str | None:
        """Find a file of a forge's repository: of this one by its name, else a document of the same path."""
        own = path in self._documents.paths or normal(name) in self._names
        return path if own and (path in self._files or path in self._files.folders) else None

    def _on_site(self, document: Document, target: str) -> str | None:
        """Find the document that a page is made of. None makes it that links to the page itself."""
        page = None if _FORGE.match(target) else _PAGE.match(target)
        wanted = [name.lower() for name in page[1].split("/")[-2:] if name] if page else []
        if not wanted or (len(wanted) == 1 and normal(wanted[0]) in self._names):
            return None  # the site's front page, where its path is the repository's name
        path = self._pages.get("/".join(wanted)) or self._pages.get(wanted[-1])
        source = self._documents.get(path) if path else None
        sends = source is not None and any(link.target == target for link in source.links)
        return None if path == document.path or sends else path

    @cached_property
    def _names(self) -> frozenset[str]:
        return own_names(self._files, self._documents)

    @cached_property
    def _pages(self) -> dict[str, str]:
        """The end of each document's address on a site, if no other document has it -> its path."""
        found: dict[str, list[str]] = {}
        for path in self._documents.paths:
            parts = PurePosixPath(path.lower()).with_suffix("").parts
            for tail in {"/".join(parts[-2:]), parts[-1]}:
                found.setdefault(tail, []).append(path)
        return {tail: paths[0] for tail, paths in found.items() if len(paths) == 1}
