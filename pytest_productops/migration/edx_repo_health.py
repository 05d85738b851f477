"""edx-repo-health: its checks, those of the repository's own, and what its dashboard shows.

It has no configuration file: every check of it runs, and every `check_*` function in a `check_*.py` below a folder
`repo_health` of the repository (https://github.com/openedx/pytest-repo-health, "Adding Custom Checks"). A sheet of
the dashboard's configuration with `subset: true` shows the keys of its `check_order` alone
(https://github.com/openedx/edx-repo-health/blob/master/docs/dashboard.rst, and `get_sorted_keys` in
repo_health_dashboard/utils/utils.py). openedx.yaml (OEP-2) describes a repository and selects nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.migration.model import Asked, Configured, Table
from pytest_productops.migration.reading import Source, load, sound, texts
from pytest_productops.model import Location
from pytest_productops.policy.problems import Problem
from pytest_productops.repository import Repository

_SHEETS = regex(r"repo_health_dashboard/[^/]+\.(?:ya?ml|json)\Z")
_OWN = regex(r"(?:.+/)?repo_health/(?:.+/)?check_[^/]*\.py\Z")
_CHECK = regex(r"^(?:async )?def (check_\w+)", re.MULTILINE)
_METADATA = "openedx.yaml"
MAIN = "main"


def read(repository: Repository, table: Table) -> Configured:
    """Return what is recorded; raise `ConfigurationError` where the dashboard's configuration cannot be read."""
    files = repository[Files]
    sheets = [
        (source, sheet) for path in filter(_SHEETS.match, files) for source, sheet in _main(files, path)
    ]
    shown = _shown(sheets)
    asked = [Asked(name, _hidden(name, table, shown), like=name) for name in table.rules]
    unknown = [Asked(key, place=place) for key, place in shown.items() if not _fills(key, table)]
    own = [each for each in _own(files) if each.name not in table.rules]
    source = ", ".join(dict.fromkeys(source.path for source, _ in sheets))
    return Configured(source, (*asked, *unknown, *own), tuple(_notes(files)))


def _main(files: Files, path: str) -> Iterator[tuple[Source, Mapping[str, Any]]]:
    """Yield the main sheet of a file that configures the dashboard; other files lie beside it."""
    source = load(files, path)
    sheet = source.data.get(MAIN) if isinstance(source.data, dict) else None
    if isinstance(sheet, dict) and ("check_order" in sheet or "subset" in sheet):
        sound(_mistakes(source, sheet))
        yield source, sheet


def _mistakes(source: Source, sheet: Mapping[str, Any]) -> Iterator[Problem]:
    if texts(sheet.get("check_order", [])) is None:
        yield source.wrong("check_order is no list of keys", MAIN, "check_order")
    if not isinstance(sheet.get("subset", False), bool):
        yield source.wrong("subset is neither true nor false", MAIN, "subset")


def _shown(sheets: list[tuple[Source, Mapping[str, Any]]]) -> dict[str, Location]:
    """Return the keys that a subset shows, with their places; nothing where all are shown."""
    return {
        key: source.at(MAIN, "check_order", index)
        for source, sheet in sheets
        if sheet.get("subset")
        for index, key in enumerate(sheet.get("check_order", []))
    }


def _fills(key: str, table: Table) -> bool:
    return any(fnmatchcase(key, one) for entry in table.rules.values() for one in entry.traits["keys"])


def _hidden(name: str, table: Table, shown: Mapping[str, Location]) -> str:
    """Return why a check is not shown, nothing where it is."""
    keys = table.rules[name].traits["keys"]
    if not shown or any(fnmatchcase(key, one) for key in shown for one in keys):
        return ""
    return f"not in check_order of {next(iter(shown.values())).path}, which shows a subset"


def _own(files: Files) -> Iterator[Asked]:
    """Yield the repository's own checks."""
    for path in filter(_OWN.match, files):
        try:
            text = files.read(path)
        except Unreadable:
            continue
        for match in _CHECK.finditer(text):
            yield Asked(match[1], place=Location(path, text.count("\n", 0, match.start()) + 1))


def _notes(files: Files) -> Iterator[str]:
    yield "edx-repo-health records values and fails nothing; false or empty is taken for a failure here"
    if _METADATA in files:
        yield f"{_METADATA} describes the repository (OEP-2) and selects no checks; nothing of it is taken over"
