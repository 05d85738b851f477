"""Judge a repository and say what is wrong, where, and how to mend it."""

from __future__ import annotations

import argparse
import os
import sys

from pytest_productops import gate
from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.cli.progress import shown
from pytest_productops.policy.options import HISTORY, REPORT, history_asked, report_asked
from pytest_productops.reports import earlier, json_report, on_github, output, patches, terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)
    for option in (REPORT, HISTORY):
        parser.add_argument(f"--{option.name}", metavar=option.metavar, help=option.help)
    parser.add_argument(
        "--format",
        choices=("text", *output.PRINTED),
        default="text",
        help="for a person, a program or a service",
    )


def run(parsed: argparse.Namespace) -> int:
    """Print the report, and write those asked for; return 0 where the gate passes, else 1.

    A report that goes to standard output takes the place of the text. Annotations go to standard error.
    """
    root, _, settings = prepare(parsed, trusting=True)
    wanted = output.targets(*report_asked(parsed.report, "--"), root)
    if parsed.format != "text":
        wanted = (
            *(each for each in wanted if each.path),
            *output.targets(f"{parsed.format}:-", "--format", root),
        )
    past = earlier.read(*history_asked(parsed.history, "--"))
    judging = gate.Gate(root, settings, apart=True)
    with shown(judging) as watch:
        report = judging.report(watch)
    here = on_github.here()
    verdicts = tuple(json_report.said(report))
    mends = patches.found(judging, verdicts)
    if wanted or here:
        own, known = output.inside(wanted, root), patches.by_fingerprint(mends)
        data = json_report.document(judging, verdicts, own, known, patches.notes(mends))
        output.write(wanted, data, past)
    if all(each.path for each in wanted):
        sys.stdout.write(printable(terminal.render(report, mends, colour=_colour())))
        sys.stdout.flush()
    if here:
        on_github.summarise(data, wanted)
        sys.stderr.writelines(f"{line}\n" for line in on_github.annotated(data, root, wanted))
    return 0 if report.passed else 1


def _colour() -> bool:
    """Colour for a person at a terminal, unless NO_COLOR; FORCE_COLOR asks for it anywhere (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
