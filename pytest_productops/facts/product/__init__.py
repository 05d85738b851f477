"""Product: what kind of thing the repository makes: a library, a tool, an app, or a service that somebody deploys.

Many small signs are weighed, for each alone misleads: a library has a Dockerfile for its tests, a server is on
the package index too. Where they do not agree, the kind is unknown.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.files import Files
from pytest_productops.facts.operations.environments import Environments
from pytest_productops.facts.product import signs as product_signs
from pytest_productops.facts.product.signs import APP, Sign, Tree
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.repository import Fact, Repository

Kind = Literal["service", "package", "app", "unknown"]
SERVICE = 1
"""Weight from which on the signs say that somebody deploys it."""
PACKAGE = -1
"""Weight up to which they say that its users install it."""


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
        """What speaks for and against a service, the heaviest first.

        Words do not make a service of a package in whose tree nothing runs: a server that its users install to
        serve their own work is called a server as well.
        """
        tree = Tree(self._files)
        runs = [*product_signs.deployed(tree, self._environments), *product_signs.framed(tree)]
        packed = [*product_signs.published(self._publishing), *product_signs.packaged(tree)]
        called = product_signs.described(tree, self._documents)
        if not _for(runs) and not _for(packed) and packed:
            called = filter(lambda sign: sign.weight < 0, called)
        return tuple(sorted((*runs, *packed, *called), key=lambda sign: -abs(sign.weight)))

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
        return "; ".join(f"{sign.note} ({sign.location})" for sign in said)


def _for(signs: list[Sign]) -> bool:
    """Whether any sign speaks for a service."""
    return any(sign.weight > 0 for sign in signs)
