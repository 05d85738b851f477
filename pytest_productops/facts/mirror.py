"""Mirror: whether a repository only shows what is made in another: a read-only split, a mirror, a copy.

Its README or its template for change requests says so, and links to the repository where changes go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.components import Components
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.documents.identity import normal
from pytest_productops.facts.files import Files
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository, Unavailable

_MAIN = r"(?:main|parent|upstream|mono)[- ]?(?:[\w-]+ )?(?:repo(?:sitory)?|monorepo)\b"
_SAYS = regex(
    r"read[- ]?only\W{0,4}(?:\w+ )?(?:sub-?(?:tree )?split|split|mirror|copy|clone)\b(?! of (?:this|our)\b)"
    r"|\bsub-?(?:tree )?split of (?!this\b|our\b)"
    r"|\bthis (?:repo(?:sitory)?|project|package)? ?is (?:only )?an? (?:[\w-]+ ){0,3}(?:mirror|split|copy) of "
    r"(?!this\b|our\b)"
    r"|\b(?:do not|don't|please no)\b.{0,30}\b(?:pull|merge) requests?\b.{0,20}"
    r"\b(?:here|(?:to|in|on|against) this repo)"
    rf"|\b(?:send|submit|open|create|make|file|direct)\b.{{0,40}}\b(?:pull|merge) requests?\b.{{0,80}}\b{_MAIN}"
    r"|\b(?:contribut\w*|changes?|develop\w*)\b.{0,40}\b(?:go|goes|made|happens?|done|takes place|sent)\b"
    rf".{{0,20}}\b(?:in|to|at) (?:the|our) {_MAIN}",
    re.IGNORECASE,
)
_REPOSITORY = regex(
    r"(?P<address>https?://(?:github\.com|gitlab\.[\w.-]+|codeberg\.org|bitbucket\.org)/[\w.-]+/(?P<name>[\w.-]+?))(?:\.git)?"
    r"(?:/(?:-/)?(?:pulls?|merge_requests|tree/[^\s)]*|issues|compare)?)?(?=[/?#]?(?:[\s)>\]\"'.,]|\Z))",
    re.IGNORECASE,
)
_TEMPLATE = regex(
    r"(?:\.github/|docs/|\.gitlab/merge_request_templates/)?(?:pull_request_template|default)\.md\Z",
    re.IGNORECASE,
)
_NEAR = 3
"""How many lines before and after the words may hold the address."""


class Mirror(Fact):
    """Where the changes of this repository are made, if not here."""

    def __init__(self, files: Files, documents: Documents, components: Components) -> None:
        self._files = files
        self._documents = documents
        self._components = components

    @classmethod
    def gather(cls, repository: Repository) -> Mirror:
        """Never fails."""
        return cls(repository[Files], repository[Documents], repository[Components])

    @cached_property
    def address(self) -> str:
        """The repository where changes go, or nothing."""
        return next((found for each in self._read() for found in self._sent(each)), "")

    def sends_on(self) -> None:
        """Raise `Unavailable` where changes are made, tested and released in another repository."""
        if self.address:
            raise Unavailable(f"this is a mirror: changes are made in {self.address}, which is not read")

    def _read(self) -> Iterator[Document]:
        for kind in ("readme", "contributing"):
            yield from self._documents.artifact(kind).documents[:1]
        yield from filter(None, map(self._documents.get, filter(_TEMPLATE.match, self._files.paths)))

    def _sent(self, document: Document) -> Iterator[str]:
        """Yield each other repository that stands near words which send changes there."""
        text = tuple(re.sub(r"[*_\[\]>`]+", " ", line) for line in document.lines)
        for at in range(len(text)):
            if _SAYS.search(re.sub(r"\s+", " ", " ".join(text[at : at + 3]))):
                near = "\n".join(document.lines[max(0, at - _NEAR) : at + 3 + _NEAR])
                found = (match for match in _REPOSITORY.finditer(near))
                yield from (m["address"] for m in found if normal(m["name"]) not in self._own)

    @cached_property
    def _own(self) -> frozenset[str]:
        """Its own names: of its folder, its manifest and its README's title."""
        manifest = (component.name for component in self._components.all if not component.folder)
        titles = (d.headings[0].text for d in self._documents.artifact("readme").documents[:1] if d.headings)
        return frozenset(normal(name) for name in (self._files.root.name, *manifest, *titles))
