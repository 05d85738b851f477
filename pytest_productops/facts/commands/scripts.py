"""Scripts and requirement files that a call names by their path."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.commands.model import Call, Line, Target
from pytest_productops.facts.commands.runner import folder_of, join, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_SHELLS = frozenset(["sh", "bash", "zsh", "dash", "ksh", "source", "."])
_INTERPRETERS = _SHELLS | frozenset(["node", "tsx", "ts-node", "ruby", "perl", "php", "pwsh", "deno", "bun"])
_PYTHON = regex(r"^(?:python|py|pypy)[\d.]*$")
_HOMES = frozenset(["scripts", "script", "hack", "tools", "tool", "ci", "dev"])
_SCRIPT = regex(r"\.(?:sh|bash|zsh|py|rb|pl|js|mjs|cjs|ts|php|ps1|bat|cmd)$", re.IGNORECASE)
_OWN = regex(r"^(?:\./)?(?:(?:[\w.-]+/)*bin/[\w.-]+|(?:[\w.-]+/)*(?:gradlew|mvnw))$")
"""Binstubs and wrappers: missing only where the history says that they are gone."""
WRAPPERS = frozenset({"gradlew", "mvnw"})
"""Scripts that only start their tool: what they consist of is no work of the repository."""
_PLAIN = regex(r"^(?:\./)?[\w@.+-][\w@.+/ -]*$")
_SHEBANG = regex(r"^#!.*\b(?:ba|z|da|k)?sh\b")
_VALUED_WORDS = """
-r --requirement --requirements -c --constraint -W -X -O -o -e -I -i -f -E -G
"""
_VALUED = frozenset(_VALUED_WORDS.split())


@dataclass(frozen=True)
class Named:
    """A file that a call names: its path from the root, as the call says it, and what it is."""

    path: str
    said: str
    kind: str = "script"


def names(call: Call) -> Iterator[Named]:
    """Return the files of the repository that a call cannot do without."""
    first, rest = call.words[0], call.words[1:]
    if first in _INTERPRETERS or _PYTHON.match(first):
        yield from _given(call, rest)
    elif (
        "/" in first
        and (_SCRIPT.search(first) or in_home(first) or _OWN.match(first))
        and _PLAIN.match(first)
    ):
        yield Named(join(call.folder, first), join("", first))
    elif (first in {"pip", "pip3"} and "install" in rest) or (first == "uv" and rest[:1] == ("pip",)):
        for file in split(rest, _VALUED).all("-r", "--requirement", "--requirements"):
            if _PLAIN.match(file) and not file.startswith("/"):
                yield Named(join(call.folder, file), join("", file), "requirements file")


def paths(call: Call) -> tuple[str, ...]:
    """Return the paths at which a call may start a script of the tree, one without a telling name too."""
    said = [named.path for named in names(call)]
    if "/" in call.words[0] and _PLAIN.match(call.words[0]):
        said.append(join(call.folder, call.words[0]))
    return tuple(dict.fromkeys(said))


def likely(path: str) -> bool:
    """Whether the name of a path that never was in the history says that it is a script of the repository."""
    return bool(_SCRIPT.search(path) or in_home(path))


def in_home(path: str) -> bool:
    """Whether a path lies in a folder that is for scripts written by hand."""
    parts = [part for part in path.split("/")[:-1] if part != "."]
    return bool(parts) and not _HOMES.isdisjoint(parts) and not path.startswith(("/", "~"))


def target(files: Files, path: str) -> Target | None:
    """Return a shell script of the tree as a target, with its text as its body; None for any other file."""
    try:
        text = files.read(path)
    except Unreadable:
        return None
    shell = _SHEBANG.match(text) or (not text.startswith("#!") and path.endswith((".sh", ".bash")))
    body = (Line(text, Location(path, 1)),) if shell else ()
    return Target("script", path, Location(path), body)


def text_of(call: Call) -> str:
    """Return the shell text of `bash -c TEXT`."""
    if call.words[0] in _SHELLS:
        for at, word in enumerate(call.words[:-1]):
            if re.fullmatch(r"-\w*c", word):
                return call.words[at + 1]
    return ""


def _given(call: Call, rest: tuple[str, ...]) -> Iterator[Named]:
    """Return the script that an interpreter is given."""
    words = iter(rest)
    for word in words:
        if word in {"-c", "-m", "-e", "-p", "--eval", "-"} or re.fullmatch(r"-\w*c", word):
            return
        if word in {"-W", "-X", "-I", "-r", "-O"}:
            next(words, "")
        elif not word.startswith(("-", "+")):
            if (_SCRIPT.search(word) or "/" in word) and _PLAIN.match(word) and folder_of(word) != "/":
                yield Named(join(call.folder, word), join("", word))
            return
