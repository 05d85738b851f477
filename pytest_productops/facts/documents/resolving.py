"""Where links lead inside the repository: as paths, routes of the forge, pages of a site, or labels."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from pytest_productops.facts.documents.identity import Identity, normal
from pytest_productops.facts.documents.model import Document
from pytest_productops.facts.documents.sites import Site, find
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex

SCHEME = regex(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SUFFIXES = {
    "rst": ("", ".rst", ".md", ".txt", "/index.rst", "/index.md"),
    "asciidoc": ("", ".adoc", ".asciidoc"),
}
_ROUTED = ("", ".md", ".mdx", ".rst", ".adoc", ".org", ".markdown", ".html.md", "/index.md", "/index.mdx", "/_index.md",
           "/README.md", "/readme.md", "/index.rst", "/index.adoc", "/index.html")  # fmt: skip
_FORGE_FILE = regex(
    r"https?://(?:www\.)?[^/]+/[^?#]{1,200}?/([\w.-]+)/(?:-/)?(?:blob|tree|raw|src|edit|blame)/(?:branch/|refs/heads/)?"
    r"([^?#]+?)/?(?:[?#]|\Z)"
)
_RAW_FILE = regex(r"https?://raw\.githubusercontent\.com/[^/]+/([^/]+)/(?:refs/heads/)?([^?#]+?)(?:[?#]|\Z)")
_ROUTE = regex(r"(?:\.\./)+(?:[\w.-]+/[\w.-]+/)?(?:-/)?(?:blob|tree|raw|edit|blame)/(.+)")
_ANTORA = regex(r"(?:[\w.-]+@)?(?:[\w.-]+:)?([\w.-]*):([^/:][^:]*)\Z")
_ANTORA_PAGES = regex(r"(.*?)modules/([^/]+)/(?:pages|partials)(?:/|\Z)")
_LABEL = regex(r"^[ \t]*(?:\.\. +_`?([^`:\n]{1,200})`?:[ \t]*|\(([\w:.-]{1,200})\)=[ \t]*)$", re.MULTILINE)
_LANGUAGE = regex(
    r"(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?|latest|stable|main|master|current|next|v?\d+(?:\.[\dx]+)*|docs?)\Z"
)


class Resolver:
    """Answers for one repository; what needs settings or other documents is looked up when first asked for."""

    def __init__(self, files: Files, paths: tuple[str, ...]) -> None:
        self.files = files
        self.paths = paths
        self.identity = Identity(files)

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """The sites that are made of documents of this repository."""
        return find(self.files)

    def site(self, path: str) -> Site | None:
        """Return the site that a path is a page of."""
        return next((site for site in self.sites if site.holds(path)), None)

    def resolve(self, document: Document, target: str) -> str | None:
        """Return the file or folder that a document's link leads to; None for other sites and where nothing is.

        A leading `/` is the root of the repository, of the document's site, or in reStructuredText of a
        folder above the document (https://www.sphinx-doc.org/en/master/usage/referencing.html).
        """
        target = target.strip()
        path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        if "\0" in path:
            return None
        if document.format == "asciidoc" and (found := self._antora(document, path)):
            return found
        if SCHEME.match(target):
            return self._address(target)
        if not path:
            return self._label(document, target[1:])
        return self._path(document, path.rstrip("/") or "/")

    def _path(self, document: Document, path: str) -> str | None:
        folder = posixpath.dirname(document.path)
        site = self.site(document.path)
        routed = _ROUTED if site else ("",)
        suffixes = _SUFFIXES.get(document.format, routed)
        for base, endings in self._bases(document, path, folder, site, suffixes):
            for ending in endings:
                found = self._tracked(posixpath.join(base, path.lstrip("/")) + ending)
                if found is not None:
                    return found
        return self._page_of(path, folder, site) or self._route(path)

    def _bases(
        self, document: Document, path: str, folder: str, site: Site | None, suffixes: tuple[str, ...]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the folders that a path may begin at, and the endings that it may lack there."""
        roots = site.roots if site else ()
        if not path.startswith("/"):
            yield folder, suffixes
            if document.format == "rst":
                yield from ((root, suffixes) for root in roots)
            return
        yield "", ("",)
        if document.format == "rst":
            above = (
                folder[:at] for at in range(len(folder), 0, -1) if at == len(folder) or folder[at] == "/"
            )
            yield from ((base, suffixes) for base in above)
        yield from ((root, _ROUTED) for root in roots)

    def _page_of(self, path: str, folder: str, site: Site | None) -> str | None:
        """Find a page by its address on the site: without its suffix, one folder deeper than its source."""
        if site is None or path.startswith("/"):
            return None
        stem = re.sub(r"(?:\.html?|/)\Z", "", path)
        below = posixpath.join(folder, "-", stem)
        return self._first(posixpath.join(folder, stem), _ROUTED) or self._first(below, _ROUTED)

    def _first(self, path: str, endings: tuple[str, ...]) -> str | None:
        return next(filter(None, (self._tracked(path + ending) for ending in endings)), None)

    def _route(self, path: str) -> str | None:
        """Find the file of a route of the forge: `../../blob/main/docs/a.md`."""
        route = _ROUTE.match(path)
        return self._below_branch(route[1]) if route else None

    def _below_branch(self, path: str) -> str | None:
        """Return the path behind a branch's name, which may hold `/`."""
        parts = path.split("/")
        tails = ("/".join(parts[at:]) for at in range(1, min(len(parts), 4)))
        found = next((self._tracked(unquote(tail)) for tail in tails if self._tracked(unquote(tail))), None)
        return "" if found is None and len(parts) == 1 else found

    def _address(self, url: str) -> str | None:
        """Return what is at an address: a file of the forge's repository that is this one, or a page of its site."""
        file = _FORGE_FILE.match(url) or _RAW_FILE.match(url)
        if file:
            return self._below_branch(file[2]) if normal(file[1]) in self.identity.names else None
        return self._page(url) if url.startswith("http") else None

    def _page(self, url: str) -> str | None:
        """Return the source of a page of the project's own site; never the site's front page."""
        page = re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/")
        for site in self.sites:
            if site.url and page.startswith(f"{site.url}/"):
                return self._source(page[len(site.url) + 1 :].split("/"), (site,))
        if not self.sites or not self.identity.owns(url):
            return None
        return self._source(page.split("/")[3:], self.sites)

    def _source(self, parts: list[str], within: tuple[Site, ...]) -> str | None:
        """Return the page of a path; languages, versions and the project's name in front of it may be left out."""
        parts = [unquote(re.sub(r"\.html?\Z", "", part)) for part in parts]
        while parts:
            for site in within:
                for root in site.roots:
                    found = self._first(
                        posixpath.join(root, *(part.lstrip("/") for part in parts)), _ROUTED[1:]
                    )
                    if found in self.files and found is not None and PurePosixPath(found).suffix:
                        return found
            if not _LANGUAGE.match(parts[0]) and normal(parts[0]) not in self.identity.names:
                return None
            parts = parts[1:]
        return None

    def _antora(self, document: Document, path: str) -> str | None:
        """Find a page by Antora's names: `module:page.adoc`, or relative to the module's pages."""
        here = _ANTORA_PAGES.match(document.path)
        if here is None:
            return None
        other = _ANTORA.match(path)
        module, page = (other[1] or here[2], other[2]) if other else (here[2], path)
        family, dollar, name = page.partition("$")
        kinds = (f"{family}s",) if dollar else ("pages", "images", "attachments", "partials")
        bases = (f"{here[1]}modules/{module}/{kind}" for kind in kinds)
        tried = (self._first(f"{base}/{name if dollar else page}", ("", ".adoc")) for base in bases if page)
        return next(filter(None, tried), None)

    def _label(self, document: Document, label: str) -> str:
        """Return the document that has a label of Sphinx; the document itself for its own and for unknown ones."""
        if document.format in {"rst", "markdown"} and label and unquote(label) not in document.anchors:
            return self._labels.get(unquote(label).lower(), document.path)
        return document.path

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Label of Sphinx -> the document that has it; nothing where there is no Sphinx."""
        found: dict[str, str] = {}
        if any(site.settings.endswith("conf.py") for site in self.sites):
            for path in self.paths:
                for match in _LABEL.finditer(self._text(path)):
                    found.setdefault((match[1] or match[2]).lower(), path)
        return found

    def _text(self, path: str) -> str:
        try:
            return self.files.read(path) if path.endswith((".rst", ".md", ".txt")) else ""
        except Unreadable:
            return ""

    def _tracked(self, path: str) -> str | None:
        path = posixpath.normpath(path)
        path = "" if path == "." else path
        if path == ".." or path.startswith("../"):
            return None
        if path in self.files or path in self.files.folders:
            return path
        if not any(path[:at] in self.files for at, letter in enumerate(path) if letter == "/"):
            return None  # no link of the file system is on the way
        through = real(self.files, path)
        return through if through in self.files or through in self.files.folders else None


def real(files: Files, path: str) -> str:
    """Return where links of the file system lead; the path itself where that is not in the repository."""
    try:
        target = (files.root / path).resolve()
        inside = target.relative_to(files.root).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path
    return inside if inside in files or inside in files.folders else path
