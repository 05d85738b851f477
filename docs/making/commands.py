"""Pages of commands and options, read off the very parsers that run."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator

from making.text import code, fenced, page, prose, table
from pytest_productops import cli
from pytest_productops.policy import options
from pytest_productops.policy.options import OPTIONS, Option

WIDTH = "100"
SHARED = (*OPTIONS, *(each for each in vars(options).values() if isinstance(each, Option)))
"""The options that every face has, and those of the faces that judge."""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the path of each page below `reference/`, and its text."""
    top = cli.parser()
    verbs = dict(children(top))
    yield "commands/index.md", _index(top, verbs)
    yield "commands/pytest.md", _pytest()
    yield "commands/options.md", _shared()
    for name, parser in verbs.items():
        yield f"commands/{name}.md", page(*_command(parser))


def children(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield the sub-commands of a parser."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


def _index(top: argparse.ArgumentParser, verbs: dict[str, argparse.ArgumentParser]) -> str:
    rows = (
        (f"[`productops {name}`]({name}.md)", prose(verb.description or "")) for name, verb in verbs.items()
    )
    exits = (
        ("0", "the gate passed, or what was asked for is done"),
        ("1", "the gate failed, a rule crashed, or no rule could judge"),
        ("2", "wrong usage or configuration, an empty selection included (pytest: 4)"),
        ("3", "the engine itself failed"),
        ("130", "interrupted"),
    )
    return page(
        "# Commands", "", prose(top.description or ""), "", *table(("command", "what it does"), rows), "",
        "`pytest --productops` is the same gate in pytest: [options of pytest](pytest.md). What several commands",
        "share, with its environment variables: [shared options](options.md).", "",
        "## Exit codes", "", *table(("code", "when"), exits), "",
        "```{toctree}", ":hidden:", "options", "pytest", *verbs, "```",
    )  # fmt: skip


def _command(parser: argparse.ArgumentParser, level: int = 1) -> Iterator[str]:
    """Yield the section of a command, and those of its sub-commands below it."""
    yield from (f"{'#' * level} {parser.prog}", "", prose(parser.description or ""), "")
    yield fenced(_usage(parser), "text")
    actions = [each for each in parser._actions if each.help is not argparse.SUPPRESS]  # noqa: SLF001
    shared = {f"--{option.name}" for option in SHARED}
    own = [each for each in actions if not shared.intersection(each.option_strings)]
    own = [each for each in own if not isinstance(each, argparse._SubParsersAction | argparse._HelpAction)]  # noqa: SLF001
    if own:
        yield ""
        yield from table(("argument", "what"), ((_name(each), _help(parser, each)) for each in own))
    if len(actions) - len(own) > 1 and any(shared.intersection(each.option_strings) for each in actions):
        both = [option for option in SHARED if _takes(actions, option.name)]
        words = ", ".join(code(f"--{option.name}") for option in both)
        yield from ("", f"And the [shared options](options.md): {words}.")
    for _, child in children(parser):
        yield ""
        yield from _command(child, level + 1)


def _takes(actions: Iterable[argparse.Action], name: str) -> bool:
    return any(f"--{name}" in each.option_strings for each in actions)


def _usage(parser: argparse.ArgumentParser) -> str:
    return parser.format_usage().removeprefix("usage: ").replace("\n" + " " * len("usage: "), "\n")


def _name(action: argparse.Action) -> str:
    if not action.option_strings:
        return code(str(action.metavar or action.dest))
    value = "" if action.nargs == 0 else f"={_value(action)}"
    return ", ".join(code(f"{string}{value}") for string in action.option_strings)


def _value(action: argparse.Action) -> str:
    if action.choices is not None and not action.metavar:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest.upper())


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    said = prose((action.help or "") % {**vars(action), "prog": parser.prog})
    shown = action.default not in (None, False, argparse.SUPPRESS, "", [], ()) and "default" not in said
    return f"{said} (default: {code(str(action.default))})" if shown else said


def _shared() -> str:
    rows = (
        (
            code(f"--{o.name}={o.metavar}".rstrip("=")),
            code(f"--productops-{o.name}"),
            code(o.variable),
            prose(o.help),
        )
        for o in SHARED
    )
    return page(
        "# Shared options", "",
        "One name everywhere: the key `profile` of the settings is `--profile` of the commands,",
        "`--productops-profile` of pytest, and the variable `PRODUCTOPS_PROFILE`. The command line stands above the",
        "variables, these above the file. In pytest write `--option=VALUE`: a value after a space would move pytest's",
        "own root folder.", "",
        *table(("commands", "pytest", "variable", "what"), rows),
    )  # fmt: skip


def _pytest() -> str:
    return page(
        "# Options of pytest", "",
        "What `pytest --help` shows. None has a key in pytest's own settings; the",
        "[settings](../settings.md) have a file of their own.", "",
        fenced(pytest_help(), "text"),
    )  # fmt: skip


def pytest_help() -> str:
    """Return our part of `pytest --help`."""
    command = [sys.executable, "-m", "pytest", "-p", "pytest_productops.plugin", "-c", "/dev/null", "--help"]
    environment = {"COLUMNS": WIDTH, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "NO_COLOR": "1"}
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    head, lines = "product operations:", iter(shown.splitlines())
    ours = [next(line for line in lines if line == head)]
    for line in lines:
        if line and not line.startswith(" "):
            break
        ours.append(line)
    return "\n".join(ours).rstrip()
