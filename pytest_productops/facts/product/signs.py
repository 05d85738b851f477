"""The signs of what kind of product a repository makes; see `facts.product`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.operations.environments import Environments
from pytest_productops.facts.product import words
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

APP = "an app for devices"
ELSE = "what else it is called"
FIRST_WORDS = 700
"""How many characters of a README say what the product is."""
_LONGEST = 200_000
_BUILT = regex(r"^[^\S\n]+build:", re.MULTILINE)
_EXPOSED = regex(r"^EXPOSE\s", re.IGNORECASE | re.MULTILINE)
_SERVED = regex(r"^(?:application|app)\b.*=", re.MULTILINE)
_DEVELOPERS = regex(r"Topic :: Software Development", re.IGNORECASE)
_SPECIFICATION = regex(r"(?:[\w.-]+/)?[\w.-]+\.(?:gemspec|podspec|nuspec|cabal|rockspec|opam)\Z")
_PROGRAM = regex(r"(?:.*/)?main\.go\Z|cmd/")
_WORKSPACE = regex(r"monorepo|workspace", re.IGNORECASE)


@dataclass(frozen=True)
class Sign:
    """Something that speaks for a service (`weight` above 0) or against it."""

    weight: int
    note: str
    location: Location


class Tree:
    """The repository's own files, without tests, examples and documentation."""

    def __init__(self, files: Files) -> None:
        self.files = files

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Their paths."""
        return tuple(path for path in self.files.paths if own_words(path) and not words.ASIDE.search(path))

    def read(self, path: str) -> str:
        """Return the beginning of a file, nothing where it cannot be read."""
        try:
            return self.files.read(path)[:_LONGEST] if path in self.files else ""
        except Unreadable:
            return ""

    def named(self, pattern: re.Pattern[str], weight: int, note: str) -> Iterator[Sign]:
        """Yield a sign for the first file of a name."""
        for path in filter(pattern.match, self.paths):
            yield Sign(weight, note, Location(path))
            return

    def first(self, paths: Iterable[str], pattern: re.Pattern[str]) -> str:
        """Return the first of some files in which a pattern is found."""
        return next((path for path in paths if pattern.search(self.read(path))), "")


def deployed(tree: Tree, environments: Environments) -> Iterator[Sign]:
    """Yield what lies ready for a deployment."""
    for pattern, weight, note in (
        (words.PLATFORMS, 3, "settings of a hosting platform"),
        (words.CHART, 3, "a Helm chart"),
        (words.SYSTEMD, 2, "a unit of systemd"),
        (words.CLOUD, 2, "configuration of an infrastructure"),
    ):
        yield from tree.named(pattern, weight, note)
    for path in list(filter(words.COMPOSE.match, tree.paths))[:1]:
        if _BUILT.search(tree.read(path)):
            yield Sign(1, "a composition of containers", Location(path))
    images = list(filter(words.DOCKERFILE.match, tree.paths))
    exposed = tree.first(images, _EXPOSED)
    if exposed:
        yield Sign(2, "an image that listens", Location(exposed))
    elif images:
        yield Sign(1, "an image", Location(images[0]))
    for environment in environments.found[:1]:
        yield Sign(3, f"CI deploys to {environment.name}", environment.location)


def framed(tree: Tree) -> Iterator[Sign]:
    """Yield the frames of applications."""
    for pattern, weight, note in words.SKELETONS:
        yield from tree.named(pattern, weight, note)
    entry = tree.first(filter(words.ENTRY.match, tree.paths), words.FRAMEWORKS)
    if entry:
        yield Sign(2, "an entry point of a web framework", Location(entry))
    served = tree.first(filter(words.WSGI.match, tree.paths), _SERVED)
    if served:
        yield Sign(2, "the entry point of a web server", Location(served))
    yield from tree.named(words.APP, -3, APP)


def published(publishing: Publishing) -> Iterator[Sign]:
    """Yield where CI publishes it."""
    kinds = {each.what: each for each in reversed(publishing.all)}
    index = next((each for what, each in kinds.items() if what in words.INDEXES), None)
    if index:
        yield Sign(-2, f"published to {index.what}", index.location)
    if "a container image" in kinds:
        yield Sign(1, "an image is published", kinds["a container image"].location)


def packaged(tree: Tree) -> Iterator[Sign]:
    """Yield manifests that are made for publishing."""
    said: set[str] = set()
    for path, pattern, weight, note in words.PACKAGED:
        text = tree.read(path)
        private = '"private": true' in text or "publish = false" in text
        if note not in said and pattern.search(text) and not private:
            said.add(note)
            yield Sign(-weight, note, Location(path))
    classified = tree.first(("pyproject.toml", "setup.py", "setup.cfg"), _DEVELOPERS)
    if classified:
        yield Sign(-2, "its classifiers are those of a developers' package", Location(classified))
    yield from tree.named(_SPECIFICATION, -4, "a package's specification")
    if "go.mod" in tree.files and not any(map(_PROGRAM.match, tree.paths)):
        yield Sign(-3, "a Go module without a program", Location("go.mod"))


def described(tree: Tree, documents: Documents) -> Iterator[Sign]:
    """Yield what manifest and README call it: the first noun counts most."""
    for path, text in _texts(tree, documents):
        nouns = list(words.NOUNS.finditer(text))[:4]
        if not nouns:
            continue
        weight = 3 if nouns[0]["service"] else -3
        weight += (
            2 if nouns[0][0].strip().lower().startswith("self") else 0
        )  # its users are those who deploy it
        yield Sign(weight, f"called a {nouns[0][0].strip().lower()}", Location(path))
        others = sum(1 if noun["service"] else -1 for noun in nouns[1:])
        if others:
            yield Sign(1 if others > 0 else -1, ELSE, Location(path))


def _texts(tree: Tree, documents: Documents) -> Iterator[tuple[str, str]]:
    for path in words.MANIFESTS:
        match = words.DESCRIPTION.search(tree.read(path))
        if match and not _WORKSPACE.search(match[1]):
            yield path, match[1]
            break
    for readme in documents.artifact("readme").documents[:1]:
        yield readme.path, _opening(readme)


def _opening(document: Document) -> str:
    """Return the first words of a README's running text that say what it is, if they do before it is installed."""
    headings = (h.line for h in document.headings[1:] if words.INSTALLING.search(h.text))
    before = _says(document, next(headings, len(document.lines)))
    if words.NOUNS.search(before):
        return before
    return words.INSTALLER.sub("", _says(document, len(document.lines)))


def _says(document: Document, end: int) -> str:
    """Return the first running text up to a line, from where it says what the product is."""
    text = " ".join(prose.text for prose in document.prose[:40] if prose.line <= end)[: 2 * FIRST_WORDS]
    says = words.IS.search(text)
    return text[says.start() if says else 0 :][:FIRST_WORDS]
