"""By which names and addresses a repository is known, going by its manifests, settings and own words."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from urllib.parse import urlsplit

from pytest_productops.facts.commands.toml import load, table
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex

FORGE = regex(
    r"(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)[/:][\w.-]+/([\w.-]+?)(?:\.git)?(?=[/#?)\s\"'>]|$)"
)
_MANIFESTS = ("package.json", "pyproject.toml", "setup.cfg", "go.mod", "Cargo.toml", "composer.json")
_PAGES = regex(
    r"(?i)(?:homepage|documentation|docs|website|site_url|url)[\"']?\s*[=:]\s*[\"']?(https?://[^\s\"',]+)"
)
_FRONT = regex(r"(?i)(?:(?:\.github|docs)/)?(?:readme|contributing)(?:\.\w+)?\Z")
_OFTEN = 3
_LONG = 4
"""Shortest name that makes a host the project's own, as in `invoices.example.org`."""


def normal(name: str) -> str:
    """Return a repository's or package's name as they are compared."""
    return re.sub(r"[-_.\s]+", "-", name.rpartition("/")[2]).strip("-").lower()


def declared(files: Files) -> Iterator[str]:
    """Yield the names that manifests give, and those of the repositories that they link to."""
    for path in _MANIFESTS:
        with suppress(Unreadable, ValueError, RecursionError):
            yield from _names_in(path, files.read(path) if path in files else "")


def _names_in(path: str, text: str) -> Iterator[str]:
    if path.endswith(".toml") and text:
        data = load(text)
        tables = (table(data, "project"), table(data, "tool", "poetry"), table(data, "package"))
        yield from (str(each.get("name") or "") for each in tables)
    elif path.endswith(".json") and text:
        data = json.loads(text)
        yield str(data.get("name") or "") if isinstance(data, dict) else ""
    elif path == "go.mod":
        yield from re.findall(r"^module\s+(\S+)", text, re.MULTILINE)[:1]
    else:
        yield from re.findall(r"^name\s*=\s*(\S+)", text, re.MULTILINE)[:1]
    if path != "go.mod":
        yield from (match[1] for match in FORGE.finditer(text[:20_000]))


class Identity:
    """The names and hosts of one repository."""

    def __init__(self, files: Files) -> None:
        self._files = files

    @cached_property
    def names(self) -> frozenset[str]:
        """The names under which it may be cloned: its folder's, its packages' and the one most linked to."""
        found = {self._files.root.name, *declared(self._files)}
        linked: Counter[str] = Counter()
        for path in filter(_FRONT.match, self._files.paths):
            with suppress(Unreadable):
                linked.update(match[1] for match in FORGE.finditer(self._files.read(path)[:200_000]))
        most = max(linked.values(), default=0)
        found.update(name for name, count in linked.items() if count == most >= _OFTEN)
        return frozenset(normal(name) for name in found if name)

    @cached_property
    def _hosts(self) -> frozenset[str]:
        found = set[str]()
        for path in _MANIFESTS:
            with suppress(Unreadable):
                text = self._files.read(path)[:100_000] if path in self._files else ""
                found.update(urlsplit(match[1]).netloc.lower() for match in _PAGES.finditer(text))
        return frozenset(host for host in found if not FORGE.match(f"{host}/a/b") and "." in host)

    def owns(self, url: str) -> bool:
        """Whether an address is on the project's own site: declared, or with its name as host or first folder."""
        host, _, path = url.partition("://")[2].lower().partition("/")
        if not host or FORGE.match(url.partition("://")[2]):
            return False
        names = {name for name in self.names if len(name) >= _LONG}
        shared = host.endswith((".github.io", ".gitlab.io", ".pages.dev"))
        first = normal(path.partition("/")[0])
        labels = {normal(label) for label in host.split(".")}
        return host in self._hosts or bool(names & labels) or (shared and first in names)
