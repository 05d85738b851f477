"""Mend findings: safe fixes by default; --diff prints what would change and writes nothing."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterable, Set
from pathlib import Path

from pytest_productops.cli.common import add_options, prepare, printable
from pytest_productops.cli.progress import shown
from pytest_productops.edits import Safety
from pytest_productops.facts.state import State
from pytest_productops.fixing import Changes, Mended, diff, mended
from pytest_productops.gate import Gate, Lost
from pytest_productops.model import UNJUDGED, Rule
from pytest_productops.policy.options import in_ci
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.writing import write
from pytest_productops.reports import fixes
from pytest_productops.text import clean, commanding

SHOWN = 3
"""Most paths that a refusal names."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    add_options(parser)
    parser.add_argument("rules", nargs="*", metavar="RULE", help="only these rules, as with --select")
    parser.add_argument("--unsafe", action="store_true", help="also what a person may decide otherwise")
    parser.add_argument("--scaffold", action="store_true", help="also make text for you to fill in")
    parser.add_argument("--diff", action="store_true", help="print a diff for `git apply`, write nothing")
    parser.add_argument("--allow-dirty", action="store_true", help="write though git could not undo it")


def run(parsed: argparse.Namespace) -> int:
    """Mend, and say what was done and what remains; return 1 where there are findings and none was mended."""
    _sort_out(parsed)
    root, _, settings = prepare(parsed)
    gate = Gate(root, settings, apart=True)
    done = _mended(gate, _asked(gate.rules, named=bool(parsed.select)), _wanted(parsed))
    if parsed.diff:
        _print(_harmless(diff.render(done.changes)))
    else:
        _refuse(gate, done.changes, allowed=parsed.allow_dirty)
        for path, (_, after) in done.changes.items():
            write(root, path, after)
    text = fixes.render(done, written=not parsed.diff)
    print(printable(text), end="", file=sys.stderr if parsed.diff else sys.stdout)
    return 0 if done.changes or not done.left else 1


def _mended(gate: Gate, rules: Iterable[Rule], wanted: Set[Safety]) -> Mended:
    """Judge each rule within its time, then find what mends; raise ConfigurationError where that takes too long."""
    with shown(gate) as watch:
        verdicts = gate.verdicts(watch(tuple(rules)))
    judged = dict.fromkeys(verdict.rule.code for verdict in verdicts if verdict.outcome not in UNJUDGED)
    try:
        return gate.work(mended, tuple(judged), wanted)
    except Lost as error:
        raise ConfigurationError([Problem("fix", 0, str(error))]) from error


def _sort_out(parsed: argparse.Namespace) -> None:
    """Tell the path from the rules: one word may be a folder, the others join --select."""
    words = [word for word in (parsed.path, *parsed.rules) if word]
    folders = [word for word in words if Path(word).is_dir()]
    if len(folders) > 1:
        raise ConfigurationError([Problem("fix", 0, f"{folders[0]} and {folders[1]} are two folders")])
    rules = [word for word in words if word not in folders]
    parsed.path = folders[0] if folders else None
    if rules:
        parsed.select = ",".join([*rules, *([parsed.select] if parsed.select else [])])


def _asked(rules: Iterable[Rule], *, named: bool) -> tuple[Rule, ...]:
    """Return the rules to judge: those that know a fix, and whatever was asked for by name."""
    return tuple(rule for rule in rules if rule.fixers or named)


def _wanted(parsed: argparse.Namespace) -> frozenset[Safety]:
    also: tuple[tuple[bool, Safety], ...] = ((parsed.unsafe, "unsafe"), (parsed.scaffold, "scaffold"))
    return frozenset({"safe", *(safety for given, safety in also if given)})


def _refuse(gate: Gate, changes: Changes, *, allowed: bool) -> None:
    """Raise ConfigurationError where git could not bring back what is written over."""
    if allowed or not changes:
        return
    way = "commit or stash first, see it with --diff, or give --allow-dirty"
    if not gate.commit:
        raise ConfigurationError([Problem("fix", 0, "there is no commit that git could bring back", way)])
    state = gate.repository[State]
    dirty = sorted((state.changed - state.strange) | (state.strange & changes.keys()))
    if dirty:
        named = ", ".join(clean(path) for path in dirty[:SHOWN])
        more = f" and {len(dirty) - SHOWN} more" if len(dirty) > SHOWN else ""
        raise ConfigurationError([Problem("fix", 0, f"not committed: {named}{more}", way)])


def _harmless(data: bytes) -> bytes:
    """Return a diff; raise ConfigurationError where it would go to the log of a CI service that obeys a line of it.

    A file is no log. What a pipe leads to cannot be told, and the service reads one too.
    """
    if in_ci() and commanding(data.decode(errors="replace")) and not _to_a_file():
        message = "a line of the diff is a command to the CI service that reads this log"
        raise ConfigurationError(
            [Problem("--diff", 0, message, "send it to a file: productops fix --diff > FILE")]
        )
    return data


def _to_a_file() -> bool:
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # no stream of the system's
        return False


def _print(data: bytes) -> None:
    """Print a diff as it is for a program, and with what a terminal would obey made visible for a person."""
    sys.stdout.flush()
    if sys.stdout.isatty():
        data = printable(diff.visible(data)).encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
