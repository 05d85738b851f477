"""Say what a rule verifies, why, how to satisfy it, and its options; RULE is a code or a name."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pytest_productops.cli.common import rules_beside
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import manual
from pytest_productops.suggest import did_you_mean


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("rule", metavar="RULE", help="a code (ONB003) or a name (documented-commands-exist)")


def run(parsed: argparse.Namespace) -> int:
    """Print the rule's manual."""
    rules = rules_beside(Path.cwd())
    rule = rules.get(parsed.rule)
    if rule is None:
        hint = did_you_mean(parsed.rule, rules.labels) or "see `productops rules`"
        raise ConfigurationError([Problem("explain", 0, f"unknown rule `{parsed.rule}`", hint)])
    sys.stdout.write(manual.render(rule))
    return 0
