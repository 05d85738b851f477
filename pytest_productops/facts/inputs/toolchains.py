"""Files that say which toolchain to build with, and names of versions that move."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.inputs.model import Input
from pytest_productops.facts.manifests.tables import Toml, table, text
from pytest_productops.facts.toolchains import TOOLS
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_MOVING = regex(
    r"(?i:latest|lts|lts/\*|node|current|stable|beta|nightly|head|main|master|default|system|unstable)"
)
"""Whole names that are another version next month; `lts/hydrogen` and `nightly-2026-01-01` are not."""


def named(files: Files, folders: tuple[str, ...]) -> Iterator[Input]:
    """Yield what the version files of these folders name."""
    for folder in folders:
        for tool in TOOLS.values():
            for name in tool.files:
                yield from _first(files, posixpath.join(folder, name), tool.label)
        yield from _asdf(files, posixpath.join(folder, ".tool-versions"))
        for name in ("mise.toml", ".mise.toml"):
            yield from _mise(files, posixpath.join(folder, name))
        yield from _rust(files, folder)


def _input(name: str, said: str, location: Location) -> Input:
    moves = f"`{said}` is another version next month" if _MOVING.fullmatch(said) else ""
    return Input("toolchain", name, said, location, moves, exact=not moves)


def _lines(files: Files, path: str) -> Iterator[tuple[int, list[str]]]:
    try:
        content = files.read(path) if path in files else ""
    except Unreadable:
        return
    rows = ((number, line.partition("#")[0].split()) for number, line in enumerate(content.splitlines(), 1))
    yield from ((number, words) for number, words in rows if words)


def _first(files: Files, path: str, label: str) -> Iterator[Input]:
    for number, words in _lines(files, path):
        yield _input(label, words[0], Location(path, number))
        return


def _asdf(files: Files, path: str) -> Iterator[Input]:
    for number, words in _lines(files, path):
        if len(words) > 1:
            yield _input(words[0], words[1], Location(path, number))


def _toml(files: Files, path: str) -> Toml | None:
    try:
        return Toml(load(files.read(path)), path) if path in files else None
    except (Unreadable, TomlError):
        return None


def _mise(files: Files, path: str) -> Iterator[Input]:
    toml = _toml(files, path)
    for name, said in table(toml.data, "tools").items() if toml else ():
        written = said if isinstance(said, str) else text(said, "version")
        if toml and written:
            yield _input(name, written, toml.place("tools", name))


def _rust(files: Files, folder: str) -> Iterator[Input]:
    toml = _toml(files, posixpath.join(folder, "rust-toolchain.toml"))
    said = text(toml.data, "toolchain", "channel") if toml else ""
    if toml and said:
        yield _input("Rust", said, toml.place("toolchain", "channel"))
    yield from _first(files, posixpath.join(folder, "rust-toolchain"), "Rust")
