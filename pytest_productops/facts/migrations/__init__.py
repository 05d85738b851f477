"""Migrations: the changes of the database's schema, and whether each can be undone.

Read are Alembic, Django, Flyway, and pairs of SQL files (golang-migrate, sqlx, Diesel). Of each folder the newest are
judged; tests and examples are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.migrations import python, sql
from pytest_productops.facts.migrations.model import Chain, Step
from pytest_productops.facts.workloads.places import aside, text_of
from pytest_productops.repository import Fact, Repository

__all__ = ["Chain", "Migrations", "Step"]


class Migrations(Fact):
    """The chains of migrations of a repository."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._paths = tuple(
            p for p in files.paths if p.endswith((".py", ".sql")) and own_words(p) and not aside(p)
        )
        self._chains = lru_cache(maxsize=8)(self._read)

    @classmethod
    def gather(cls, repository: Repository) -> Migrations:
        """Never fails: what cannot be parsed is not judged."""
        return cls(repository[Files])

    def chains(self, last: int) -> tuple[Chain, ...]:
        """Return every chain with its newest migrations, `last` of them at most, by folder."""
        return self._chains(last)

    @property
    def any(self) -> bool:
        """Whether there are migrations at all."""
        return bool(self.chains(1))

    def _read(self, last: int) -> tuple[Chain, ...]:
        found = [*self._alembic(last), *self._django(last), *self._pairs(last), *self._flyway(last)]
        return tuple(
            sorted((each for each in found if each.total), key=lambda each: (each.folder, each.tool))
        )

    def _text(self, path: str) -> str:
        return text_of(self._files, path)

    def _alembic(self, last: int) -> Iterator[Chain]:
        homes: dict[str, list[str]] = {}
        for path in self._paths:
            if match := python.ALEMBIC.match(path):
                homes.setdefault(match["home"], []).append(path)
        for folder, paths in homes.items():
            texts = {path: text for path in paths if python.is_alembic(text := self._text(path))}
            newest = python.ordered(texts)
            steps = tuple(python.alembic(path, texts[path]) for path in newest[-last:])
            yield Chain("Alembic", folder, steps, len(newest))

    def _django(self, last: int) -> Iterator[Chain]:
        for folder, paths in _by_folder(filter(python.DJANGO.match, self._paths)):
            newest = [path for path in sorted(paths)[-last:] if "migrations.Migration" in self._text(path)]
            steps = tuple(python.django(path, self._text(path)) for path in newest)
            yield Chain("Django", folder, steps, len(newest) and len(paths))

    def _pairs(self, last: int) -> Iterator[Chain]:
        ups = {path: match["stem"] for path in self._paths if (match := sql.UP.match(path))}
        for folder, paths in _by_folder(iter(ups), above=1):
            newest = sorted(paths)[-last:]
            steps = tuple(sql.paired(self._files, self._text, path, ups[path]) for path in newest)
            yield Chain("SQL", folder, steps, len(paths))

    def _flyway(self, last: int) -> Iterator[Chain]:
        versions = {path: match for path in self._paths if (match := sql.FLYWAY.match(path))}
        if any(path.rpartition("/")[2] == "Cargo.toml" for path in self._files.paths):
            return  # refinery has the same names, and no undo
        for folder, paths in _by_folder(iter(versions)):
            newest = sorted(paths, key=lambda path: sql.number(versions[path]["version"]))
            each = [(path, versions[path]) for path in newest[-last:]]
            steps = tuple(
                sql.flyway(self._files, path, match["folder"], match["version"]) for path, match in each
            )
            yield Chain("Flyway", folder, steps, len(paths))


def _by_folder(paths: Iterator[str], above: int = 0) -> Iterator[tuple[str, list[str]]]:
    """Yield paths by folder; those of a file `up.sql` alone by the folder above its own."""
    found: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        found.setdefault(folder.rpartition("/")[0] if above and name == "up.sql" else folder, []).append(path)
    yield from found.items()
