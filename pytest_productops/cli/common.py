"""What several verbs share: the options of `policy.options`, and the settings that they lead to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

from pytest_productops import catalogue
from pytest_productops.catalogue import Catalogue
from pytest_productops.policy import trusted
from pytest_productops.policy.options import OPTIONS, PREFIX, from_environment, in_ci
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.settings import Options, Settings, read
from pytest_productops.repository import find_root


def add_options(parser: argparse.ArgumentParser, *, but: Collection[str] = ()) -> None:
    """Add the path and the shared options, but for those that mean another thing here."""
    parser.add_argument("path", nargs="?", help="a folder of the repository (default: here)")
    for option in OPTIONS:
        if option.name not in but:
            parser.add_argument(f"--{option.name}", **option.keywords)  # type: ignore[arg-type]


def layers(parsed: argparse.Namespace) -> tuple[Options, Options]:
    """Return what the environment and the command line say, from low to high."""
    given = {o.name: getattr(parsed, o.attribute, None) for o in OPTIONS}
    return (
        Options("PRODUCTOPS_", from_environment()),
        Options("--", {name: value for name, value in given.items() if value is not None}),
    )


def prepare(parsed: argparse.Namespace, *, trusting: bool = False) -> tuple[Path, Catalogue, Settings]:
    """Return the repository's root, the installed rules and the settings.

    A verb that works on the settings themselves takes them from the working tree, and is not `trusting`.
    """
    given = layers(parsed) if trusting else tuple(map(untrusting, layers(parsed)))
    root = _root(parsed.path, next((x.values["root"] for x in reversed(given) if "root" in x.values), None))
    rules = rules_beside(root)
    return root, rules, read(root, rules, given, in_ci=in_ci())


def untrusting(options: Options) -> Options:
    """Return options without the trusted commit; raise `ConfigurationError` where one is named for a verb without."""
    if trusted.NAME in options.values and not options.prefix.startswith(PREFIX):
        hint = "`productops check` judges by a commit's settings"
        message = "this verb works with the settings of the working tree"
        raise ConfigurationError([Problem(options.label(trusted.NAME), 0, message, hint)])
    return Options(options.prefix, {k: v for k, v in options.values.items() if k != trusted.NAME})


def rules_beside(target: Path) -> Catalogue:
    """Return the installed rules; from here on nothing is imported from the target repository."""
    sys.path[:] = catalogue.trusted_path(target)
    return catalogue.installed(target)


def _root(path: str | None, root: str | None) -> Path:
    """Return the folder to judge: `--root` exactly, or the repository around the path."""
    if path and root:
        raise ConfigurationError([Problem("--root", 0, "a path is given too", "give one of the two")])
    chosen = Path(root or path or ".")
    if not chosen.is_dir():
        raise ConfigurationError([Problem(str(chosen), 0, "no such folder")])
    return chosen.resolve() if root else find_root(chosen)


def printable(text: str) -> str:
    """Return text that standard output can encode."""
    encoding = sys.stdout.encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)
