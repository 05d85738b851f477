"""Set a repository up: settings with the profile that fits, a hook, a job of CI, and a baseline.

`--from PEER` takes over the configuration of another checker instead, and prints what asks the same, rule by rule.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from pytest_productops.catalogue import Catalogue
from pytest_productops.cli.common import layers, printable, rules_beside, untrusting
from pytest_productops.cli.init import ci, hook, known, peer
from pytest_productops.cli.init import settings as own
from pytest_productops.cli.init.step import Step, changes, refuse_links
from pytest_productops.fixing import Changes, diff
from pytest_productops.inspection.kind import Proposal, proposed
from pytest_productops.migration import PEERS, SETS
from pytest_productops.policy.document import load
from pytest_productops.policy.options import in_ci
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Options, Settings, read
from pytest_productops.policy.writing import write
from pytest_productops.repository import Repository, find_root

WITH_PEER = "--dry-run, --check-set and --format"
INDENT = "  "
NAMES, COMMANDS = 10, 25
"""How wide the columns of the steps' names and of the next commands are."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("path", nargs="?", default=".", help="a folder of the repository (default: here)")
    parser.add_argument("--profile", metavar="NAMES", help="this profile, not the one that would be proposed")
    parser.add_argument(
        "--pyproject",
        action="store_true",
        help="settings go into pyproject.toml, not into a file of their own",
    )
    parser.add_argument(
        "--hook", action="store_true", help="write .pre-commit-config.yaml where there is none"
    )
    parser.add_argument("--ci", choices=ci.PROVIDERS, help="the provider of CI (default: what is found)")
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be written and write nothing"
    )
    parser.add_argument("--from", dest="peer", choices=PEERS, help="take over the settings of this checker")
    parser.add_argument("--check-set", choices=SETS, action="append", help="of clomonitor (default: code)")
    parser.add_argument(
        "--format", choices=tuple(peer.FORMATS), default="text", help="the table of --from as Markdown"
    )


def run(parsed: argparse.Namespace) -> int:
    """Write what is missing and say what was done and what comes next; return 0.

    With `--from`, return 2 where there are other settings, which stay as they are.
    """
    if not Path(parsed.path).is_dir():
        raise ConfigurationError([Problem(parsed.path, 0, "no such folder")])
    root = find_root(Path(parsed.path))
    if parsed.peer:
        if parsed.profile or parsed.pyproject or parsed.hook or parsed.ci:
            raise ConfigurationError([Problem("--from", 0, f"only {WITH_PEER} go with it")])
        return peer.run(parsed, root)
    if parsed.check_set or parsed.format != "text":
        raise ConfigurationError([Problem("init", 0, "--check-set and --format belong to --from")])
    return _set_up(parsed, root, rules_beside(root))


def _set_up(parsed: argparse.Namespace, root: Path, rules: Catalogue) -> int:
    """Work out every step before anything is written, so that nothing is written where one cannot be."""
    there, repository = load(root), Repository(root)
    given = tuple(map(untrusting, layers(argparse.Namespace())))
    read(root, rules, given)  # raises where there are settings with mistakes
    proposal = own.given(parsed.profile) if parsed.profile else proposed(repository)
    first = own.step(there, parsed, proposal, repository)
    others = (hook.step(repository, wanted=parsed.hook), ci.step(repository, parsed.ci))
    steps = [first, *(step for step in others if step)]
    settings = _settings(root, rules, given, first)
    last, failing = known.step(root, settings, steps)
    steps.append(last)
    new = changes(steps)
    refuse_links(root, new)
    _say(_head(root, settings, proposal if first.path else None))
    if parsed.dry_run:
        _say(_diff(new))
        return 0
    for path, (_, data) in new.items():
        write(root, path, data)
    _say("".join([*_told(steps), *_next(new, failing)]))
    return 0


def _diff(new: Changes) -> str:
    return (
        f"{diff.visible(diff.render(new))}\nNothing was written.\n" if new else "Nothing is to be written.\n"
    )


def _settings(root: Path, rules: Catalogue, given: Iterable[Options], first: Step) -> Settings:
    """Read the settings as they will be."""
    with tempfile.TemporaryDirectory(prefix="productops-init-") as folder:
        path = own.written(first, Path(folder))
        if path:
            given = (*given, Options("--", {"config": str(path)}))
        return read(root, rules, given, in_ci=in_ci())


def _head(root: Path, settings: Settings, proposal: Proposal | None) -> str:
    lines = [f"{root.name}: profile {settings.policy.profile}"]
    if proposal and not proposal.sure:
        lines.append(f"{INDENT}nothing shows for certain what is made here; --profile=NAME says it")
    lines += [f"{INDENT}{reason}" for reason in proposal.reasons] if proposal else []
    return "\n".join(lines) + "\n\n"


def _told(steps: Iterable[Step]) -> Iterator[str]:
    """Yield what became of each step, and what is left to a person."""
    for step in steps:
        lines = step.said.split("\n")
        yield f"{INDENT}{step.name:<{NAMES}}{lines[0]}\n"
        yield from (f"{INDENT}{' ' * NAMES}{line}\n" for line in lines[1:])
        if step.paste:
            yield f"\n{step.paste}\n"


def _next(written: Iterable[str], failing: str) -> Iterator[str]:
    """Yield the next three commands."""
    added = shlex.join(["git", "add", *written])
    third = (added, "") if written else ("productops baseline", "take out of the baseline what is mended")
    if not written:
        yield "\nNothing changed: it is set up already.\n"
    rows = (
        ("productops check", "judge the repository: what the baseline does not know fails"),
        (f"productops explain {failing or 'ONB003'}", "why a rule is there, and what it says here"),
        third,
    )
    yield "\nNext:\n"
    yield from (f"{INDENT}{f'{command:<{COMMANDS}}  {text}'.rstrip()}\n" for command, text in rows)


def _say(text: str) -> None:
    sys.stdout.write(printable(text))
