"""Read the documents as a newcomer does on day one, and say where she is stopped; with --run, do what they say."""

from __future__ import annotations

import argparse
import re
import sys

from pytest_productops import gate
from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.drill.journey import journey
from pytest_productops.drill.model import RUNNABLE, Plan
from pytest_productops.drill.planning import plan
from pytest_productops.drill.rehearsal import Conditions, rehearse
from pytest_productops.drill.sandbox import ENGINES, engine
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import drills
from pytest_productops.repository import Repository, Unavailable
from pytest_productops.suggest import did_you_mean
from pytest_productops.text import clean

USAGE = 2
_DURATION = re.compile(r"(\d+)([smh]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser, but=("timeout",))
    parser.add_argument(
        "--format", choices=tuple(drills.JOURNEY), default="text", help="for a person or a program"
    )
    parser.add_argument("--run", action="store_true", help="run the documented commands in a fresh clone")
    parser.add_argument(
        "--step", metavar="STEPS", default=",".join(RUNNABLE), help="setup, test or both (default)"
    )
    parser.add_argument(
        "--timeout",
        dest="step_timeout",
        metavar="TIME",
        default="10m",
        help="for each step: 90s, 10m, 1h (default: 10m)",
    )
    parser.add_argument(
        "--container",
        choices=("auto", *ENGINES, "none"),
        default="auto",
        help="where to run: auto is a container where an engine works, else a scratch folder",
    )
    parser.add_argument(
        "--image", metavar="IMAGE", default="", help="the container's image (default: by the toolchain)"
    )
    parser.add_argument(
        "--env",
        metavar="NAME",
        action="append",
        default=[],
        help="pass this variable on, such as HTTPS_PROXY; may be given again",
    )
    parser.add_argument("--keep", action="store_true", help="keep the scratch folder and say where it is")
    parser.add_argument("--yes", action="store_true", help="run on this machine without asking")


def run(parsed: argparse.Namespace) -> int:
    """Print the journey, or the rehearsal; return 0 where a newcomer is never stopped, else 1."""
    root, _, settings = prepare(parsed)
    repository = gate.Gate(root, settings).repository
    if parsed.run:
        return _rehearsed(repository, parsed)
    day = journey(repository)
    sys.stdout.write(printable(drills.JOURNEY[parsed.format](day)))
    return 1 if day.stopped else 0


def _rehearsed(repository: Repository, parsed: argparse.Namespace) -> int:
    steps, limit = _steps(parsed.step), _seconds(parsed.step_timeout)
    try:
        program = engine(parsed.container)
        planned = plan(repository, (lambda _: True) if program else None)
        if not program and not _agreed(planned, steps, sure=parsed.yes):
            return USAGE
        conditions = Conditions(steps, limit, program, parsed.image, tuple(parsed.env), parsed.keep)
        drill = rehearse(repository, planned, conditions)
    except Unavailable as reason:
        print(f"error: {reason}", file=sys.stderr)
        return USAGE
    sys.stdout.write(printable(drills.REHEARSAL[parsed.format](drill)))
    return 0 if drill.passed else 1


def _agreed(planned: Plan, steps: tuple[str, ...], *, sure: bool) -> bool:
    """Warn of what will run on this machine, and return whether somebody agrees."""
    units = [unit for step in steps for unit in planned.of(step) if not unit.skip]
    if not units:
        return True
    print("warning: no container is used; these commands will run on this machine, as you:", file=sys.stderr)
    for unit in units:
        print(f"  {clean(str(unit.location))}  {clean(' '.join(unit.text.split()))}", file=sys.stderr)
    if sure:
        return True
    if not sys.stdin.isatty():
        print("error: nobody is here to agree; add --yes, or use a container", file=sys.stderr)
        return False
    print(
        "They run in a scratch folder with a home of its own. Type yes to go on: ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    return sys.stdin.readline().strip() == "yes"


def _steps(written: str) -> tuple[str, ...]:
    """Return the steps to run, in their order; raise ConfigurationError for an unknown one."""
    words = [word.strip() for word in written.split(",") if word.strip()]
    strange = [
        Problem("--step", 0, f"no step {word!r}", did_you_mean(word, RUNNABLE))
        for word in words
        if word not in RUNNABLE
    ]
    if strange or not words:
        raise ConfigurationError(
            strange or [Problem("--step", 0, "no step is named", did_you_mean("", RUNNABLE))]
        )
    return tuple(step for step in RUNNABLE if step in words)


def _seconds(written: str) -> float:
    match = _DURATION.fullmatch(written.strip())
    if match is None or not int(match[1]):
        raise ConfigurationError(
            [Problem("--timeout", 0, f"{written!r} is no time", "for example 90s, 10m or 1h")]
        )
    return float(int(match[1]) * _SECONDS[match[2]])
