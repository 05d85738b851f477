"""The common shape of a runner: where its targets are defined, and what a call asks of it."""

from __future__ import annotations

import posixpath
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from pytest_productops.facts.commands.model import Call, Definition, Target
from pytest_productops.facts.commands.shell import enter
from pytest_productops.facts.files import Files
from pytest_productops.lazy import dataclass


@dataclass(frozen=True)
class Ask:
    """What a call asks of a runner: these names, in this folder (or of this file).

    `unsure`: the call could mean something else too (`yarn jest` runs a dependency's program), so that a
    name that is not defined is unknown. `kind` names what is asked for, where it is not the runner's usual.
    """

    names: tuple[str, ...]
    folder: str = ""
    file: str = ""
    unsure: bool = False
    kind: str = ""


class Runner(ABC):
    """One kind of runner. `kind` is what its targets are called, `needs` the file that it must have."""

    name: str
    kind: str
    needs: str
    names: tuple[str, ...]
    """The names of its files, of two in one folder the stronger first."""
    own: tuple[str, ...] = ()
    """Those of them that are for nothing else: losing one of them is losing the runner."""
    upward = False
    """Whether it looks for its file in the folders above as well."""

    def files(self, files: Files) -> Iterable[str]:
        """Return the paths of its files."""
        return named(files, *self.names)

    def home(self, path: str) -> str:
        """Return the folder that a file is for."""
        return folder_of(path)

    @abstractmethod
    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner. Never raises for what is in it."""

    @abstractmethod
    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""

    def find(self, definition: Definition, name: str) -> Target | None:
        """Return the target that a name means in a definition."""
        return definition.get(name)

    def generated(self, files: Files, folder: str) -> bool:  # noqa: ARG002 - for those that have generators
        """Whether the missing file of a folder may be the work of a generator."""
        return False


@dataclass(frozen=True)
class Words:
    """A command line's options and operands; `left` are the words after `--`."""

    options: tuple[tuple[str, str], ...]
    operands: tuple[str, ...]
    left: tuple[str, ...] = ()

    def get(self, *names: str) -> str:
        """Return the value of the last of these options, or nothing."""
        return next((value for name, value in reversed(self.options) if name in names), "")

    def all(self, *names: str) -> tuple[str, ...]:
        """Return the values of all of these options."""
        return tuple(value for name, value in self.options if name in names)

    def has(self, *names: str) -> bool:
        """Whether one of these options is given."""
        return any(name in names for name, _ in self.options)


def split(words: Iterable[str], valued: frozenset[str], *, stop: bool = False) -> Words:
    """Split words into options and operands; `valued` options take a value (`-C x`, `-Cx`, `--dir=x`).

    `stop`: what follows the first operand is all operands.
    """
    options: list[tuple[str, str]] = []
    operands: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            break
        if not word.startswith("-") or word == "-":
            operands.append(word)
            if stop:
                return Words(tuple(options), (*operands, *rest))
            continue
        name, equals, value = word.partition("=")
        if equals and (word.startswith("--") or name in valued):
            options.append((name, value))
        elif word in valued:
            options.append((word, next(rest, "")))
        elif word[:2] in valued and not word.startswith("--"):
            options.append((word[:2], word[2:]))
        else:
            options.append((word, ""))
    return Words(tuple(options), tuple(operands), tuple(rest))


def inside(folder: str, option: str) -> str:
    """Return the folder that an option such as `-C x` leads to."""
    return enter(folder, option) if option else folder


def join(folder: str, name: str) -> str:
    """Join a folder and a name as a normalised path of the repository."""
    return posixpath.normpath(posixpath.join(folder, name))


def named(files: Files, *names: str) -> Iterator[str]:
    """Return the paths whose last part is one of the names; earlier names first within a folder."""
    rank = {name: at for at, name in enumerate(names)}
    found = [path for path in files if path.rpartition("/")[2] in rank]
    return iter(sorted(found, key=lambda path: (path.rpartition("/")[0], rank[path.rpartition("/")[2]])))


def folder_of(path: str) -> str:
    """Return a path's folder, the root as the empty string."""
    return path.rpartition("/")[0]
