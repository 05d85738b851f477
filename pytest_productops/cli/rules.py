"""List the installed rules, and which of them are selected here."""

from __future__ import annotations

import argparse
import sys

from pytest_productops.cli.common import add_options, prepare
from pytest_productops.reports import handbook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)
    parser.add_argument(
        "--format", choices=("text", "markdown"), default="text", help="the catalogue as Markdown"
    )


def run(parsed: argparse.Namespace) -> int:
    """Print a line a rule: whether it is selected, its code, name, level and profiles."""
    _, catalogue, settings = prepare(parsed, trusting=True)
    if parsed.format == "markdown":
        sys.stdout.write(handbook.render(catalogue))
        return 0
    selected = {rule.code for rule in settings.rules}
    width = max(len(rule.name) for rule in catalogue)
    for rule in catalogue:
        mark = "*" if rule.code in selected else " "
        print(f"{mark} {rule.code}  {rule.name:<{width}}  {rule.level:<6}  {', '.join(rule.profiles)}")
    print(
        f"\n* {len(selected)} selected by profile {settings.policy.profile} and the settings; productops explain RULE"
    )
    return 0
