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


def listed(files: Files) -> Iterator[Input]:
    """Yield each repository of hooks that is elsewhere."""
    for path in PLACES:
        data = None if path not in files or _lack(files, path) else yaml.read(files.read(path), path).value
        repos = data.get("repos") if isinstance(data, yaml.Map) else None
        for repo in repos if isinstance(repos, yaml.Seq) else ():
            if isinstance(repo, yaml.Map) and isinstance(repo.get("repo"), str) and "rev" in repo:
                rev = str(repo["rev"])
                moves = f"`{rev}` is a branch" if _BRANCH.fullmatch(rev) else ""
                place = Location(path, repo.lines["rev"])
                yield Input("hook", repo["repo"], rev, place, moves, exact=bool(_COMMIT.fullmatch(rev)))


def unread(files: Files) -> Iterator[str]:
    """Yield why a list of hooks cannot be read."""
    return (lack for path in PLACES if path in files and (lack := _lack(files, path)))


def _lack(files: Files, path: str) -> str:
    try:
        yaml.read(files.read(path), path)
    except (Unreadable, yaml.YamlError) as error:
        return str(error)
    return ""
