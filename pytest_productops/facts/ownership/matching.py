"""Matching: which files the lines of a CODEOWNERS file match, and which line decides, for many lines and files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from pytest_productops.facts.ownership.codeowners import Dialect, Entry

_WILD = "*?["


def literal(entry: Entry, dialect: Dialect) -> str:
    """Return the path that a pattern stands for, or nothing where it has wildcards or matches at any depth."""
    segments = entry.segments(dialect)
    return "" if any(letter in segment for segment in segments for letter in _WILD) else "/".join(segments)


class Tree:
    """The files of a repository, looked up by pattern."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = sorted(paths)
        self._set = frozenset(self._paths)

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """Name of a file or folder -> the paths that it is in."""
        found: dict[str, list[str]] = {}
        for path in self._paths:
            for part in dict.fromkeys(path.split("/")):
                found.setdefault(part, []).append(path)
        return found

    def matched(self, entry: Entry, dialect: Dialect) -> frozenset[str]:
        """Return the files that a pattern matches."""
        return frozenset(path for path in self._candidates(entry, dialect) if entry.matches(path, dialect))

    def _candidates(self, entry: Entry, dialect: Dialect) -> Iterable[str]:
        """Narrow the files down by what the pattern says literally."""
        plain: list[str] = []
        for segment in entry.segments(dialect):
            if any(letter in segment for letter in _WILD):
                break
            plain.append(segment)
        if plain:
            return self._under("/".join(plain))
        named = [part for part in entry.segments(dialect) if not any(letter in part for letter in _WILD)]
        return self._named.get(named[0], ()) if named else self._paths

    def _under(self, path: str) -> list[str]:
        """Return the file of this path and those in the folder of this path."""
        start, end = bisect_left(self._paths, f"{path}/"), bisect_left(self._paths, f"{path}0")
        return [*([path] if path in self._set else ()), *self._paths[start:end]]


class Lines:
    """The lines of one section, asked for the one that decides: the last that matches."""

    def __init__(self, entries: Iterable[Entry], dialect: Dialect) -> None:
        self._dialect = dialect
        self._exact: dict[str, Entry] = {}
        self._inside: dict[str, Entry] = {}
        self._wild: list[Entry] = []
        for entry in entries:
            path = literal(entry, dialect)
            if not path:
                self._wild.append(entry)
            elif not entry.pattern.endswith("/"):
                self._exact[path] = entry
            if path and entry.below(dialect):
                self._inside[path] = entry

    def decider(self, path: str) -> Entry | None:
        """Return the line that decides for a file."""
        folders = (path[:at] for at, letter in enumerate(path) if letter == "/")
        found = [self._inside[folder] for folder in folders if folder in self._inside]
        found += [self._exact[path]] if path in self._exact else []
        last = max(found, key=_line, default=None)
        for entry in reversed(self._wild):
            if last is not None and entry.line < last.line:
                break
            if entry.matches(path, self._dialect):
                return entry
        return last


def _line(entry: Entry) -> int:
    return entry.line


def samples(entry: Entry, dialect: Dialect) -> list[str]:
    """Return paths that a pattern would match, files that need not exist: one there, and one below it."""
    names = [_sample(segment) for segment in entry.segments(dialect)]
    path = "/".join(names)
    at = [] if entry.pattern.endswith("/") else [path]
    return [*at, *([f"{path}/~/~.~"] if entry.below(dialect) else [])]


def _sample(segment: str) -> str:
    return "~" if segment == "**" else segment.replace("*", "~").replace("?", "~")
