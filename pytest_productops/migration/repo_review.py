"""repo-review: `[tool.repo-review]` in pyproject.toml, and the checks of sp-repo-review.

`select` is a list, `ignore` a list or a table of reasons; both name checks or the letters that they begin with, `*` is
all (https://github.com/scientific-python/repo-review/blob/main/docs/intro.md, "Configuration", and
src/repo_review/checks.py, `is_allowed`). Without a configuration every check runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats import toml
from pytest_productops.lazy import dataclass, regex
from pytest_productops.migration.model import Asked, Configured, Table
from pytest_productops.migration.reading import Source, load, sound, texts
from pytest_productops.model import Location
from pytest_productops.policy.problems import Problem
from pytest_productops.repository import Repository

FILE = "pyproject.toml"
_BASE = ("tool", "repo-review")
_COMMENT = regex(r"[\"'],?[^\"'#\n]*#\s*(.*)")


@dataclass(frozen=True)
class _Wanted:
    """A selector: what it names, where it stands, and the reason beside it."""

    name: str
    place: Location
    reason: str = ""

    def matches(self, check: str) -> bool:
        return self.name in {"*", check, check.rstrip("0123456789")}


def read(repository: Repository, table: Table) -> Configured:
    """Return what is asked; raise `ConfigurationError` where the table cannot be read."""
    files = repository[Files]
    source = load(files, FILE) if FILE in files else Source(FILE, {})
    settings = _table(source)
    if isinstance(settings, Problem):
        sound([settings])
    if not isinstance(settings, dict):
        return Configured("", tuple(Asked(name, like=name) for name in table.rules))
    select = sound(_select(source, settings.get("select", [])))
    ignore = sound(_ignore(source, settings.get("ignore", [])))
    return Configured(FILE, tuple(_asked(table, select, ignore)))


def _table(source: Source) -> dict[str, Any] | Problem | None:
    """Return `[tool.repo-review]`, None without one, or what is wrong with it."""
    found: Any = source.data
    for end, key in enumerate(_BASE, 1):
        found = found.get(key)
        if found is None or isinstance(found, dict):
            if found is None:
                return None
            continue
        return source.wrong(f"[{'.'.join(_BASE[:end])}] is no table", *_BASE[:end])
    return found if isinstance(found, dict) else None


def _select(source: Source, value: Any) -> Iterator[_Wanted | Problem]:
    if texts(value) is None:
        yield source.wrong("select is no list of checks", *_BASE, "select")
        return
    for index, name in enumerate(value):
        yield _Wanted(name, source.at(*_BASE, "select", index))


def _ignore(source: Source, value: Any) -> Iterator[_Wanted | Problem]:
    """Yield what is ignored with its reason: the table's, or the comment behind an item of the list."""
    if isinstance(value, dict):
        for name, reason in value.items():
            place = source.at(*_BASE, "ignore", name)
            if isinstance(reason, str):
                yield _Wanted(name, place, reason.strip())
            else:
                yield source.wrong(f"the reason of {name} is no text", *_BASE, "ignore", name)
    elif texts(value) is None:
        yield source.wrong("ignore is neither a list of checks nor a table of reasons", *_BASE, "ignore")
    else:
        for index, name in enumerate(value):
            place = source.at(*_BASE, "ignore", index)
            yield _Wanted(name, place, _comment(source, place.line, name))


def _comment(source: Source, line: int, name: str) -> str:
    """Return the comment behind an item that stands alone on its line."""
    text = source.loaded.text.split("\n")[line - 1] if isinstance(source.loaded, toml.Loaded) else ""
    match = re.search(rf"[\"']{re.escape(name)}{_COMMENT.pattern}", text)
    return match[1].strip() if match else ""


def _asked(table: Table, select: tuple[_Wanted, ...], ignore: tuple[_Wanted, ...]) -> Iterator[Asked]:
    """Yield the checks of the table, then the selectors that name none of them."""
    for name in table.rules:
        chosen = next((each for each in select if each.matches(name)), None)
        left_out = next((each for each in ignore if each.matches(name)), None)
        if left_out:
            why = left_out.reason or f"ignored at {left_out.place}, which gives no reason"
            yield Asked(name, why, left_out.place, name)
        elif select and not chosen:
            yield Asked(name, f"not in select of {select[0].place}", select[0].place, name)
        else:
            yield Asked(name, place=chosen.place if chosen else None, like=name)
    for each in ignore:
        if not any(each.matches(name) for name in table.rules):
            yield Asked(
                each.name, each.reason or f"ignored at {each.place}, which gives no reason", each.place
            )
    for each in select:
        if not any(each.matches(name) for name in table.rules):
            yield Asked(each.name, place=each.place)
