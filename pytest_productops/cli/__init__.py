"""The `productops` command: one module a verb. The same engine as `pytest --productops`, without pytest."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import importlib.metadata
import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from pytest_productops.model import InvalidRule
from pytest_productops.policy.problems import ConfigurationError
from pytest_productops.reports.output import Unwritten
from pytest_productops.text import clean

VERBS = (
    "baseline",
    "check",
    "config",
    "diff",
    "explain",
    "fix",
    "init",
    "inspect",
    "onboard",
    "policy",
    "report",
    "rules",
    "tasks",
    "waive",
)
"""The verbs, each a module of its name."""
USAGE = 2
DIED = 3
INTERRUPTED = 130
_KILLED = 128
"""A shell's exit code of what a signal ended, less the signal's number."""
_FRAMES = 3
"""How many frames are told of what the engine died of."""


class Verb(Protocol):
    """What a verb's module has."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add its options."""

    def run(self, parsed: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a verb and return its exit code.

    0 passed, 1 failed, 2 wrong usage or configuration, 3 the engine died, 130 interrupted.
    """
    _open_streams()
    if arguments is None:
        _heed_signals()
    words = sys.argv[1:] if arguments is None else list(arguments)
    verbs = _verbs(words)
    parsed = _parser(verbs).parse_args(words)
    try:
        code = verbs[parsed.verb].run(parsed)
        sys.stdout.flush()
    except (ConfigurationError, InvalidRule, Unwritten) as error:
        print(f"error: {error}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing was judged
        return _died(error)
    return code


def _heed_signals() -> None:
    """Leave in order where another process says so: what was started ends, and scratch folders go."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(_KILLED + number))


def _open_streams() -> None:
    """Give the streams that were closed at the start a place where nobody reads."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the whole run
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def _died(error: Exception) -> int:
    """Say why the run ended, and where in our code."""
    with contextlib.suppress(OSError, ValueError):
        if isinstance(error, OSError):
            print(f"error: {clean(str(error))}; nothing more could be said", file=sys.stderr)
        else:
            frames = "".join(traceback.format_tb(error.__traceback__, limit=-_FRAMES))
            told, places = clean(f"{type(error).__name__}: {error}"), clean(frames, keep="\n", limit=4000)
            print(f"error: the engine died of {told}; please report it\n{places}", file=sys.stderr)
    with contextlib.suppress(OSError, ValueError):
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # lest Python tries to print again at the end
    return DIED


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command, which the documentation is made from."""
    return _parser(_verbs(()))


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
