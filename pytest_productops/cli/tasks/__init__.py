"""List what is due when and who owns it, as a calendar too; or record that a task is done."""

from __future__ import annotations

import argparse
from pathlib import Path

from pytest_productops.cli.common import add_options, prepare
from pytest_productops.cli.tasks import done, listing
from pytest_productops.cli.tasks.common import Case, wrong

DONE = "done"
_OTHERS = {True: ("owner", "kind", "due_within", "ical"), False: ("note", "field", "date")}
"""The options that mean nothing where a run is recorded, and where tasks are listed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments: `tasks [PATH]`, and `tasks done ID [PATH]`."""
    parser.add_argument(
        "act", nargs="?", metavar="done", help="record that a task is done; nothing lists them"
    )
    parser.add_argument("task", nargs="?", metavar="ID", help="the task or milestone that is done")
    add_options(parser)
    listing.add_arguments(parser.add_argument_group("to list"))
    done.add_arguments(parser.add_argument_group("done"))


def run(parsed: argparse.Namespace) -> int:
    """Do what is asked; return 0, or 2 where nothing is recorded."""
    if parsed.act != DONE:
        if parsed.task:
            raise wrong(parsed.act, "no such act", "`tasks [PATH]` lists, `tasks done ID [PATH]` records")
        parsed.path = parsed.act
    elif not parsed.task:
        hint = "to list a folder of that name, write ./done" if Path(DONE).is_dir() else ""
        raise wrong("tasks done", "which task is done? Its ID is missing", hint)
    for name in _OTHERS[parsed.act == DONE]:
        if getattr(parsed, name):
            act = "tasks done" if parsed.act == DONE else "tasks"
            raise wrong(f"--{name.replace('_', '-')}", f"it means nothing for `productops {act}`")
    case = Case(parsed, *prepare(parsed))
    return done.run(case) if parsed.act == DONE else listing.run(case)
