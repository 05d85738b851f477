"""Shared policies: what `extends` names. A policy is an installed package, or a file of the repository.

A package has an entry point in the group `productops.policies`. Its name is the policy's, its value names a TOML file
of a package: `acme_policy:policy.toml`, or `acme_policy` alone for a `policy.toml`. None is ever fetched.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pytest_productops.catalogue import entry_points
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import dataclass
from pytest_productops.model import PolicyUsed
from pytest_productops.policy.document import Document, parse
from pytest_productops.policy.problems import Problem
from pytest_productops.suggest import did_you_mean

GROUP = "productops.policies"
DEFAULT_FILE = "policy.toml"
MOST_DEEP = 20
"""How many policies may extend each other in a chain."""
_CHAIN = " -> "


@dataclass(frozen=True)
class Shared:
    """A policy that is extended: what it says, and what a report tells of it. `name` is that which `extends` wrote.

    `rests_on` are the sources of the policies that it extends itself, directly or not.
    """

    name: str
    document: Document
    used: PolicyUsed
    rests_on: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Extended:
    """The policies below a document, from low to high, and what is wrong with how they are named."""

    policies: tuple[Shared, ...] = ()
    problems: tuple[Problem, ...] = ()


def resolve(
    document: Document, root: Path, replaced: Mapping[str, Shared] | None = None, files: Files | None = None
) -> Extended:
    """Return the policies that a document extends; one comes after those that it extends itself.

    `replaced` are policies to use instead of those that a name leads to, `files` those of the repository.
    """
    resolver = _Resolver(files or Files(root.resolve(), ()), dict(replaced or {}))
    resolver.visit(document, ())
    return Extended(tuple(resolver.found.values()), tuple(resolver.problems))


class _Resolver:
    def __init__(self, files: Files, known: dict[str, Shared]) -> None:
        self.files = files
        self.known = known
        self.found: dict[str, Shared] = {}
        self.problems: list[Problem] = []

    def visit(self, document: Document, chain: tuple[str, ...]) -> None:
        """Go through the names of a document, in order, each policy's own ones first."""
        for index, name in enumerate(self._named(document)):
            line = document.line("extends", index)
            if name in chain:
                circle = _CHAIN.join((*chain[chain.index(name) :], name))
                self.problems.append(
                    Problem(document.source, line, f"extends goes round in a circle: {circle}")
                )
            elif len(chain) >= MOST_DEEP:
                self.problems.append(
                    Problem(document.source, line, f"extends is nested over {MOST_DEEP} policies deep")
                )
            elif name not in self.found:
                self._enter(name, document, line, chain)

    def _enter(self, name: str, document: Document, line: int, chain: tuple[str, ...]) -> None:
        try:
            policy = self.known.get(name) or self._load(name)
        except _Missing as error:
            self.problems.append(Problem(document.source, line, str(error), error.hint))
            return
        self.visit(policy.document, (*chain, name))
        below = [self.found[each] for each in self._named(policy.document) if each in self.found]
        rests_on = frozenset().union(*({each.document.source, *each.rests_on} for each in below))
        self.found[name] = replace(policy, rests_on=rests_on)

    def _named(self, document: Document) -> list[str]:
        """Return the policies that a document names, as they are known here."""
        return [self._normal(written, document) for written in _names(document)]

    def _normal(self, written: str, document: Document) -> str:
        """Return a package's name as it is, a file's path from the repository's root."""
        if not is_file(written) or "://" in written:
            return written
        return posixpath.normpath(posixpath.join(posixpath.dirname(document.source), written))

    def _load(self, name: str) -> Shared:
        if "://" in name:
            raise _Missing(
                f"{name}: nothing is fetched", "install the policy as a package, or keep it as a file"
            )
        return from_file(self.files, name) if is_file(name) else _installed(name, self.files.root)


class _Missing(Exception):
    """A policy cannot be had; `hint` is what was perhaps meant."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def is_file(name: str) -> bool:
    """Whether a name in `extends` is that of a file: `./policy.toml`."""
    return name.endswith(".toml") or "/" in name


def from_file(files: Files, path: str) -> Shared:
    """Return the policy in a file of the repository."""
    try:
        text = files.read(path)
    except Unreadable as error:
        raise _Missing(f"policy {path}: {error}") from error
    return shared(path, path, "", text)


def _installed(name: str, target: Path) -> Shared:
    points = entry_points(GROUP, target)
    if name not in points:
        hint = did_you_mean(name, points) or f"pip install {name}"
        raise _Missing(f"no policy `{name}` is installed", hint)
    from importlib import resources  # noqa: PLC0415 - 6 ms that only a policy in a package should cost

    point = points[name]
    version = point.dist.version if point.dist else ""
    try:
        text = resources.files(point.module).joinpath(point.attr or DEFAULT_FILE).read_text("utf-8")
    except (Exception, SystemExit) as error:
        raise _Missing(f"policy {name} ({point.value}): {error}") from error
    return shared(name, f"{name} {version}".strip(), version, text)


def shared(name: str, source: str, version: str, text: str) -> Shared:
    """Return the policy in a text."""
    digest = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return Shared(name, parse(text, source), PolicyUsed(name, version, digest))


def _names(document: Document) -> Iterator[str]:
    written = document.data.get("extends", ())
    listed = [written] if isinstance(written, str) else written
    yield from (e for e in listed if isinstance(e, str) and e) if isinstance(listed, (list, tuple)) else ()
