"""Relative links of the process documents, and those that lead nowhere."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from pytest_productops.facts.documents import Document, Link
from pytest_productops.facts.documents.resolving import SCHEME
from pytest_productops.facts.history import Removal
from pytest_productops.facts.links.scope import Scope
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_NO_PATH = regex(r"[#?~@$!]|.*(?:[\s{}<>|*]|\$\(|%\(|\.\.\.)")
_SPACED = regex(r"[\w./-]+(?: [\w./-]+){1,12}\.(?:md|rst|adoc|org|txt|pdf|png|jpe?g|svg)(?:#[\w-]+)?")
"""A file with blanks in its name, which only `<a b.md>` and `a&#32;b.md` write."""
_HOST = regex(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|ai|co|me|edu|gov|app)(?:[/:]|\Z)|[\w.+-]+@[\w-]+\.\w"
)
_FILE = regex(
    r"(?i).*\.(?:md|markdown|mdx|rst|adoc|org|txt|png|jpe?g|gif|svg|webp|ico|pdf|csv|py|pyi|ipynb|[cm]?[jt]sx?|vue|css|scss"
    r"|ya?ml|json5?|toml|cfg|ini|lock|sh|bash|ps1|bat|go|rs|java|kt|rb|php|exs?|c|h|cc|cpp|hpp|swift|sql|tf|zip|mod)\Z"
)
"""What a site does not route: in one, `a/b`, `a.html` and `package.Class` are known to its generator alone."""


@dataclass(frozen=True)
class Dead:
    """A relative link that leads nowhere: where it should lead (from the root), and what is known of that.

    `alike` is a file whose path differs only by case, `host` tells that the link is an address without `https://`.
    """

    document: Document
    link: Link
    path: str
    alike: str = ""
    removal: Removal | None = None
    host: bool = False


class Links(Fact):
    """The relative links of the process documents and of the contributor guide."""

    quick = True

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @classmethod
    def gather(cls, repository: Repository) -> Links:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository[Scope])

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents whose links are judged."""
        return self._scope.judged

    @cached_property
    def relative(self) -> tuple[tuple[Document, Link], ...]:
        """The links that are paths within the repository."""
        return tuple(
            (document, link)
            for document in self.documents
            for link in document.links
            if _is_path(link.target)
        )

    @cached_property
    def dead(self) -> tuple[Dead, ...]:
        """The links that certainly lead nowhere, one a document and target."""
        found = {}
        for document, link in self.relative:
            key = document.path, link.target
            if key not in found and (dead := self._dead(document, link)):
                found[key] = dead
        return tuple(found.values())

    def _dead(self, document: Document, link: Link) -> Dead | None:
        if self._scope.documents.resolve(document, link.target) is not None:
            return None
        target = unquote(link.target.partition("#")[0].partition("?")[0])
        path = posixpath.normpath(
            posixpath.join(posixpath.dirname(document.path), target)
            if target[:1] != "/"
            else target.lstrip("/")
        )
        if path.startswith("..") or self._elsewhere(document, target, path) or self._scope.made(path):
            return None
        return Dead(
            document,
            link,
            path,
            self._scope.files.find(path) or "",
            self._scope.removal(path),
            bool(_HOST.match(target)),
        )

    def _elsewhere(self, document: Document, target: str, path: str) -> bool:
        """Whether a generator, which knows other places, may find what is not where the link says."""
        site = self._scope.documents.site(document.path)
        if site and (target.startswith("/") or not _FILE.match(target) or document.format == "rst"):
            return True
        name = PurePosixPath(path)
        rendered = name.suffix in {".html", ".htm"} or "mix.exs" in self._scope.files
        if rendered and name.stem.lower() in self._stems:
            return True
        shown = (replace(document, path=other) for other in self._scope.shown(document.path))
        return any(self._scope.documents.resolve(each, target) for each in shown)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(PurePosixPath(path).stem.lower() for path in self._scope.documents.paths)


def _is_path(target: str) -> bool:
    target = target.strip()
    target = target.replace(" ", "-") if _SPACED.fullmatch(target) else target
    return bool(target) and not SCHEME.match(target) and not _NO_PATH.match(target)
