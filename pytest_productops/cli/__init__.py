"""The `productops` command: one module a verb. The same engine as `pytest --productops`, without pytest."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import sys
from collections.abc import Sequence

from pytest_productops.cli import check, explain, inspect, rules
from pytest_productops.model import InvalidRule
from pytest_productops.policy.problems import ConfigurationError

VERBS = {"check": check, "explain": explain, "inspect": inspect, "rules": rules}
USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb and return its exit code: 0 passed, 1 failed, 2 wrong usage or configuration, 130 interrupted."""
    parsed = _parser().parse_args(arguments)
    try:
        return int(VERBS[parsed.verb].run(parsed))
    except (ConfigurationError, InvalidRule) as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="productops",
        description="Checks that the process a team promises is written down, true, enforced and on time.",
    )
    parser.add_argument(
        "--version", action="version", version=importlib.metadata.version("pytest-productops")
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, module in VERBS.items():
        text = (module.__doc__ or "").splitlines()[0]
        module.add_arguments(verbs.add_parser(name, help=text, description=text))
    return parser
