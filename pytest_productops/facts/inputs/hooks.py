"""The repositories of hooks that pre-commit runs, and their `rev` (https://pre-commit.com/#top_level-repos)."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.inputs.model import Input
from pytest_productops.lazy import regex
from pytest_productops.model import Location

PLACES = (".pre-commit-config.yaml", ".pre-commit-config.yml")
_BRANCH = regex(
    r"(?i:main|master|trunk|develop|development|dev|head|stable|latest|next|release|edge|nightly)"
)
_COMMIT = regex(r"[0-9a-f]{40}")


def read(files: Files) -> tuple[tuple[Input, ...], tuple[str, ...]]:
    """Return each repository of hooks that is elsewhere, and why lists of hooks cannot be read."""
    found: list[Input] = []
    lacks: list[str] = []
    for path in filter(files.__contains__, PLACES):
        try:
            found += _listed(yaml.read(files.read(path), path).value, path)
        except (Unreadable, yaml.YamlError) as error:
            lacks.append(str(error))
    return tuple(found), tuple(lacks)


def _listed(data: object, path: str) -> Iterator[Input]:
    repos = data.get("repos") if isinstance(data, yaml.Map) else None
    for repo in repos if isinstance(repos, yaml.Seq) else ():
        if isinstance(repo, yaml.Map) and isinstance(repo.get("repo"), str) and "rev" in repo:
            rev = str(repo["rev"])
            moves = f"`{rev}` is a branch" if _BRANCH.fullmatch(rev) else ""
            place = Location(path, repo.lines["rev"])
            yield Input("hook", repo["repo"], rev, place, moves, exact=bool(_COMMIT.fullmatch(rev)))
