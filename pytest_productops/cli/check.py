"""Judge a repository and say what is wrong, where, and how to mend it."""

from __future__ import annotations

import argparse
import os
import sys

from pytest_productops import gate
from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.reports import terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)


def run(parsed: argparse.Namespace) -> int:
    """Print the report; return 0 where the gate passes, else 1."""
    root, _, settings = prepare(parsed)
    report = gate.run(root, settings)
    text = terminal.render(report, colour=_colour())
    sys.stdout.write(printable(text))
    sys.stdout.flush()
    return 0 if report.passed else 1


def _colour() -> bool:
    """Colour for a person at a terminal, unless NO_COLOR; FORCE_COLOR asks for it anywhere (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
