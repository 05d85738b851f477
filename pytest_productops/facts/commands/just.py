"""Recipes of a justfile: https://just.systems/man/en/."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, join, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_VALUED_WORDS = """
-f --justfile -d --working-directory --set --shell --shell-arg --color -c --command --dotenv-path
--dotenv-filename -E --chooser --completions -s --show
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_INFORMING = """
-l --list --summary --choose --edit -e --evaluate --fmt --init --version -V -h --help --dump
--variables --changelog --man -c --command --completions
"""
_OTHER = frozenset(_INFORMING.split())
_RECIPE = regex(r"^@?([A-Za-z_][\w-]*)((?:\s[^:\n\"']*(?:(?:\"[^\"]*\"|'[^']*')[^:\n\"']*)*)?):(?!=)\s*(.*)$")
_ALIAS = regex(r"^alias\s+([\w-]+)\s*:=\s*([\w:-]+)")
_IMPORT = regex(r"^import\??\s+['\"]([^'\"]+)['\"]")
_MODULE = regex(r"^mod\??\s+([\w-]+)")
_SHELLS = regex(r"^#!.*\b(?:ba|z|da|k)?sh\b")


class Just(Runner):
    """just."""

    name = "just"
    kind = "just recipe"
    needs = "justfile"
    names = ("justfile", "Justfile", ".justfile")
    upward = True

    def files(self, files: Files) -> Iterator[str]:
        """Return the paths of its files."""
        names = {"justfile", ".justfile"}
        return (path for path in files if path.rpartition("/")[2].lower() in names)

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        reader = _Reader(files, folder_of(path))
        reader.read(path)
        targets = tuple(reader.targets.values())
        default = tuple(target.name for target in targets[:1])
        return Definition(
            path, reader.folder, targets, reader.open, reader.problem, tuple(reader.patterns), default
        )

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] != "just":
            return None
        words = split(call.words[1:], _VALUED, stop=True)
        if words.has(*_OTHER):
            return None
        names = [name for name in words.operands if "=" not in name][:1]
        folder = inside(call.folder, words.get("-d", "--working-directory"))
        file = words.get("-f", "--justfile")
        if names and "/" in names[0]:
            where, _, name = names[0].rpartition("/")
            folder, names = inside(folder, where), [name] if name else []
        return Ask(tuple(names), folder, join(call.folder, file) if file else "")


class _Reader:
    def __init__(self, files: Files, folder: str) -> None:
        self.files = files
        self.folder = folder
        self.targets: dict[str, Target] = {}
        self.patterns: list[str] = []
        self.open = False
        self.problem = ""
        self._read: set[str] = set()

    def read(self, path: str) -> None:
        """Read a file; None where it holds nothing of this runner."""
        self._read.add(path)
        try:
            lines = self.files.read(path).split("\n")
        except Unreadable as error:
            self.open, self.problem = True, str(error)
            return
        for at, line in enumerate(lines):
            if line[:1].strip():
                self._line(path, lines, at)

    def _line(self, path: str, lines: list[str], at: int) -> None:
        line, place = lines[at], Location(path, at + 1)
        if match := _ALIAS.match(line):
            self.targets.setdefault(
                match[1], Target("just", match[1], place, needs=(match[2],), folder=self.folder)
            )
        elif match := _IMPORT.match(line):
            self._import(join(folder_of(path), match[1]))
        elif match := _MODULE.match(line):
            self.patterns.append(rf"{re.escape(match[1])}(?:::.*)?")
        elif match := _RECIPE.match(line):
            body = _body(path, lines, at + 1)
            needs = tuple(re.findall(r"[A-Za-z_][\w-]*", re.sub(r"\([^)]*\)|#.*", _first_names, match[3])))
            self.targets[match[1]] = Target("just", match[1], place, body, needs, self.folder)
        elif re.match(r"^set\s+fallback\b(?!\s*:=\s*false)", line):
            self.open = True

    def _import(self, path: str) -> None:
        if path not in self.files:
            self.open = True
        elif path not in self._read:
            self.read(path)


def _first_names(match: re.Match[str]) -> str:
    """Return the name of a dependency with arguments, `(build "release")`."""
    found = re.match(r"\(\s*([\w-]+)", match[0])
    return found[1] if found else ""


def _body(path: str, lines: list[str], begin: int) -> tuple[Line, ...]:
    end = begin
    while end < len(lines) and (not lines[end].strip() or lines[end][:1] in {" ", "\t"}):
        end += 1
    own = lines[begin:end]
    first = next((line.strip() for line in own if line.strip()), "")
    if first.startswith("#!"):
        text = "\n".join(own)
        return (Line(_plain(text), Location(path, begin + 1)),) if _SHELLS.match(first) else ()
    return tuple(_commands(own, path, begin + 1))


def _commands(lines: list[str], path: str, number: int) -> Iterator[Line]:
    text, start = "", number
    for at, line in enumerate(lines, number):
        start = start if text else at
        text += line.strip() + "\n"
        if text.strip() and not line.rstrip().endswith("\\"):
            command = text.strip()
            bare = command.lstrip("@-")
            tolerant = "-" in command[: len(command) - len(bare)]
            yield Line(_plain(bare) + (" || true" if tolerant else ""), Location(path, start))
            text = ""
        text = text if text.strip() else ""


def _plain(text: str) -> str:
    """Write `{{ name }}` as a shell variable, so that it stays one word."""
    return re.sub(r"\{\{\s*([A-Za-z_]\w*)?.*?\}\}", lambda m: f"${{{m[1] or 'X'}}}", text)
