"""Tasks of a Rakefile and of lib/tasks/*.rake, read as text: https://ruby.github.io/rake/doc/rakefile_rdoc.html."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, join, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_VALUED_WORDS = """
-f --rakefile -I --libdir -r --require -C --directory -R --rakelibdir -j --jobs
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_INFORMING_WORDS = """
-T --tasks -D --describe -P --prereqs -W --where -A --all --version -V -h --help -e
"""
_INFORMING = frozenset(_INFORMING_WORDS.split())
_NAMESPACE = regex(r"^(\s*)namespace\s*(?:\(\s*)?[:\"']([\w-]+)[\"']?\)?\s+do\b")
_TASK = regex(
    r"^(\s*)(?:\w+\s*=\s*)?(?:multi)?task\s*(?:\(\s*)?(?::(\w+[?!]?)|[\"']([^\"']+)[\"']|(\w+):|(\S.*))"
)
_CLASS = regex(r"^(\s*)((?:\w+::)*(?=\w*Task)\w+)\.new(?:\s*(?:\(\s*)?(?::(\w+)|[\"']([\w:-]+)[\"']))?")
_DEPENDS = regex(r"(?:=>|\b[\w\"']+:(?!:))\s*(\[[^\]\n]*\]|%[wi][\[({][^\])}\n]*|:\w+|[\"'][\w:-]+[\"'])")
_NAME = regex(r"[A-Za-z_][\w:-]*")
_SHELL = regex(
    r"^\s*(?:\w+\s*=\s*)?(?:sh|system|exec|`)\s*(?:\(\s*)?(?:[\"'`]([^\"'`\n]+)|(?!\s)([^\"'`\n]+)`)"
)
_OPENS = regex(
    r"^\s*(?!\s)(?:import\b|load\b|Dir\[|Dir\.glob|Rails\.application\.load_tasks|.*\bload_tasks\b|.*\binstall_tasks\b"
    r"|FileList|.*\.each\b.*\btask\b|include\b|eval\b|.*\bdefine_task)"
)
_REQUIRE = regex(r"^\s*require(?:_relative)?\s*(?:\(\s*)?[\"']([^\"']+)[\"']")
_HARMLESS = regex(
    r"^(?:rake(?:/(?:testtask|clean|task|packagetask))?|rspec/core/rake_task|rubocop/rake_task|bundler(?:/setup)?"
    r"|rubygems|yard(?:/rake/\w+)?|rdoc/task|cucumber/rake/task|standard/rake"
    r"|fileutils|pathname|json|yaml|time|date|set|erb|open3|tmpdir|tempfile|shellwords|English|pp|digest(?:/\w+)?|net/http"
    r"|optparse|logger|open-uri|stringio|benchmark|simplecov|dotenv(?:/\w+)?|minitest/test_task)$"
)
_GEM_TASKS = r"(?:build|install|release|clean|clobber)(?::.*)?"
_CLASSES = (
    ("RSpec", "spec", "rspec"), ("TestTask", "test", "minitest"), ("RuboCop", "rubocop", "rubocop"),
    ("Cucumber", "cucumber", "cucumber"), ("Yardoc", "yard", "yard doc"), ("RDocTask", "rdoc", "rdoc"),
)  # fmt: skip
_MAX_BODY = 400


class Rake(Runner):
    """rake. A name is missing only where nothing else than the files that are read can define tasks."""

    name = "rake"
    kind = "rake task"
    needs = "Rakefile"
    names = ("Rakefile", "rakefile", "Rakefile.rb", "rakefile.rb")
    upward = True

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a Rakefile with the tasks beside it."""
        folder = folder_of(path)
        reader = _Reader(files, folder)
        reader.read(path)
        for home in ("rakelib/", "lib/tasks/", "tasks/"):
            begin = f"{folder}/{home}" if folder else home
            for other in (one for one in files if one.startswith(begin) and one.endswith(".rake")):
                reader.read(other)
        default = tuple(one.name for one in reader.targets.values() if one.name == "default")
        targets = reader.settled()
        return Definition(path, folder, targets, reader.open, reader.problem, tuple(reader.patterns), default)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's."""
        if call.words[0] not in {"rake", "bin/rake", "./bin/rake"}:
            return None
        words = split(call.words[1:], _VALUED)
        if words.has(*_INFORMING):
            return None
        file = words.get("-f", "--rakefile")
        names = tuple(re.sub(r"\[.*", "", name) for name in words.operands if "=" not in name)
        folder = inside(call.folder, words.get("-C", "--directory"))
        return Ask(names, folder, join(call.folder, file) if file else "")

    def generated(self, files: Files, folder: str) -> bool:  # noqa: ARG002 - the words may be for the user's own Rakefile
        """Say that it may be: a library's documents speak of its users' Rakefile."""
        return True


