"""tox environments, and what calls ask of them: https://tox.wiki/en/latest/cli_interface.html."""

from __future__ import annotations

import configparser
from dataclasses import field

from pytest_productops.facts.commands.model import Call, Definition, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, join, split
from pytest_productops.facts.commands.tox_config import Config, expand, from_ini, from_toml
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import dataclass, regex

_VALUED = frozenset(
    [
        "-e",
        "--env",
        "-c",
        "--conf",
        "-f",
        "-m",
        "--workdir",
        "--work-dir",
        "--root",
        "-x",
        "--override",
        "--installpkg",
        "-p",
        "--parallel",
        "-o",
        "--result-json",
        "--discover",
        "--skip-env",
        "-k",
        "--alwayscopy",
        "--hashseed",
        "--runner",
        "--recreate-pkg",
    ]
) - {"-p", "-o", "--alwayscopy", "--recreate-pkg"}
_COMMANDS = frozenset(["run", "r", "run-parallel", "p", "exec", "e"])
_OTHER_WORDS = """
list l config c devenv d depends de legacy le quickstart q about schema man
"""
_OTHER = frozenset(_OTHER_WORDS.split())
PYTHON = regex(
    r"(?:py|cpython|python|pypy|jython|graalpy|rustpython|ironpython)?-?(?:\d+(?:\.\d+)*t?)?(?:\.\d+)?"
)
"""Factors that tox understands without any definition: py, py3, py312, 3.12, pypy310."""


@dataclass(frozen=True)
class _Defined(Definition):
    """A definition that can make environments of any known factors."""

    config: Config = field(default_factory=lambda: Config([]))


def _defined(config: Config, path: str, folder: str) -> Definition:
    targets = tuple(config.target(name, path, folder) for name in config.names())
    return _Defined(path, folder, targets, config.open, default=tuple(config.listed), config=config)


class Tox(Runner):
    """tox 3 and 4."""

    name = "tox"
    kind = "tox environment"
    needs = "tox configuration"
    own = ("tox.ini", "tox.toml")
    names = ("tox.ini", "setup.cfg", "pyproject.toml", "tox.toml")

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        try:
            text = files.read(path)
            config = from_toml(text, path) if path.endswith(".toml") else from_ini(text, path)
        except (Unreadable, ValueError, configparser.Error) as error:
            broken = path.endswith(("tox.ini", "tox.toml"))
            return (
                Definition(path, folder_of(path), open=True, problem=f"{path}: {error}") if broken else None
            )
        return _defined(config, path, folder_of(path)) if config else None

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] not in {"tox", "tox4"}:
            return None
        words = split(call.words[1:], _VALUED)
        if words.operands[:1] and words.operands[0] in _OTHER:
            return None
        chosen = ",".join((*words.all("-e", "--env"), "" if words.has("-e") else call.env.get("TOXENV", "")))
        names = tuple(name for name in (n.strip() for n in expand(chosen)) if name and name != "ALL")
        unsure = words.has("--ansible", "-h", "--help", "--version", "--devenv") or "$" in chosen
        file = words.get("-c", "--conf")
        folder = inside(call.folder, words.get("--root"))
        return Ask(names, folder, join(folder, file) if "." in file.rpartition("/")[2] else "", unsure)

    def find(self, definition: Definition, name: str) -> Target | None:
        """Return an environment; one of known factors needs no section of its own, it is `[testenv]`'s."""
        config = definition.config if isinstance(definition, _Defined) else None
        known = definition.get(name)
        if known or config is None or not all(_understood(part, config) for part in name.split("-")):
            return known
        return config.target(name, definition.path, definition.folder)


def _understood(factor: str, config: Config) -> bool:
    return factor in config.known or bool(PYTHON.fullmatch(factor))
