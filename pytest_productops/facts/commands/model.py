"""The words of the command model: line, target, call, definition, resolution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from pytest_productops.facts.history import Removal
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Status = Literal["ok", "missing", "runner-missing", "unknown"]


@dataclass(frozen=True)
class Line:
    """One line of a recipe or script."""

    text: str
    location: Location


@dataclass(frozen=True)
class Target:
    """Something a runner can be asked for: a make target, a tox environment, an npm script.

    `body` are its commands, `needs` the targets that run before it, `folder` where its commands run.
    """

    runner: str
    name: str
    location: Location
    body: tuple[Line, ...] = ()
    needs: tuple[str, ...] = ()
    folder: str = ""


@dataclass(frozen=True)
class Call:
    """One simple command of a shell text: its words without quotes, and the folder it runs in.

    `folder` is relative to the root; one that is absolute, starts with `~` or `..`, or holds `$` is not in
    the repository. `may_fail`: its failure is swallowed (`|| true`, `set +e`). `env` are its own variables.
    """

    words: tuple[str, ...]
    location: Location
    folder: str = ""
    may_fail: bool = False
    env: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Definition:
    """A file that defines targets for a folder.

    `open`: it may define more than could be read, so a name that is not listed is unknown, not missing;
    `patterns` are regular expressions of names for which that holds, `default` what a bare call runs.
    """

    path: str
    folder: str
    targets: tuple[Target, ...] = ()
    open: bool = False
    problem: str = ""
    patterns: tuple[str, ...] = ()
    default: tuple[str, ...] = ()

    def may_define(self, name: str) -> bool:
        """Whether a name that is not listed may be defined all the same."""
        return self.open or any(re.fullmatch(pattern, name) for pattern in self.patterns)

    def get(self, name: str) -> Target | None:
        """Return the target of this name, or None."""
        return next((target for target in self.targets if target.name == name), None)


@dataclass(frozen=True)
class Resolution:
    """Whether what a call asks for exists.

    `what` names it ("make target `docs`"), `location` is the file that defines or should define it, and
    `suggestions` are the nearest names there; `removal` is what took the file away, where history tells,
    `needs` the file that a runner cannot do without, where there is none, `problem` why the file cannot be read.
    """

    status: Status
    what: str
    target: Target | None = None
    suggestions: tuple[str, ...] = ()
    location: Location | None = None
    removal: Removal | None = None
    needs: str = ""
    problem: str = ""
