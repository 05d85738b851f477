"""Show the shared policies that the settings extend, or what another version of one would change here."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from pytest_productops.cli.common import add_options, layers, prepare, printable
from pytest_productops.gate import Gate
from pytest_productops.gate.comparing import compared
from pytest_productops.policy.elsewhere import from_anywhere
from pytest_productops.policy.options import in_ci
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings, read
from pytest_productops.reports import policies


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be asked, each with the shared options."""
    asked = parser.add_subparsers(dest="asked", required=True, metavar="WHAT")
    add_options(asked.add_parser("show", help="print name, version, digest and locks of each policy"))
    other = asked.add_parser("diff", help="say what another version would change here; nothing is written")
    other.add_argument("new", metavar="NEW", help="the other version: a wheel, or a TOML file")
    other.add_argument("--of", metavar="NAME", help="the policy that it replaces, where several are extended")
    add_options(other)


def run(parsed: argparse.Namespace) -> int:
    """Answer; return 0."""
    root, rules, settings = prepare(parsed)
    if parsed.asked == "show":
        sys.stdout.write(printable(policies.shown(settings)))
        return 0
    name = _replaced(settings, parsed.of)
    new = from_anywhere(Path(parsed.new), name)
    other = read(root, rules, layers(parsed), in_ci=in_ci(), replaced={name: new})
    with (
        contextlib.closing(Gate(root, settings, apart=True)) as was,
        contextlib.closing(Gate(root, other, apart=True)) as now,
    ):
        change = compared(was, now)
    sys.stdout.write(printable(policies.changed(change, settings, other)))
    return 0


def _replaced(settings: Settings, wanted: str | None) -> str:
    """Return the name of the policy to replace; raise ConfigurationError where that cannot be told."""
    names = [used.name for used in settings.policy.extends]
    if wanted in names:
        return str(wanted)
    if wanted is None and len(names) == 1:
        return names[0]
    said = f"extended are: {', '.join(names)}" if names else "the settings extend no policy"
    raise ConfigurationError([Problem("--of", 0, said, "name the one that NEW replaces" if names else "")])
