"""Skips: the tests of a repository that are skipped whatever the surroundings, with the reasons that are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.skips import lines, python
from pytest_productops.facts.skips.model import Skip
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

__all__ = ["Skip", "Skips"]
_READERS: tuple[tuple[str, Callable[[str, str], Iterator[Skip]]], ...] = (
    (r"(?:.*/)?(?:test_[^/]*|[^/]*_test|tests?|conftest)\.py|(?:.*/)?tests?/.*\.py", python.skips),
    (
        r".*[._-](?:test|spec|e2e|cy)\.[cm]?[jt]sx?|(?:.*/)?(?:__tests__|tests?|spec|e2e|cypress)/.*\.[cm]?[jt]sx?",
        lines.javascript,
    ),
    (r".*_test\.go", lines.go),
    (r".*\.rs", lines.rust),
    (r"(?:.*/)?src/(?:\w*[tT]est\w*)/.*\.(?:java|kt)|.*Tests?\.(?:java|kt)", lines.jvm),
)
_MATERIAL = regex(
    r"(?:^|/)(?:examples?|samples?|templates?|benchmarks?|compile-fail|trybuild|migrations)/|\.d\.ts$|\.min\."
)
_SHOWN = regex(r"(?:^|/)(?:playgrounds?|ui)/")
"""Folders of what is tried out or compiled by tests; they hold tests where these are named so."""
_PROJECT = regex(
    r"(?:^|/)(?:e2e|tests?|integration|integration-tests|__tests__)/(?:.*/)?[^/]+/package\.json$"
)
_NAMED = regex(r"[._-](?:test|spec|e2e|cy)\.[cm]?[jt]sx?$|/__tests__/")
MAX_FILES = 20_000


@dataclass(frozen=True)
class Skips(Fact):
    """Every unconditional skip, and how many test files were read."""

    skips: tuple[Skip, ...] = ()
    files: int = 0

    @classmethod
    def gather(cls, repository: Repository) -> Skips:
        """Read every test file; never fails, and what cannot be read has no skips."""
        files = repository[Files]
        chosen = list(_chosen(files))[:MAX_FILES]
        found = [skip for path, read in chosen for skip in _read(files, path, read)]
        return cls(tuple(found), len(chosen))


def _chosen(files: Files) -> Iterator[tuple[str, Callable[[str, str], Iterator[Skip]]]]:
    readers = [(regex(pattern), reader) for pattern, reader in _READERS]
    material = _projects(files) | {
        path.rpartition("/__snapshots__/")[0] for path in files if "/__snapshots__/" in path
    }
    for path in files:
        shown = _SHOWN.search(path) and not _NAMED.search(path)
        if own_words(path) and not _MATERIAL.search(path) and not shown:
            reader = next((reader for pattern, reader in readers if pattern.fullmatch(path)), None)
            if reader and not (reader is lines.javascript and _is_material(path, material)):
                yield path, reader


def _projects(files: Files) -> set[str]:
    """Return the folders of the little projects that tests are run on."""
    return {path.rpartition("/")[0] for path in files if _PROJECT.search(path)}


def _is_material(path: str, material: set[str]) -> bool:
    """Whether a file is what tests are run on: in a project below the tests, or beside snapshots and no test."""
    folders = [path[:at] for at, letter in enumerate(path) if letter == "/"]
    below = [folder for folder in folders if folder in material]
    return any(_PROJECT.search(f"{folder}/package.json") for folder in below) or (
        bool(below) and not _NAMED.search(path)
    )


def _read(files: Files, path: str, read: Callable[[str, str], Iterator[Skip]]) -> Iterator[Skip]:
    try:
        text = files.read(path)
    except Unreadable:
        return
    yield from read(text, path)
