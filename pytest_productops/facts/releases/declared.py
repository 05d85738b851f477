"""Declared versions: what manifests, packages, lock files and documentation say of a component's version."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.components import Component
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.manifests import Manifest, Manifests
from pytest_productops.facts.releases.versions import Version, parse
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable

_LITERAL = regex(r"^__version__(?:\s*:\s*\w+)?\s*=\s*[\"']([^\"'\n]{1,60})[\"']", re.MULTILINE)
_CONF = regex(r"^release\s*=\s*[\"']([^\"'\n]{1,60})[\"']", re.MULTILINE)
_NPM_LOCK = regex(r"\A\{\s*\"name\": \"([^\"\n]*)\",\s*\"version\": \"([^\"\n]{1,60})\"")
_TOML_LOCK = (
    r"\[\[package\]\]\nname = \"{name}\"\nversion = \"([^\"\n]{{1,60}})\"\nsource = (?:\{{ ?(?:editabl"
    r"e|virtual) = \"\.\")"
)
_CARGO_LOCK = r"\[\[package\]\]\nname = \"{name}\"\nversion = \"([^\"\n]{{1,60}})\"\n(?!source)"
_NEVER = regex(r"0\.0\.0|0\.0\.1?-|.*(?:semantic|placeholder|develop(?!\w)|managed)", re.IGNORECASE)
_STRICT = frozenset({"python", "rust"})
MAX_LOCK = 2_000_000
"""Longest lock file that is searched, in characters."""


@dataclass(frozen=True)
class Declared:
    """A version that a file declares; `kind` says what the file is to the component."""

    version: Version
    location: Location
    kind: str


class DeclaredVersions(Fact):
    """The versions that a component's files declare. A placeholder (`0.0.0`) and a made version are none."""

    def __init__(self, files: Files, manifests: Manifests, git: Git | None = None) -> None:
        self._files = files
        self._manifests = manifests
        self._git = git

    @classmethod
    def gather(cls, repository: Repository) -> DeclaredVersions:
        """Never fails."""
        try:
            git: Git | None = repository[Git]
        except Unavailable:
            git = None
        return cls(repository[Files], repository[Manifests], git)

    def manifests(self, component: Component) -> tuple[Manifest, ...]:
        """Return the manifests of a component that say which version it has, and mean it."""
        return tuple(each for each in self._manifests.within(component.folder) if _meant(each))

    def private(self, component: Component) -> bool:
        """Whether a component below the root says that it is never published."""
        holders = self._manifests.within(component.folder) if component.folder else ()
        return bool(holders) and all(each.private for each in holders)

    def of(self, component: Component) -> tuple[Declared, ...]:
        """Return every declaration, manifests first. Manifests of different names are different packages."""
        holders = self.manifests(component)
        found = [
            Declared(version, each.version_at, "manifest")
            for each in holders
            if (version := parse(each.version))
        ]
        for holder in holders[:1]:
            found += [*self._python(holder), *self._conf(holder)]
        names = {_plain(each.name) for each in holders}
        return tuple(found) if len(names) <= 1 else ()

    def locked(self, component: Component) -> tuple[tuple[Declared, Declared], ...]:
        """Return each manifest of a component with what its own lock file says of the package itself.

        uv and Cargo refuse a lock with another version, be the package private or not.
        """
        holders = (replace(each, private=each.private and each.ecosystem not in _STRICT)
                   for each in self._manifests.within(component.folder))  # fmt: skip
        return tuple(
            (Declared(version, each.version_at, "manifest"), lock)
            for each in holders
            if _meant(each) and (version := parse(each.version))
            for lock in self._locks(each)
        )

    def _python(self, holder: Manifest) -> Iterator[Declared]:
        """Yield `__version__` of the package that a Python manifest is for."""
        if holder.ecosystem != "python" or not holder.name:
            return
        name = re.sub(r"[-.]+", "_", holder.name)
        for parent in ("src", ""):
            for file in ("__init__.py", "__about__.py", "_version.py", "version.py", "__version__.py"):
                path = posixpath.normpath(posixpath.join(holder.folder, parent, name, file))
                yield from self._literal(self._files.find(path) or "", _LITERAL, "`__version__`")

    def _conf(self, holder: Manifest) -> Iterator[Declared]:
        """Yield the release that a Sphinx site says it documents."""
        for folder in ("docs", "doc", "docs/source", "doc/source"):
            yield from self._literal(
                posixpath.normpath(posixpath.join(holder.folder, folder, "conf.py")),
                _CONF,
                "the documentation",
            )

    def _literal(self, path: str, pattern: re.Pattern[str], kind: str) -> Iterator[Declared]:
        text = self._read(path)
        match = pattern.search(text)
        version = parse(match[1]) if match else None
        if match and version and not _NEVER.match(match[1]):
            yield Declared(version, Location(path, text.count("\n", 0, match.start()) + 1), kind)

    def _locks(self, holder: Manifest) -> Iterator[Declared]:
        """Yield the version of the package itself in its lock file."""
        for path in holder.locks:
            name, text = posixpath.basename(path), self._read(path)
            if len(text) > MAX_LOCK:
                continue
            match = None
            if name in {"package-lock.json", "npm-shrinkwrap.json"}:
                match = _NPM_LOCK.match(text)
                match = match if match and match[1] == holder.name else None
            elif name in {"uv.lock", "Cargo.lock"} and holder.name:
                pattern, own = (
                    (_TOML_LOCK, _pep503(holder.name)) if name == "uv.lock" else (_CARGO_LOCK, holder.name)
                )
                match = re.search(pattern.format(name=re.escape(own)), text)
            version = parse(match[match.lastindex or 1]) if match else None
            if match and version:
                yield Declared(
                    version, Location(path, text.count("\n", 0, match.start()) + 2), "the lock file"
                )

    def at(self, tag: str, holder: Manifest) -> Version | None:
        """Return the version that a manifest declared at a tag, where the same line can be read there."""
        if self._git is None or not holder.version_at.line:
            return None
        try:
            text = self._git.run("show", f"refs/tags/{tag}:{holder.path}").decode(errors="replace")
            now = self._read(holder.version_at.path).split("\n")[holder.version_at.line - 1]
        except (Unavailable, IndexError):
            return None
        before, _, after = now.partition(holder.version)
        if not before.strip():
            return None
        match = re.search(rf"(?m)^{re.escape(before)}([\w.+!-]+?){re.escape(after)}\s*$", text)
        return parse(match[1]) if match else None

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path) if path in self._files else ""
        except Unreadable:
            return ""


def _meant(manifest: Manifest) -> bool:
    """Whether a manifest's version is written by hand or by a tool for releases."""
    if manifest.problem or manifest.dynamic or manifest.private or not manifest.version:
        return False
    return parse(manifest.version) is not None and not _NEVER.match(manifest.version)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.rpartition("/")[2].lower())


def _pep503(name: str) -> str:
    """Return the name of a Python package as its index compares it (https://peps.python.org/pep-0503/)."""
    return re.sub(r"[-_.]+", "-", name).lower()
