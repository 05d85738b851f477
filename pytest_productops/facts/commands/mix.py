"""Aliases of mix.exs, read as text: https://hexdocs.pm/mix/Mix.html#module-aliases."""

from __future__ import annotations

import re

from pytest_productops.facts.commands.model import Call, Definition, Line, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_BEGIN = regex(r"^([ \t]*)defp?\s+aliases\b.*?\bdo\b:?[ \t]*$", re.MULTILINE)
_ENTRY = regex(r"^\s*(?:\"([\w.:-]+)\":|([\w.]+):|\{:([\w.]+),|\"([\w.:-]+)\"\s*=>)\s*(.*)$")
_TEXT = regex(r"\"((?:[^\"\\]|\\.)*)\"")
_OWN = regex(
    r"^(?:deps|compile|format|test|run|help|new|clean|do|cmd|archive|escript|local|hex|phx|ecto|release|docs|credo|dialyzer"
    r"|loadpaths|app|eval|profile|xref|coveralls|sobelow|usage_rules|igniter|rebar)(?:\.|$)"
)


class Mix(Runner):
    """mix, as far as a project's own aliases go."""

    name = "mix"
    kind = "mix alias"
    needs = "mix.exs"
    names = ("mix.exs",)

    def read(self, files: Files, path: str) -> Definition | None:
        """Read a file."""
        folder = folder_of(path)
        try:
            text = files.read(path)
        except Unreadable as error:
            return Definition(path, folder, open=True, problem=str(error))
        return Definition(path, folder, tuple(_aliases(text, path, folder)), open=True)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for, None where it is not this runner's or mix's own task."""
        if call.words[0] != "mix" or len(call.words) == 1:
            return None
        rest = list(call.words[1:])
        listed = " ".join(rest[1:]) if rest[0] == "do" else rest[0]
        names = [part.split()[0] for part in re.split(r"\s*,\s*|\s\+\s", listed) if part.strip()]
        own = tuple(name for name in names if not _OWN.match(name) and not name.startswith("-"))
        return Ask(own, call.folder, unsure=True) if own else None


def _aliases(text: str, path: str, folder: str) -> list[Target]:
    begin = _BEGIN.search(text)
    if begin is None:
        return []
    first = text.count("\n", 0, begin.end()) + 1
    found: list[Target] = []
    for number, line in enumerate(text[begin.end() :].split("\n")[1:], first + 1):
        if re.match(rf"{begin[1]}end\b", line):
            break
        place = Location(path, number)
        entry = _ENTRY.match(line)
        if entry:
            name = entry[1] or entry[2] or entry[3] or entry[4]
            found.append(Target("mix", name, place, _lines(entry[5], place), folder=folder))
        elif found:
            last = found[-1]
            body = (*last.body, *_lines(line, place))
            found[-1] = Target("mix", last.name, last.location, body, folder=folder)
    return found


def _lines(text: str, place: Location) -> tuple[Line, ...]:
    """Return the tasks that a part of an alias names, as commands."""
    tasks = (match[1].replace('\\"', '"') for match in _TEXT.finditer(text.partition("#")[0]))
    return tuple(Line(one[4:] if one.startswith("cmd ") else f"mix {one}", place) for one in tasks)
