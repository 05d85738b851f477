"""Take over the configuration of another checker: its settings, and a table of what asks the same, rule by rule."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pytest_productops.cli.common import printable
from pytest_productops.migration import Migration, migrate
from pytest_productops.migration.settings import render
from pytest_productops.policy.document import OWN, SHARED, load
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.writing import write
from pytest_productops.reports import equivalence
from pytest_productops.repository import Repository

FORMATS = {"text": equivalence.as_text, "markdown": equivalence.as_markdown}
NEXT = """Next:
  productops baseline   take what fails today as known
  productops check      judge the repository
"""
REFUSED = 2


def run(parsed: argparse.Namespace, root: Path) -> int:
    """Print the table and write the settings; return 2 where there are others, which stay as they are."""
    if parsed.check_set and parsed.peer != "clomonitor":
        raise ConfigurationError([Problem("--check-set", 0, "only clomonitor has check sets")])
    migration = migrate(parsed.peer, Repository(root), parsed.check_set or ())
    _say(FORMATS[parsed.format](migration))
    text = render(migration)
    if parsed.dry_run:
        _settings(text, parsed.format)
        return 0
    return _write(root, migration, text, parsed.format)


def _write(root: Path, migration: Migration, text: str, form: str) -> int:
    """Write a file that is not there yet."""
    there = load(root)
    if there.source == OWN and not there.problems and there.loaded and there.loaded.text == text:
        _say(f"\n{OWN} holds these settings already.\n\n{NEXT}")
        return 0
    if there.source:
        base = "tool.productops" if there.source == SHARED else ""
        _settings(render(migration, base), form)
        message = (
            f"settings are there already, nothing was written; take from the above what you want\n{NEXT}"
        )
        print(f"error: {there.source}: {message}", end="", file=sys.stderr)
        return REFUSED
    write(root, OWN, text)
    _say(f"\nWrote {OWN}.\n\n{NEXT}")
    return 0


def _settings(text: str, form: str) -> None:
    _say(f"\n```toml\n{text}```\n" if form == "markdown" else f"\n{text}")


def _say(text: str) -> None:
    sys.stdout.write(printable(text))
