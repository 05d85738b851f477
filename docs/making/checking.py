"""The links of the finished site: each leads to a file that is there, and to an anchor that it has."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

MADE_BY_SCRIPTS = frozenset({"genindex.html", "search.html"})
"""Pages whose own anchors are made by the theme."""


class _Page(HTMLParser):
    """The anchors of a page, and what it links to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value or "")
            elif name in {"href", "src"} and value:
                self.targets.append(value)


def dead(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the page and what is wrong, for each link within the site that leads nowhere."""
    paths = sorted(site.rglob("*.html"))
    pages = {path.relative_to(site).as_posix(): _Page(path.read_text("utf-8")) for path in paths}
    for name, page in pages.items():
        for target in dict.fromkeys(page.targets):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            path = posixpath.normpath(f"{name}/../{unquote(parts.path)}") if parts.path else name
            if not (site / path).is_file():
                yield name, f"{target} is not there"
            elif parts.fragment and path in pages and unquote(parts.fragment) not in pages[path].anchors:
                yield name, f"{target}: {path} has no such anchor"


def loaded_from_elsewhere(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the page and the address of whatever a browser would fetch from another site to show it."""
    for path in sorted(site.rglob("*.html")):
        loads = _Loads(path.read_text("utf-8"))
        yield from ((path.relative_to(site).as_posix(), target) for target in loads.found)


class _Loads(HTMLParser):
    """What a page loads by itself from other sites: scripts, styles, pictures, frames."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        styled = tag == "link" and given.get("rel") == "stylesheet"
        target = given.get("href") if styled else given.get("src")
        if target and urlsplit(target).netloc:
            self.found.append(target)
