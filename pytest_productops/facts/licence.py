"""Licence: the texts in the tree that say what others may do with the product.

Names: https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/licensing-a-repository,
https://reuse.software/spec/ (`LICENSES/`), Debian's `debian/copyright`. A name in package metadata is no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_NAME = regex(
    r"(?:[a-z0-9.]+[-_ ])*(?:un)?licen[cs]es?(?:[-_ .][\w.+-]*)?\Z"
    r"|copying(?:[-_ .][\w.+-]*)?\Z|copyright(?:\.\w+)?\Z|eula(?:\.\w+)?\Z"
    r"|(?:mit|[al]?gpl|apache|bsd|mpl|epl|eupl|cc0|cc-by)(?:[-_ .]?v?[\d.]+)?(?:\.(?:txt|md))?\Z",
    re.IGNORECASE,
)
_OTHERS = regex(r"third|3rd|template|header|vendor|check|dep[es]|allowed|report|exception", re.IGNORECASE)
_CODE = regex(
    r"\.(?:py|js|mjs|cjs|jsx?|tsx?|go|rs|rb|php|java|kt|cs?|cc|cpp|h|hpp|sh|ps1|ya?ml|json|toml|xml|csv|erb|ex|exs"
    r"|vue|svelte|scss|css|png|svg|lock|cfg|ini|conf|in|tmpl|hcl|tf)\Z",
    re.IGNORECASE,
)
_FOLDERS = regex(r"(?:|licen[cs]es?/|legal/|docs?/|documentation/|\.github/|debian/)\Z", re.IGNORECASE)
_PACKAGES = regex(
    r"(?:package\.json|pyproject\.toml|setup\.(?:py|cfg)|Cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?"
    r"|composer\.json|mix\.exs|.*\.(?:gemspec|csproj|podspec|cabal))\Z"
)
_WHOLE = regex(
    r"Permission is hereby granted, free of charge"
    r"|Redistribution and use in source and binary forms"
    r"|This is free and unencumbered software released into the public domain"
    r"|Permission to use, copy, modify, and(?:/or)? distribute this software",
    re.IGNORECASE,
)
"""How the texts that fit into a README begin: MIT, BSD, Unlicense, ISC."""


class Licence(Fact):
    """The licence's texts."""

    def __init__(self, files: Files) -> None:
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Licence:
        """Find them; never fails."""
        return cls(repository[Files])

    @cached_property
    def texts(self) -> tuple[Location, ...]:
        """Where they are, the nearest to the root first; in a README only where no file is one."""
        found = sorted(self._named(), key=lambda path: (path.count("/"), path))
        said = (Location(path) for path in found if self._read(path).strip())
        return tuple(said) or tuple(self._quoted())

    @cached_property
    def hollow(self) -> tuple[str, ...]:
        """Files that are named so and are empty."""
        return tuple(path for path in self._named() if not self._read(path).strip())

    def _named(self) -> Iterator[str]:
        for path in self._files:
            folder, slash, name = path.rpartition("/")
            reuse = folder == "LICENSES" and name.endswith((".txt", ".md"))
            if (
                not (reuse or _NAME.match(name))
                or _CODE.search(name)
                or _OTHERS.search(name)
                or not own_words(path)
            ):
                continue
            if _FOLDERS.match(folder + slash) or folder in self._packages:
                yield path

    @cached_property
    def _packages(self) -> frozenset[str]:
        """The folders that hold a package of their own."""
        parts = (path.rpartition("/") for path in self._files)
        return frozenset(folder for folder, _, name in parts if _PACKAGES.match(name))

    def _quoted(self) -> Iterator[Location]:
        for path in self._files.matching("readme", "readme.*"):
            if "/" not in path and (match := _WHOLE.search(self._read(path))):
                yield Location(path, self._read(path).count("\n", 0, match.start()) + 1)

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""