class _Open(NamedTuple):
    """A namespace or task whose `end` is still to come."""

    indent: int
    name: str = ""
    task: str = ""


class _Reader:
    def __init__(self, files: Files, folder: str) -> None:
        self.files = files
        self.folder = folder
        self.targets: dict[str, Target] = {}
        self.patterns: list[str] = []
        self.open = False
        self.problem = ""
        self._stack: list[_Open] = []

    def read(self, path: str) -> None:
        """Read one file, line by line; blocks end where their indentation does."""
        try:
            lines = self.files.read(path).split("\n")
        except Unreadable as error:
            self.open, self.problem = True, str(error)
            return
        self._stack = []
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                self._line(line[:2000], Location(path, number))

    def _line(self, line: str, place: Location) -> None:
        indent = len(line) - len(line.lstrip())
        if line.strip() in ("end", "}") or line.lstrip().startswith("end "):
            while self._stack and self._stack[-1].indent >= indent:
                self._stack.pop()
        elif match := _NAMESPACE.match(line):
            self._stack.append(_Open(indent, match[2]))
        elif match := _TASK.match(line):
            self._task(match, line, place, indent)
        elif match := _CLASS.match(line):
            self._class(match, line, place)
        elif (match := _REQUIRE.match(line)) and not _HARMLESS.match(match[1]):
            self._required(match[1])
        elif match := _SHELL.match(line):
            self._shell(match[1] or match[2], place)
        elif _OPENS.match(line):
            self.open = True

    def _task(self, match: re.Match[str], line: str, place: Location, indent: int) -> None:
        name = match[2] or match[3] or match[4]
        if not name or "#{" in name:
            self.open = True
            return
        told = _DEPENDS.search(line, match.start(4) if match[4] else match.end(2 if match[2] else 3))
        needs = tuple(_NAME.findall(told[1].lstrip("%wi"))) if told else ()
        full = self._add(name, place, (), needs)
        if line.rstrip().endswith(("do", "{")) or re.search(r"\bdo\s*\|[^|]*\|\s*$", line):
            self._stack.append(_Open(indent, task=full))

    def _class(self, match: re.Match[str], line: str, place: Location) -> None:
        known = next((one for one in _CLASSES if one[0] in match[2]), None)
        name = match[3] or match[4] or (known[1] if known else "")
        if not name:
            self.open = True
            return
        full = self._add(name, place, (Line(known[2], place),) if known else (), ())
        if known is None or known[0] == "RuboCop":
            self.patterns.append(re.escape(full) + ":.*")
        if line.rstrip().endswith("do") or re.search(r"\bdo\s*\|[^|]*\|\s*$", line):
            self._stack.append(_Open(len(line) - len(line.lstrip())))

    def _required(self, name: str) -> None:
        if name == "bundler/gem_tasks":
            self.patterns.append(_GEM_TASKS)
        else:
            self.open = True

    def _shell(self, text: str, place: Location) -> None:
        task = next((one.task for one in reversed(self._stack) if one.task), "")
        target = self.targets.get(task)
        if target and len(target.body) < _MAX_BODY:
            self.targets[task] = Target(
                "rake", task, target.location, (*target.body, Line(text, place)), target.needs, self.folder
            )

    def _add(self, name: str, place: Location, body: tuple[Line, ...], needs: tuple[str, ...]) -> str:
        full = ":".join((*(one.name for one in self._stack if one.name), name))
        known = self.targets.get(full)
        if known:
            body, needs, place = known.body + body, known.needs + needs, known.location
        self.targets[full] = Target("rake", full, place, body, needs, self.folder)
        return full

    def settled(self) -> tuple[Target, ...]:
        """Return the tasks, what they need named in full."""
        return tuple(
            replace(one, needs=tuple(self._full(one, name) for name in one.needs))
            for one in self.targets.values()
        )

    def _full(self, task: Target, name: str) -> str:
        """Return the name of a needed task: that of the nearest namespace which has one."""
        spaces = task.name.split(":")[:-1]
        near = (":".join((*spaces[:at], name)) for at in range(len(spaces), 0, -1))
        return next((one for one in near if one in self.targets), name)
