"""pre-commit's configuration, and whether pre-commit.ci or another hosted service runs it (https://pre-commit.ci)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import yaml
from pytest_productops.facts.quality.model import Kind, Setting
from pytest_productops.facts.quality.tools import of_command
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Repository, Unavailable

CONFIG = (".pre-commit-config.yaml", ".pre-commit-config.yml", "prek.toml")
RECENT = 3000
"""Newest commits that are searched for those of pre-commit.ci."""
IDLE = datetime.timedelta(days=365)
"""Age of its last commit, counted from the newest one, at which pre-commit.ci is held to be switched off."""
_BADGE = regex(r"results\.pre-commit\.ci/")
_HOSTED = (".styleci.yml", ".hound.yml", ".restyled.yaml", ".restyled.yml", ".lintly.yml", ".pronto.yml")


@dataclass(frozen=True)
class Hook:
    """A pre-commit hook that is a linter, formatter or type checker; `manual`: it runs only when asked for."""

    id: str
    tool: str
    kind: Kind
    location: Location
    manual: bool = False


@dataclass(frozen=True)
class Hooks:
    """The hooks; `hosted` is the place that tells that pre-commit.ci runs them, `skipped` those that it leaves out."""

    config: Location | None = None
    hooks: tuple[Hook, ...] = ()
    hosted: Location | None = None
    why: str = ""
    skipped: frozenset[str] = frozenset()
    known: bool = True
    """Whether the history could be asked for commits of pre-commit.ci."""


def read(repository: Repository) -> Hooks:
    """Read the configuration; one that cannot be read holds no hooks."""
    files = repository[Files]
    path = next((path for path in CONFIG if path in files), "")
    if not path or path.endswith(".toml"):
        return Hooks(Location(path) if path else None)
    try:
        document = yaml.read(files.read(path), path).value
    except (Unreadable, yaml.YamlError):
        return Hooks()
    if not isinstance(document, yaml.Map):
        return Hooks()
    ci = document.get("ci")
    skipped = ci.get("skip") if isinstance(ci, dict) else None
    hosted: Location | None = Location(path, document.keys_at.get("ci", 1))
    why, known = "`ci:` of pre-commit.ci", True
    if "ci" not in document:
        hosted, why, known = _other_sign(repository)
    return Hooks(
        Location(path, 1),
        tuple(_hooks(document, path)),
        hosted,
        why,
        frozenset(str(one) for one in skipped) if isinstance(skipped, list) else frozenset(),
        known,
    )


def _hooks(document: yaml.Map, path: str) -> Iterator[Hook]:
    for repo in _maps(document.get("repos")):
        for hook in _maps(repo.get("hooks")):
            found = _tool(hook)
            if found:
                stages = hook.get("stages")
                manual = isinstance(stages, list) and set(map(str, stages)) == {"manual"}
                yield Hook(str(hook.get("id")), *found, Location(path, hook.line), manual)


def _tool(hook: yaml.Map) -> tuple[str, Kind] | None:
    entry, name = str(hook.get("entry") or ""), str(hook.get("id") or "-")
    for text in (entry, name, name.partition("-")[0]):
        words = tuple(text.split()[:12])
        found = of_command(words) if words else None
        if found:
            return found
    return None


def _maps(value: Any) -> Iterator[yaml.Map]:
    yield from (one for one in value if isinstance(one, yaml.Map)) if isinstance(value, list) else ()


def _other_sign(repository: Repository) -> tuple[Location | None, str, bool]:
    """Return what else tells of pre-commit.ci (its badge, its commits), and whether the history could be asked."""
    files = repository[Files]
    for path in files.paths:
        if "/" not in path and path.lower().startswith("readme"):
            try:
                text = files.read(path)
            except Unreadable:
                continue
            match = _BADGE.search(text)
            if match:
                return (
                    Location(path, text.count("\n", 0, match.start()) + 1),
                    "its badge of pre-commit.ci",
                    True,
                )
    commits = _commits(repository)
    if commits:
        return Location(CONFIG[0], 1), "commits of pre-commit.ci", True
    return None, "", commits is not None


def _commits(repository: Repository) -> bool | None:
    """Whether pre-commit.ci still commits, as the newest commits tell (no diff is read); None: nobody can say."""
    try:
        git = repository[Git]
        if git.shallow:
            return None
        out = git.run(
            "log", f"--max-count={RECENT}", "--no-show-signature", "--date=short", "--format=%cd%x1f%an"
        )
    except Unavailable:
        return None
    rows = [line.split("\x1f", 1) for line in out.decode(errors="replace").splitlines() if "\x1f" in line]
    days = [day for day, author in rows if author.startswith("pre-commit-ci")]
    try:
        return bool(days) and _day(rows[0][0]) - _day(days[0]) <= IDLE
    except ValueError:
        return None


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def hosted_linters(files: Files) -> Iterator[Setting]:
    """Yield the settings of services that lint each change."""
    yield from (
        Setting(path.strip(".").partition(".")[0], Location(path, 1)) for path in _HOSTED if path in files
    )
