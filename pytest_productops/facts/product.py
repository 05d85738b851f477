"""Product: what kind of thing the repository makes: a library, a tool, an app, or a service that somebody deploys.

Many small signs are weighed, for each alone misleads: a library has a Dockerfile for its tests, a server is on
the package index too. Where they do not agree, the kind is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pytest_productops.facts import product_words as words
from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.environments import Environments
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

Kind = Literal["service", "package", "app", "unknown"]
SERVICE = 1
"""Weight from which on the signs say that somebody deploys it."""
PACKAGE = -1
"""Weight up to which they say that its users install it."""
APP = "an app for devices"
FIRST_WORDS = 700
"""How many characters of a README say what the product is."""


NOWHERE = Location("")


@dataclass(frozen=True)
class Sign:
    """Something that speaks for a service (`weight` above 0) or against it."""

    weight: int
    note: str
    location: Location = NOWHERE


class Product(Fact):
    """The signs of what the repository makes, and their sum."""

    def __init__(
        self, files: Files, documents: Documents, publishing: Publishing, environments: Environments
    ) -> None:
        self._files = files
        self._documents = documents
        self._publishing = publishing
        self._environments = environments

    @classmethod
    def gather(cls, repository: Repository) -> Product:
        """Never fails."""
        return cls(repository[Files], repository[Documents], repository[Publishing], repository[Environments])

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """What speaks for and against a service, the heaviest first."""
        found = [
            *self._deployed(),
            *self._skeletons(),
            *self._published(),
            *self._described(),
            *self._packaged(),
        ]
        return tuple(sorted(found, key=lambda sign: -abs(sign.weight)))

    @cached_property
    def weight(self) -> int:
        """The sum of the signs."""
        return sum(sign.weight for sign in self.signs)

    @cached_property
    def kind(self) -> Kind:
        """What it is, `unknown` where signs are missing or do not agree."""
        if not self.signs:
            return "unknown"
        if self.weight >= SERVICE:
            return "service"
        if self.weight > PACKAGE:
            return "unknown"
        return "app" if any(sign.note == APP for sign in self.signs) else "package"

    @property
    def because(self) -> str:
        """The signs that weigh most, in words."""
        said = [sign for sign in self.signs if (sign.weight > 0) == (self.weight > PACKAGE)][:3]
        return "; ".join(
            f"{sign.note} ({sign.location})" if sign.location.path else sign.note for sign in said
        )

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(path for path in self._files.paths if own_words(path) and not words.ASIDE.search(path))

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)[:200_000] if path in self._files else ""
        except Unreadable:
            return ""

    def _deployed(self) -> Iterator[Sign]:
        """Yield what lies ready for a deployment."""
        for pattern, weight, note in (
            (words.PLATFORMS, 3, "settings of a hosting platform"),
            (words.CHART, 3, "a Helm chart"),
            (words.SYSTEMD, 2, "a unit of systemd"),
            (words.CLOUD, 2, "configuration of an infrastructure"),
        ):
            path = next(filter(pattern.match, self._paths), "")
            if path:
                yield Sign(weight, note, Location(path))
        path = next(filter(words.COMPOSE.match, self._paths), "")
        if path and re.search(r"^\s+build:", self._read(path), re.MULTILINE):
            yield Sign(1, "a composition of containers", Location(path))
        images = [path for path in self._paths if words.DOCKERFILE.match(path)]
        exposed = next((path for path in images if re.search(r"(?im)^EXPOSE\s", self._read(path))), "")
        if images:
            yield Sign(
                2 if exposed else 1,
                "an image that listens" if exposed else "an image",
                Location(exposed or images[0]),
            )
        for environment in self._environments.found[:1]:
            yield Sign(3, f"CI deploys to {environment.name}", environment.location)

    def _skeletons(self) -> Iterator[Sign]:
        """Yield the frames of applications."""
        for pattern, weight, note in words.SKELETONS:
            path = next(filter(pattern.match, self._paths), "")
            if path:
                yield Sign(weight, note, Location(path))
        for path in filter(words.ENTRY.match, self._paths):
            if words.FRAMEWORKS.search(self._read(path)):
                yield Sign(2, "an entry point of a web framework", Location(path))
                break
        for path in filter(words.WSGI.match, self._paths):
            if re.search(r"(?m)^(?:application|app)\b.*=", self._read(path)):
                yield Sign(2, "the entry point of a web server", Location(path))
                break
        path = next(filter(words.APP.match, self._paths), "")
        if path:
            yield Sign(-3, APP, Location(path))

    def _published(self) -> Iterator[Sign]:
        """Yield where CI publishes it."""
        kinds = {each.what: each for each in reversed(self._publishing.all)}
        index = next((each for what, each in kinds.items() if what in words.INDEXES), None)
        if index:
            yield Sign(-2, f"published to {index.what}", index.location)
        if "a container image" in kinds:
            yield Sign(1, "an image is published", kinds["a container image"].location)

    def _packaged(self) -> Iterator[Sign]:
        """Yield manifests that are made for publishing."""
        said: set[str] = set()
        for path, pattern, weight, note in words.PACKAGED:
            text = self._read(path)
            if (
                note not in said
                and pattern.search(text)
                and '"private": true' not in text
                and "publish = false" not in text
            ):
                said.add(note)
                yield Sign(-weight, note, Location(path))
        for path in ("pyproject.toml", "setup.py", "setup.cfg"):
            if re.search(r"(?i)Topic :: Software Development", self._read(path)):
                yield Sign(-2, "its classifiers are those of a developers' package", Location(path))
                break
        path = next(
            (
                path
                for path in self._paths
                if re.fullmatch(r"(?:[\w.-]+/)?[\w.-]+\.(?:gemspec|podspec|nuspec|cabal|rockspec|opam)", path)
            ),
            "",
        )
        if path:
            yield Sign(-4, "a package's specification", Location(path))
        if "go.mod" in self._files and not any(
            re.search(r"(?:^|/)main\.go$|^cmd/", path) for path in self._paths
        ):
            yield Sign(-3, "a Go module without a program", Location("go.mod"))

    def _described(self) -> Iterator[Sign]:
        """Yield what manifest and README call it: the first noun counts most."""
        for path, text in self._texts():
            nouns = list(words.NOUNS.finditer(text))
            if nouns:
                first = nouns[0]
                yield Sign(
                    3 if first["service"] else -3, f"called a {first[0].strip().lower()}", Location(path)
                )
                services = sum(bool(noun["service"]) for noun in nouns[1:4])
                packages = len(nouns[1:4]) - services
                if services != packages:
                    yield Sign(1 if services > packages else -1, "what else it is called", Location(path))

    def _texts(self) -> Iterator[tuple[str, str]]:
        for path in words.MANIFESTS:
            match = words.DESCRIPTION.search(self._read(path))
            if match and not re.search(r"monorepo|workspace", match[1], re.IGNORECASE):
                yield path, match[1]
                break
        readme = next(iter(self._documents.artifact("readme").documents), None)
        if readme:
            yield readme.path, _opening(readme)


def _opening(document: Document) -> str:
    """Return the first words of a README's running text, from where it says what it is."""
    text = " ".join(prose.text for prose in document.prose[:40])[: 2 * FIRST_WORDS]
    says = words.IS.search(text)
    return text[says.start() if says else 0 :][:FIRST_WORDS]
