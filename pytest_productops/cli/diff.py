"""Say what changed between two JSON reports, and why: the repository, a rule, the policy, a waiver, or the clock."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pytest_productops.cli.common import printable
from pytest_productops.reports import differences

FORMATS = {"text": differences.as_text, "markdown": differences.as_markdown}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "old", metavar="OLD.json", type=Path, help="written by `check --report=json:OLD.json`"
    )
    parser.add_argument("new", metavar="NEW.json", type=Path, help="the later report")
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="text", help="for a person, or for a comment on a change"
    )


def run(parsed: argparse.Namespace) -> int:
    """Print what changed; return 0 whatever it is, since `check` is the gate, and 2 where a file is no report."""
    try:
        sides = differences.read(parsed.old), differences.read(parsed.new)
    except differences.NoReport as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(printable(FORMATS[parsed.format](differences.compared(*sides))))
    return 0
