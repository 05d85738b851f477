"""Write a stored JSON report in other formats: `report FILE.json --to=sarif:out.sarif`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pytest_productops.policy.options import HISTORY, history_asked
from pytest_productops.reports import earlier, output, stored


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "report", metavar="FILE.json", type=Path, help="written by `check --report=json:FILE.json`"
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT:PATH",
        default="",
        help="where to; - is standard output; several apart by commas",
    )
    parser.add_argument(
        "--format", choices=output.PRINTED, help="print it in this format (without --to: concise)"
    )
    parser.add_argument(f"--{HISTORY.name}", metavar=HISTORY.metavar, help=HISTORY.help)


def run(parsed: argparse.Namespace) -> int:
    """Write the formats asked for; return 0 whatever the verdict, since `check` is the gate, and 2 without a report."""
    wanted = output.targets(parsed.to, "--to", Path())
    if parsed.format or not wanted:
        wanted = (*wanted, *output.targets(f"{parsed.format or 'concise'}:-", "--format", Path()))
    past = earlier.read(*history_asked(parsed.history, "--"))
    try:
        data = stored.load(parsed.report)
    except stored.NoReport as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    output.write(wanted, data, past)
    return 0
