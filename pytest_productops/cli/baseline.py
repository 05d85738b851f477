"""Write the findings known today, so that only new ones fail; later, take out what is mended."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.cli.progress import shown
from pytest_productops.gate import BASELINE, Gate
from pytest_productops.gate.adoption import Revised, revised
from pytest_productops.model import Outcome, Verdict
from pytest_productops.policy import baseline
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Settings
from pytest_productops.policy.writing import write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)
    parser.add_argument(
        "--add", action="store_true", help="add today's failures to a baseline that is there; refused in CI"
    )


def run(parsed: argparse.Namespace) -> int:
    """Write the file and say what became of its entries; return 0."""
    root, _, settings = prepare(parsed)
    _refuse(settings, add=parsed.add)
    gate = Gate(root, settings, apart=True)
    with shown(gate) as watch:
        verdicts = gate.verdicts(watch(settings.rules))
    stale = gate.stale(BASELINE, verdicts)
    first = not settings.baseline.exists
    done = revised(settings, verdicts, stale, gate.repository, add=first or parsed.add)
    if first or done.added or done.renamed or done.dropped:
        write(root, settings.baseline.path, baseline.render(done.entries))
    text = _told(done, settings.baseline.path, first=first) + "".join(left(verdicts, settings))
    sys.stdout.write(printable(text))
    return 0


def left(verdicts: Iterable[Verdict], settings: Settings) -> Iterator[str]:
    """Say what fails all the same: what nobody may accept, and what cannot judge where that is a failure."""
    fixed = {
        v.rule.code for v in verdicts if v.outcome is Outcome.FAIL and not settings.terms(v.rule).waivable
    }
    if fixed:
        yield f"Left out, since the settings let nobody accept its findings: {', '.join(sorted(fixed))}\n"
    unknown = {v.subject for v in verdicts if v.outcome is Outcome.UNKNOWN}
    if unknown and settings.policy.unknown_fails:
        listed = ", ".join(sorted(unknown))
        yield f"Cannot tell, which fails here: {listed}; `productops check` says what each needs\n"


def _refuse(settings: Settings, *, add: bool) -> None:
    """Raise ConfigurationError where there is nothing to write to, or a run in CI would add to it."""
    if settings.baseline.path == baseline.OFF:
        raise ConfigurationError(
            [Problem("baseline", 0, "it is off", "set `baseline` to the path of a file")]
        )
    if settings.in_ci and add:
        raise ConfigurationError(
            [Problem("--add", 0, "a baseline does not grow in CI", "mend it, or waive it")]
        )
    if settings.in_ci and not settings.baseline.exists:
        problem = Problem("baseline", 0, f"{settings.baseline.path} is begun by a person, not in CI")
        raise ConfigurationError([problem])


def _told(done: Revised, path: str, *, first: bool) -> str:
    if first:
        return f"{begun(done, path)}\nNew ones fail: productops check\n"
    counts = {"added": done.added, "renamed": done.renamed, "taken out": done.dropped}
    changes = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"{path}: {_findings(done)} known, {changes or 'nothing changed'}\n"


def begun(done: Revised, path: str) -> str:
    """Say what a first baseline holds."""
    nothing = "" if done.entries else "; there is nothing to adopt"
    return f"{path}: {_findings(done)} known from today{nothing}"


def _findings(done: Revised) -> str:
    number = sum(map(len, done.entries.values()))
    return f"{number} finding{'' if number == 1 else 's'}"
