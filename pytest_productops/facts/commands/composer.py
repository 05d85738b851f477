"""Scripts of composer.json: https://getcomposer.org/doc/articles/scripts.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.commands import json_scripts
from pytest_productops.facts.commands.model import Call, Definition
from pytest_productops.facts.commands.runner import Ask, Runner, inside, split
from pytest_productops.facts.files import Files

_VALUED_WORDS = """
-d --working-dir --timeout
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_OWN_WORDS = """
about archive audit browse home bump check-platform-reqs clear-cache clearcache cc completion config create-project
depends why diagnose dump-autoload dumpautoload exec fund global help info init install i licenses list outdated
prohibits why-not reinstall remove rm uninstall require r search self-update selfupdate show status suggests update u
upgrade validate repo
"""
_OWN = frozenset(_OWN_WORDS.split())


class Composer(Runner):
    """composer's scripts."""

    name = "composer"
    kind = "composer script"
    needs = "composer.json"
    names = ("composer.json",)

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file."""
        return json_scripts.read(files, path, "composer", _commands)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] not in {"composer", "composer.phar", "./composer.phar"}:
            return None
        words = split(call.words[1:], _VALUED)
        folder = inside(call.folder, words.get("-d", "--working-dir"))
        if words.operands[:1] in {("run",), ("run-script",)} and not words.has("-l", "--list"):
            return Ask(words.operands[1:2], folder) if words.operands[1:] else None
        if not words.operands or words.operands[0] in _OWN or words.has("--version", "--help"):
            return None
        return Ask(words.operands[:1], folder, unsure=True)

    def generated(self, files: Files, folder: str) -> bool:  # noqa: ARG002 - the words may be for the user's own project
        """Say that it may be: a library's documents speak of its users' project."""
        return True


def _commands(given: Any) -> Iterator[str]:
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, str) and _plain(each):
            yield _plain(each)


def _plain(command: str) -> str:
    """Return a command of a script as a shell would be given it; a callback of PHP is none."""
    first, _, rest = command.partition(" ")
    if first in ("@php", "@composer"):
        return f"{first[1:]} {rest}"
    if first == "@putenv":
        return ""
    if first.startswith("@"):
        return f"composer run {first[1:]} {rest}".strip()
    return "" if "::" in first or (not rest and "\\" in first) else command
