"""Show the settings in force, check them, or say which layer decided a key."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pytest_productops.cli.common import add_options, prepare, printable, rules_beside
from pytest_productops.gate import Gate
from pytest_productops.policy.explaining import resolved, where
from pytest_productops.policy.schema import published, within_pyproject


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked, each with the shared options."""
    asked = parser.add_subparsers(dest="asked", required=True, metavar="WHAT")
    key = asked.add_parser("where", help="say which layer decided a key, and what the others say")
    key.add_argument("key", metavar="KEY", help="level, rules.DEV003.minimum, DEV003, ...")
    add_options(key)
    for name, text in {
        "show": "print every key in force",
        "check": "check the settings and judge nothing",
    }.items():
        add_options(asked.add_parser(name, help=text))
    schema = asked.add_parser("schema", help="print the JSON Schema (draft 07) of the settings, for editors")
    schema.add_argument("--pyproject", action="store_true", help="of a pyproject.toml with [tool.productops]")


def run(parsed: argparse.Namespace) -> int:
    """Answer; return 0, or raise ConfigurationError where the settings are wrong."""
    if parsed.asked == "schema":
        schema = published(rules_beside(Path.cwd()))
        shown = within_pyproject(schema) if parsed.pyproject else schema
        sys.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")
        return 0
    root, _, settings = prepare(parsed, trusting=True)
    if parsed.asked == "where":
        text = where(parsed.key, settings)
    elif parsed.asked == "show":
        text = resolved(settings)
    else:
        settings = Gate(root, settings).settings  # with those of components
        text = (
            f"{settings.policy.source or 'no settings'}: no mistake, {len(settings.rules)} rules selected\n"
        )
    sys.stdout.write(printable(text))
    return 0
