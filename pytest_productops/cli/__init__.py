"""The `productops` command: one module a verb. The same engine as `pytest --productops`, without pytest."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from pytest_productops.model import InvalidRule
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.reports.output import Unwritten

VERBS = (
    "baseline",
    "check",
    "config",
    "diff",
    "explain",
    "init",
    "inspect",
    "onboard",
    "policy",
    "rules",
    "tasks",
    "waive",
)
"""The verbs, each a module of its name."""
USAGE = 2
INTERRUPTED = 130


class Verb(Protocol):
    """What a verb's module has."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add its options."""

    def run(self, parsed: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb and return its exit code: 0 passed, 1 failed, 2 wrong usage or configuration, 130 interrupted."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    verbs = _verbs(words)
    parsed = _parser(verbs).parse_args(words)
    try:
        return verbs[parsed.verb].run(parsed)
    except (ConfigurationError, InvalidRule, Unwritten) as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _verbs(words: Sequence[str]) -> dict[str, Verb]:
    """Import the verb that is asked for; all of them where none is, to list them."""
    chosen = tuple(words[:1]) if words and words[0] in VERBS else VERBS
    return {name: cast("Verb", importlib.import_module(f"{__name__}.{name}")) for name in chosen}


def _parser(verbs: Mapping[str, Verb]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="productops",
        description="Checks that the process a team promises is written down, true, enforced and on time.",
    )
    parser.add_argument(
        "--version", action="version", version=importlib.metadata.version("pytest-productops")
    )
    added = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, module in verbs.items():
        text = (module.__doc__ or "").splitlines()[0]
        module.add_arguments(added.add_parser(name, help=text, description=text))
    return parser
