"""Makefiles: https://www.gnu.org/software/make/manual/make.html, read as text and never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, join, split
from pytest_productops.facts.files import Files, Unreadable, beyond
from pytest_productops.facts.globs import fits
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_VALUED_WORDS = """
-C --directory -f --file --makefile -I --include-dir -o --old-file -W --what-if --eval
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_GENERATORS = [
    "CMakeLists.txt",
    "configure",
    "configure.ac",
    "configure.in",
    "Makefile.in",
    "Makefile.am",
    "Makefile.PL",
    "meson.build",
    "Makefile.template",
    "Makefile.tpl",
    "Makefile.cmake",
    "premake5.lua",
    "wscript",
    "autogen.sh",
    "Makefile.pre.in",
]
_VARIABLE = regex(r"^\s*(?:override\s+|export\s+)*([\w.-]+)\s*(\?=|:::?=|::=|:=|\+=|!=|=)\s*(.*)$")
_RULE = regex(r"^([^\t#=:][^=:#]*)(::?)(?![=:])(.*)$")
_TARGET_VARIABLE = regex(r"^\s*(?:private\s+|export\s+|override\s+)*[\w.-]+\s*(?::|\?|\+|::)?=")
_INCLUDE = regex(r"^\s*(-|s)?include\s+(.+)$")
_REFERENCE = regex(r"\$(?:\(([\w.-]+)\)|\{([\w.-]+)\}|([A-Za-z]))")
_GENERATES = regex(r"\$[({](?:eval|foreach|call)\b")
_FOREACH = "$(foreach "
_SETTINGS = regex(r"(?:^|/)\.?(?:[\w.-]*env(?:[.\w-]*)|config\.mk|settings\.mk)$", re.IGNORECASE)
_DEPTH = 8
_LONGEST = 10_000


