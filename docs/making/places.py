"""Where things are: the repository, the files outside of `docs/` that have a page here, the forge for all others."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = "https://pytest-productops.github.io/pytest-productops/"
FORGE = "https://github.com/pytest-productops/pytest-productops/blob/main/"
COPIED = MappingProxyType(
    {
        "SECURITY.md": "reference/project/security",
        "CONTRIBUTING.md": "reference/project/contributing",
        "CHANGELOG.md": "reference/project/changelog",
        "examples/README.md": "reference/project/examples",
    }
)
"""Files outside of `docs/` that are pages of the site too, and the names of these."""
PAGES = MappingProxyType(
    {
        **COPIED,
        "rules/README.md": "reference/rules/index",
        "pytest_productops/cli/__init__.py": "reference/commands/index",
        "pytest_productops/policy/options.py": "reference/commands/options",
        "pytest_productops/plugin/__init__.py": "reference/commands/pytest",
        "pytest_productops/policy/policy.schema.json": "reference/settings",
        "pytest_productops/facts/register/register.schema.json": "reference/formats/tasks",
        "pytest_productops/facts/done/done.schema.json": "reference/formats/done",
        "pytest_productops/reports/report.schema.json": "reference/formats/report",
        "pytest_productops/api.py": "reference/python/index",
        "pytest_productops/testing.py": "reference/python/testing",
    }
)
"""File -> the page that is made of it: where the forge shows the source, the site shows the page."""
SCHEMAS = "docs/reference/served/schemas/"
"""Where the files lie that the site serves below `schemas/`."""
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_COMMAND = re.compile(r"productops ([a-z]+)\b.*", re.DOTALL)


class Place(NamedTuple):
    """What a link means: a page of the site, or an address."""

    page: str = ""
    url: str = ""


def meant(source: str, path: str, docs: Path) -> Place | None:
    """Return what a relative path in a page means; None where no such file is there, or it is the page's own affair."""
    copied = {page: name for name, page in COPIED.items()}
    target = posixpath.normpath(f"{copied.get(source, f'docs/{source}')}/../{path}")
    if target.startswith(SCHEMAS):
        return Place(url="../" * source.count("/") + "schemas/" + target.removeprefix(SCHEMAS))
    if target in PAGES:
        return Place(page=PAGES[target])
    if target.startswith("docs/") and (docs / target.removeprefix("docs/")).is_file():
        inner = target.removeprefix("docs/")
        return Place(page=inner.removesuffix(".md")) if inner.endswith(".md") else Place(url=FORGE + target)
    there = not target.startswith("..") and (docs.parent / target).exists()
    return Place(url=FORGE + target) if there else None


def explained(word: str, docs: Path) -> str:
    """Return the page of a rule's code or of a command; nothing where there is none."""
    command = _COMMAND.fullmatch(word)
    page = f"reference/commands/{command[1]}" if command else ""
    if _CODE.fullmatch(word):
        page = f"reference/rules/{word}"
    return page if page and (docs / f"{page}.md").is_file() else ""
