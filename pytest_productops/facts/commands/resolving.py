"""Whether what a call asks for exists. Where that is not certain the answer is unknown."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Callable
from functools import cached_property

from pytest_productops.facts.commands import scripts
from pytest_productops.facts.commands.model import Call, Definition, Resolution
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, join
from pytest_productops.facts.commands.shelf import RUNNERS, Shelf, layers
from pytest_productops.facts.commands.shell import outside
from pytest_productops.facts.files import Unreadable
from pytest_productops.facts.history import Removal
from pytest_productops.facts.ignored import Ignored
from pytest_productops.model import Location

Past = Callable[[str], "Removal | None"]
_WORST = ("runner-missing", "missing", "unknown", "ok")
_NEAR = 0.6
_OPAQUE = frozenset("$`<>{}[]*?\\|")


class Resolver:
    """Answers for one repository; `past` tells what removed a path, None where that is not known.

    `exact`: the folders of calls are known for certain, so what other folders hold explains nothing.
    """

    def __init__(self, shelf: Shelf, past: Past, *, exact: bool = False) -> None:
        self.shelf = shelf
        self.past = past
        self.exact = exact

    def resolve(self, call: Call) -> Resolution | None:
        """Return the worst answer to what a call asks for; None where it asks for nothing defined here."""
        found = self._resolutions(call)
        return min(found, key=lambda r: _WORST.index(r.status)) if found else None

    def _resolutions(self, call: Call) -> list[Resolution]:
        unknown: list[Resolution] = []
        for at in layers(call):
            found = [answer for runner in RUNNERS for answer in self._asked(runner, at)] + self._files(at)
            if found and all(answer.status != "unknown" for answer in found):
                return found
            unknown = unknown or found
        return unknown

    def _asked(self, runner: Runner, call: Call) -> list[Resolution]:
        ask = runner.ask(call)
        if ask is None:
            return []
        if outside(ask.folder) or not _OPAQUE.isdisjoint("".join(ask.names)):
            return [Resolution("unknown", ask.kind or runner.kind)]
        definition = self.shelf.asked(runner, ask)
        if definition is None:
            return [self._absent(runner, ask)]
        return [self._answer(runner, ask, definition, name) for name in ask.names or ("",)]

    def _answer(self, runner: Runner, ask: Ask, definition: Definition, name: str) -> Resolution:
        what = f"{ask.kind or runner.kind} `{name}`" if name else runner.needs
        place = Location(definition.path)
        target = runner.find(definition, name) if name else None
        if target or not name:
            return Resolution("ok", what, target, (), target.location if target else place)
        file = any(
            join(definition.folder, name) in where for where in (self.shelf.files, self.shelf.files.folders)
        )
        if ask.unsure or file or definition.may_define(name) or self._elsewhere(runner, name):
            return Resolution("unknown", what, location=place, problem=definition.problem)
        known = [t.name for t in definition.targets if t.name]
        return Resolution("missing", what, None, _near(name, known), place)

    def _absent(self, runner: Runner, ask: Ask) -> Resolution:
        """Return the answer where no file of the runner serves the folder."""
        what = f"{ask.kind or runner.kind} `{' '.join(ask.names)}`" if ask.names else runner.needs
        folder = ask.folder if ask.folder in self.shelf.files.folders else None
        unsure = ask.unsure or ask.file or folder is None or runner.generated(self.shelf.files, folder)
        anywhere = any(True for _ in self.shelf.everywhere(runner)) if not ask.names else False
        if unsure or anywhere or any(self._elsewhere(runner, name) for name in ask.names):
            return Resolution("unknown", what)
        gone = [found for name in runner.own or runner.names if (found := self.past(join(ask.folder, name)))]
        return Resolution("runner-missing", what, removal=gone[0] if gone else None, needs=runner.needs)

    def _elsewhere(self, runner: Runner, name: str) -> bool:
        """Whether another file of the runner may define a name: prose may have said to go to its folder."""
        known = () if self.exact else self.shelf.everywhere(runner)
        return any(runner.find(d, name) or d.may_define(name) for d in known)

    def _files(self, call: Call) -> list[Resolution]:
        return [self._file(call, named) for named in scripts.names(call)]

    def _file(self, call: Call, named: scripts.Named) -> Resolution:
        files = self.shelf.files
        path = files.followed(named.path)
        what = f"{named.kind} `{path}`"
        if path in files or path in files.folders:
            return Resolution("ok", what, scripts.target(files, path), location=Location(path))
        elsewhere = not self.exact and any(other.endswith(f"/{named.said}") for other in files)
        if outside(path) or outside(call.folder) or files.find(path) or elsewhere or self._ignored(path):
            return Resolution("unknown", what)
        removal = self.past(path)
        named_so = scripts.likely(path) or named.kind != "script"
        tracked = self.exact or (bool(folder_of(path)) and folder_of(path) in files.folders)
        if removal is None and not (tracked and named_so):
            return Resolution("unknown", what)
        return Resolution("missing", what, None, self._beside(path, removal), None, removal)

    def _beside(self, path: str, removal: Removal | None) -> tuple[str, ...]:
        """Return where a file went, else the nearest names in its folder, else its namesakes."""
        if removal and removal.now:
            return (removal.now,)
        siblings = [other for other in self.shelf.files if folder_of(other) == folder_of(path)]
        namesakes = [p for p in self.shelf.files if posixpath.basename(p) == posixpath.basename(path)]
        return _near(path, siblings) or tuple(namesakes[:3])

    def _ignored(self, path: str) -> bool:
        return self._left_out.match_file(path)

    @cached_property
    def _left_out(self) -> Ignored:
        try:
            return Ignored(self.shelf.files.read(".gitignore").splitlines())
        except Unreadable:
            return Ignored(())


def _near(name: str, known: list[str]) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(name, known, 3, _NEAR))