class Make(Runner):
    """make and gmake."""

    name = "make"
    kind = "make target"
    needs = "Makefile"
    names = ("GNUmakefile", "makefile", "Makefile")

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file; None where it holds nothing of this runner."""
        reader = _Reader(files, folder_of(path))
        reader.read(path)
        return reader.definition(path)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] not in {"make", "gmake", "$(MAKE)", "${MAKE}"}:
            return None
        words = split(call.words[1:], _VALUED)
        folder = call.folder
        for place in words.all("-C", "--directory"):
            folder = inside(folder, place)
        file = words.get("-f", "--file", "--makefile")
        names = tuple(
            name for name in (*words.operands, *words.left) if "=" not in name and not name.isdigit()
        )
        unsure = words.has("--eval", "-v", "--version", "--help", "-h")
        return Ask(names, folder, join(folder, file) if file else "", unsure)

    def generated(self, files: Files, folder: str) -> bool:
        """Whether a generator makes the file."""
        return any(join(folder, name) in files or name in files for name in _GENERATORS)


class _Reader:
    """Reads one Makefile with what it includes."""

    def __init__(self, files: Files, folder: str) -> None:
        self.files = files
        self.folder = folder
        self.targets: dict[str, Target] = {}
        self.variables: dict[str, str] = {"MAKE": "make"}
        self.patterns: list[str] = []
        self.goal = ""
        self.open = False
        self.problem = ""
        self._depth = 0
        self._current: tuple[str, ...] = ()

    def definition(self, path: str) -> Definition:
        targets = tuple(self.targets.values())
        goal = self.goal or next((name for name in self.targets if not name.startswith(".")), "")
        default = (goal,) if goal else ()
        return Definition(path, self.folder, targets, self.open, self.problem, tuple(self.patterns), default)

    def read(self, path: str) -> None:
        """Read a file; None where it holds nothing of this runner."""
        try:
            text = self.files.read(path)
        except Unreadable as error:
            self.open, self.problem = True, str(error)
            return
        if lack := beyond(text):
            self.open, self.problem = True, f"{path} {lack}"
            return
        self._depth += 1
        skipping = 0
        for number, line in _logical(text):
            word = line.split(None, 1)[0] if line.strip() and not line.startswith("\t") else ""
            if word == "define" or (word in {"override", "export"} and " define " in line):
                skipping += 1
            elif word == "endef":
                skipping = max(skipping - 1, 0)
            elif not skipping:
                self._line(line, Location(path, number))
        self._depth -= 1

    def _line(self, line: str, place: Location) -> None:
        if line.startswith("\t"):
            self._recipe(line[1:], place)
        elif match := _INCLUDE.match(line):
            self._include(self._expand(_uncomment(match[2])), optional=bool(match[1]))
        elif _GENERATES.search(line) and not _VARIABLE.match(line):
            self.open = True
        elif match := _VARIABLE.match(line):
            self._assign(match[1], match[2], _uncomment(match[3]).strip())
        elif match := _RULE.match(line):
            self._rule(match[1].rstrip().removesuffix("&"), match[3], place)

    def _assign(self, name: str, operator: str, value: str) -> None:
        if name == ".RECIPEPREFIX":
            self.open = True
        elif name == ".DEFAULT_GOAL":
            self.goal = self._expand(value)
        elif operator == "+=":
            self.variables[name] = f"{self.variables.get(name, '')} {value}".strip()
        elif operator != "!=" and not (operator == "?=" and name in self.variables):
            self.variables[name] = value

    def _rule(self, names: str, rest: str, place: Location) -> None:
        if _TARGET_VARIABLE.match(rest):
            self._current = ()
            return
        needs, _, inline = _uncomment(rest).partition(";")
        wanted = tuple(re.sub(r"\$[({][^)}]*[)}]+", " ", self._expand(needs.replace("|", " "))).split())
        expanded = self._expand(names)
        listed = expanded.split() if "$" not in expanded else [expanded.strip()]
        self._current = tuple(listed)
        if listed == [".PHONY"]:
            return
        self.open = self.open or listed == [".DEFAULT"]
        for name in listed:
            self._add(name, wanted, place)
        if inline.strip():
            self._recipe(inline.strip(), place)

    def _add(self, name: str, needs: tuple[str, ...], place: Location) -> None:
        if "$" in name or "%" in name:
            pieces = re.split(r"\$\([^)]*\)+|\$\{[^}]*\}|\$.|%", name)
            self.patterns.append(".*".join(re.escape(piece) for piece in pieces))
            return
        known = self.targets.get(name)
        if known:
            self.targets[name] = Target(
                "make", name, known.location, known.body, known.needs + needs, self.folder
            )
        else:
            self.targets[name] = Target("make", name, place, (), needs, self.folder)

    def _recipe(self, text: str, place: Location) -> None:
        command = text.lstrip().lstrip("@+-").lstrip()
        prefix = text.lstrip()[: len(text.lstrip()) - len(command)]
        if not command:
            return
        command = self._expand(_unrolled(command)).replace("$$", "$")
        line = Line(f"{command} || true" if "-" in prefix else command, place)
        for name in self._current:
            if target := self.targets.get(name):
                body = (*target.body, replace(line, text=_automatic(line.text, target)))
                self.targets[name] = Target("make", name, target.location, body, target.needs, self.folder)

    def _include(self, names: str, *, optional: bool) -> None:
        for name in names.split():
            pattern = join(self.folder, name)
            paths = [p for p in self.files if fits(p, pattern)] if "$" not in name else []
            for path in paths:
                if self._depth < _DEPTH:
                    self.read(path)
            if not paths and not (optional and _SETTINGS.search(name)):
                self.open = True

    def _expand(self, text: str, depth: int = 5) -> str:
        """Replace the variables whose values are known and plain."""

        def value(match: re.Match[str]) -> str:
            return self.variables.get(match[1] or match[2] or match[3] or "", match[0])

        before = text
        text = _REFERENCE.sub(value, text.replace("$$", "\0")).replace("\0", "$$")
        return self._expand(text, depth - 1) if depth and text != before and len(text) < _LONGEST else text


def _unrolled(text: str) -> str:
    """Return `$(foreach dir,DIRS,make -C $(dir))` as what each round of it runs."""
    start = text.find(_FOREACH)
    while start >= 0:
        depth, end = 0, start
        for end in range(start, len(text)):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if text[end] == ")" and not depth:
                break
        parts = text[start + len(_FOREACH) : end].split(",", 2)
        if depth or len(parts) < 3:  # noqa: PLR2004 - a name, a list and a body
            break
        text = f"{text[:start]}{parts[2].strip()}{text[end + 1 :]}"
        start = text.find(_FOREACH, start)
    return text


def _automatic(text: str, target: Target) -> str:
    """Put a rule's own names in: `$@`, `$<` and `$^`."""
    first = target.needs[0] if target.needs else ""
    known = {"@": target.name, "<": first, "^": " ".join(target.needs), "*": ""}
    return re.sub(r"\$(?:\(([@<^*])[DF]?\)|([@<^*]))", lambda m: known[m[1] or m[2]], text)


def _uncomment(text: str) -> str:
    return re.sub(r"(?<!\\)#.*$", "", text)


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Return (number, line) with continued lines joined; a recipe keeps its line ends."""
    start, parts = 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        if not parts:
            start = number
        parts.append(line)
        if not line.endswith("\\"):
            yield start, _joined(parts)
            parts = []
    if parts:
        yield start, _joined(parts)


def _joined(parts: list[str]) -> str:
    if parts[0].startswith("\t"):
        return "\n".join([parts[0], *(part.removeprefix("\t") for part in parts[1:])])
    return " ".join(part.removesuffix("\\") for part in parts)
