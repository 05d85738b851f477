"""Shell text split into simple commands, without ever running it.

Enough of the POSIX grammar to tell commands, their words and their folder apart; substitutions stay as they
are written. Any text gives an answer.
See https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from pytest_productops.facts.commands.model import Call
from pytest_productops.facts.commands.tokens import Token, tokens
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_ASSIGNMENT = regex(r"^([A-Za-z_]\w*)\+?=(.*)$", re.DOTALL)
_OPENERS = frozenset(["if", "while", "until", "then", "elif", "else", "do", "{", "!", "time"])
_CLOSERS = frozenset(["fi", "done", "esac", "}"])
_ROOT = regex(
    r"^(?:\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR)\}?|\$\{\{\s*github\.workspace\s*\}\}"
    r"|\$\(git rev-parse --show-toplevel\))(?=/|$)/?"
)
_OWN_FOLDER = regex(
    r"^(?:\$\(dirname (?:-- )?\"?\$\{?(?:0|BASH_SOURCE(?:\[0\])?)\}?\"?\)|\$\{(?:0|BASH_SOURCE(?:\[0\])?)%/\*\})"
)
"""What a script writes for the folder that it lies in."""
_HARMLESS = frozenset({"true", ":", "echo", "printf"})


def calls(text: str, location: Location, folder: str = "") -> tuple[Call, ...]:
    """Return the simple commands of a shell text whose first line is at `location`, in order."""
    return run(text, location, folder)[0]


def run(text: str, location: Location, folder: str = "") -> tuple[tuple[Call, ...], str]:
    """Return the commands of a text and the folder that it leaves the shell in."""
    shell = _Shell(location, folder)
    for token in (*tokens(text), Token("\n", 0, operator=True)):
        shell.feed(token)
    return tuple(shell.found), shell.folder


def outside(folder: str) -> bool:
    """Whether a call's folder is not certainly one of the repository."""
    return folder.startswith(("/", "~", "..")) or bool(re.search(r"[$`<>{}*?:]", folder))


def enter(folder: str, target: str) -> str:
    """Return the folder after `cd target` in `folder`."""
    rooted = _ROOT.sub("", target)
    if rooted != target:
        folder = ""
    if rooted.startswith(("/", "~", "$", "`")):
        return rooted
    path = posixpath.normpath(posixpath.join(folder, rooted))
    return "" if path == "." else path


class _Shell:
    """The state between tokens: folder, swallowed failures, the words of the current command."""

    def __init__(self, location: Location, folder: str) -> None:
        self.location = location
        self.folder = folder
        self.found: list[Call] = []
        self._before = folder
        self._tolerant = False
        self._words: list[Token] = []
        self._exported: dict[str, str] = {}
        self._stack: list[str] = []
        self._chain = 0  # index in `found` of the first call of the current and-or list
        self._swallowed = 0  # index in `found` behind the calls whose failure `|| true` swallows
        self._alternative = False
        self._pattern = False  # between `case x in` (or `;;`) and the pattern's `)`

    def feed(self, token: Token) -> None:
        """Take the next token."""
        if not token.operator:
            self._words.append(token)
        elif self._pattern:
            self._in_pattern(token)
        elif token.text == "(" and len(self._words) == 1 and not self._words[0].quoted:
            self._words.clear()  # `name()`: a function, its body follows
        else:
            self._finish()
            self._after(token.text)

    def _in_pattern(self, token: Token) -> None:
        if (self._words and self._words[0].text == "esac") or token.text == ")":
            self._words.clear()
            self._pattern = False

    def _after(self, operator: str) -> None:
        if operator == "(":
            self._stack.append(self.folder)
        elif operator == ")" and self._stack:
            self.folder = self._stack.pop()
        if operator in {";;", ";;&", ";&"}:
            self._pattern = True
        self._alternative = operator == "||"
        if operator not in {"&&", "||"}:
            self.found[self._chain : self._swallowed] = [
                replace(call, may_fail=True) for call in self.found[self._chain : self._swallowed]
            ]
        self._swallowed = 0
        if operator in {";", "\n", "&", ";;"}:
            self._chain = len(self.found)

    def _finish(self) -> None:
        words, self._words = self._words, []
        while words and not words[0].quoted and words[0].text in _OPENERS:
            words = words[1:]
            self._alternative = False
        if not words:
            return
        first = "" if words[0].quoted else words[0].text
        if first == "case":
            self._pattern = True
        if first in _CLOSERS | {"for", "case", "select", "function", "[[", "[", "((", "in"}:
            return
        self._command(words)

    def _command(self, words: list[Token]) -> None:
        env: dict[str, str] = {}
        while words and (match := _ASSIGNMENT.match(words[0].text)):
            env[match[1]] = match[2]
            words = words[1:]
        texts = tuple(word.text for word in words)
        if not texts:
            self._exported.update(env)
        elif not self._builtin(texts):
            place = Location(self.location.path, max(self.location.line, 1) + words[0].line)
            self.found.append(Call(texts, place, self.folder, self._tolerant, {**self._exported, **env}))

    def _builtin(self, words: tuple[str, ...]) -> bool:
        """Do what a builtin does to the state; return whether it was one."""
        name, arguments = words[0], words[1:]
        if self._alternative and (name in _HARMLESS or words == ("exit", "0")):
            self._swallowed = len(self.found)
        if name in {"cd", "pushd", "popd"}:
            self._cd(name, arguments)
        elif name == "set":
            self._set(arguments)
        elif name == "export":
            pairs = (_ASSIGNMENT.match(word) for word in arguments)
            self._exported.update({m[1]: m[2] for m in pairs if m})
        return name in {
            "cd",
            "pushd",
            "popd",
            "set",
            "export",
            "true",
            ":",
            "exit",
            "return",
            "shift",
            "local",
        }

    def _cd(self, name: str, arguments: tuple[str, ...]) -> None:
        places = [word for word in arguments if word == "-" or not word.startswith("-")]
        target = "-" if name == "popd" else (places or ["~"])[0]
        before, own = self.folder, _OWN_FOLDER.match(target)
        if own:
            place = posixpath.dirname(self.location.path)
            self.folder = enter(place, target[own.end() :].lstrip("/"))
        else:
            self.folder = self._before if target == "-" else enter(before, target)
        self._before = before

    def _set(self, arguments: tuple[str, ...]) -> None:
        flags = " ".join(arguments)
        if re.search(r"(?:^|\s)(?:\+\w*e|\+o errexit)", flags):
            self._tolerant = True
        elif re.search(r"(?:^|\s)(?:-\w*e|-o errexit)", flags):
            self._tolerant = False
