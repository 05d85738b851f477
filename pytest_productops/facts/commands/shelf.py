"""The definitions of every runner, each file read when it is first asked about."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.commands.cargo import Cargo
from pytest_productops.facts.commands.composer import Composer
from pytest_productops.facts.commands.extras import Extras
from pytest_productops.facts.commands.gradle import Gradle
from pytest_productops.facts.commands.invoke import Invoke
from pytest_productops.facts.commands.just import Just
from pytest_productops.facts.commands.make import Make
from pytest_productops.facts.commands.mix import Mix
from pytest_productops.facts.commands.model import Call, Definition
from pytest_productops.facts.commands.nox import Nox
from pytest_productops.facts.commands.npm import Npm
from pytest_productops.facts.commands.precommit import PreCommit
from pytest_productops.facts.commands.rake import Rake
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of
from pytest_productops.facts.commands.taskfile import Taskfile
from pytest_productops.facts.commands.tasks import Hatch, Pdm, Poe
from pytest_productops.facts.commands.tox import Tox
from pytest_productops.facts.commands.wrappers import unwrap
from pytest_productops.facts.files import Files, Unreadable, beyond

RUNNERS: tuple[Runner, ...] = (
    Make(), Tox(), Nox(), Npm(), Just(), Poe(), Pdm(), Hatch(), PreCommit(), Extras(),
    Taskfile(), Rake(), Composer(), Mix(), Cargo(), Gradle(), Invoke(),
)  # fmt: skip
_DATA = (".json", ".toml", ".yml", ".yaml", ".py")
"""Suffixes of what is not looked at line by line."""
_LAYERS = 6
"""Most wrappers around a command that are taken off."""


class Shelf:
    """The runners' files of a repository."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._read: dict[tuple[str, str], Definition | None] = {}
        self._paths: dict[str, dict[str, tuple[str, ...]]] = {}

    def asked(self, runner: Runner, ask: Ask) -> Definition | None:
        """Return the definition that answers a question, None where there is none."""
        if ask.file:
            return self.definition(runner, ask.file) if ask.file in self.files else None
        return self.serving(runner, ask.folder)

    def serving(self, runner: Runner, folder: str) -> Definition | None:
        """Return the definition that serves a folder: its own, or one above where the runner looks there."""
        while True:
            for path in self._by_folder(runner).get(folder, ()):
                if definition := self.definition(runner, path):
                    return definition
            if not (runner.upward and folder):
                return None
            folder = folder_of(folder)

    def everywhere(self, runner: Runner) -> Iterator[Definition]:
        """Return all definitions of a runner."""
        for paths in self._by_folder(runner).values():
            for path in paths:
                if definition := self.definition(runner, path):
                    yield definition

    def definition(self, runner: Runner, path: str) -> Definition | None:
        """Return what a file defines for a runner."""
        key = (runner.name, path)
        if key not in self._read:
            self._read[key] = self._beyond(runner, path) or runner.read(self.files, path)
        return self._read[key]

    def _beyond(self, runner: Runner, path: str) -> Definition | None:
        """Return what stands for a file that no person wrote, whose lines would take long to look at."""
        if path.endswith(_DATA):
            return None
        try:
            text = self.files.read(path)
        except Unreadable:
            return None
        lack = beyond(text)
        return Definition(path, runner.home(path), open=True, problem=f"{path} {lack}") if lack else None

    def _by_folder(self, runner: Runner) -> dict[str, tuple[str, ...]]:
        if runner.name not in self._paths:
            grouped: dict[str, tuple[str, ...]] = {}
            for path in runner.files(self.files):
                home = runner.home(path)
                grouped[home] = (*grouped.get(home, ()), path)
            self._paths[runner.name] = grouped
        return self._paths[runner.name]


def layers(call: Call) -> Iterator[Call]:
    """Return a call, then what its wrappers wrap: `poetry run make x`, `make x`."""
    layer: Call | None = call
    for _ in range(_LAYERS):
        if layer is None or not layer.words:
            return
        yield layer
        layer = unwrap(layer)
