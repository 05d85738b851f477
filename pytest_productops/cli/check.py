"""Judge a repository and say what is wrong, where, and how to mend it."""

from __future__ import annotations

import argparse
import os
import sys

from pytest_productops import gate
from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.policy.options import REPORT, report_asked
from pytest_productops.reports import json_report, output, terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)
    parser.add_argument(f"--{REPORT.name}", metavar=REPORT.metavar, help=REPORT.help)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="for a person or a program"
    )


def run(parsed: argparse.Namespace) -> int:
    """Print the report, and write those asked for; return 0 where the gate passes, else 1.

    A report that goes to standard output takes the place of the text.
    """
    root, _, settings = prepare(parsed)
    wanted = output.targets(*report_asked(parsed.report, "--"))
    if parsed.format != "text":
        wanted = (*(each for each in wanted if each.path), output.Target(parsed.format, None))
    judging = gate.Gate(root, settings)
    report = judging.report()
    if wanted:
        data = json_report.document(judging, json_report.said(report), output.inside(wanted, root))
        output.write(wanted, data)
    if all(each.path for each in wanted):
        sys.stdout.write(printable(terminal.render(report, colour=_colour())))
        sys.stdout.flush()
    return 0 if report.passed else 1


def _colour() -> bool:
    """Colour for a person at a terminal, unless NO_COLOR; FORCE_COLOR asks for it anywhere (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
