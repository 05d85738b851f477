"""Change the waivers in a file of settings, and not a byte beside them.

One stretch of lines is replaced, and the result is read back: it says what the file said before but for the change
that was asked for, or nothing is changed. tomlkit writes the values, and keeps the comments and quotes of an entry.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from pytest_productops.facts.formats import toml
from pytest_productops.policy.arrays import appended

KEY = "waivers"
_MARK = "\ufeff"
Base = tuple[str, ...]
"""The key path of the settings in their file."""
Entry = Mapping[str, Any]
"""The keys and values of a waiver."""


class NotEdited(Exception):
    """A file is left as it is; the text says why."""


def decoded(data: bytes) -> str:
    """Return a file's text with line feeds alone, without a byte order mark."""
    try:
        text = data.decode().removeprefix(_MARK)
    except UnicodeDecodeError as error:
        raise NotEdited("it is not UTF-8") from error
    return text.replace("\r\n", "\n") if _is_crlf(data) else text


def rewritten(data: bytes, edit: Callable[[str], str]) -> str:
    """Return a file's text, edited; byte order mark and line ends stay as they are."""
    edited = edit(decoded(data))
    mark = _MARK if data.startswith(_MARK.encode()) else ""
    return mark + (edited.replace("\n", "\r\n") if _is_crlf(data) else edited)


def _is_crlf(data: bytes) -> bool:
    return 0 < data.count(b"\n") == data.count(b"\r\n")


def form(text: str, base: Base, entry: Entry) -> str:
    """Return a waiver as these settings can hold it: a table, or what goes into an array or an inline table.

    Keys without a value are left out.
    """
    said = _said(entry)
    if not _Text(text, base).apart:
        return f"{_inline(said)}\n"
    written = _block(base, said)
    try:
        toml.load(f"{text}\n{written}")
    except toml.TomlError:
        return f"{KEY} = [{_inline(said)}]\n"
    return written


def add(text: str, base: Base, entry: Entry) -> str:
    """Return the settings with one waiver more, behind the last one; raise `NotEdited` where that cannot be."""
    said = _said(entry)
    wanted = _changed(text, base, lambda waivers: waivers.append(said))
    for candidate in _with(text, base, said):
        if _says(candidate, base, wanted):
            return candidate
    raise NotEdited("its tables leave no room for one")


def change(text: str, base: Base, index: int, values: Entry) -> str:
    """Return the settings with other values in one waiver."""
    return _edited(text, base, index, lambda waivers, at: waivers[at].update(values))


def remove(text: str, base: Base, indexes: Sequence[int]) -> str:
    """Return the settings without some of the waivers; comments around them stay."""
    for index in sorted(indexes, reverse=True):
        text = _edited(text, base, index, lambda waivers, at: waivers.pop(at))
    return text


def _edited(text: str, base: Base, index: int, edit: Callable[[Any, int], object]) -> str:
    """Return the settings with one waiver edited; raise `NotEdited` where they would say another thing then."""
    file = _Text(text, base)
    wanted = _changed(text, base, lambda waivers: edit(waivers, index))
    edited = file.edited(*file.region(index), lambda waivers: edit(waivers, 0 if file.apart else index))
    if not _says(edited, base, wanted):
        raise NotEdited("more of it would change")
    return edited


def _with(text: str, base: Base, entry: Entry) -> Iterator[str]:
    """Yield texts with one entry more: behind the last one, behind the settings, at the end."""
    file = _Text(text, base)
    if not file.apart:
        start, end = file.region(0)
        array = appended("\n".join(file.lines[start - 1 : end]), _inline(entry))
        yield "\n".join([*file.lines[: start - 1], array, *file.lines[end:]])
        return
    written = _block(base, entry).rstrip("\n").split("\n")
    if file.count:
        yield file.inserted(file.remarked(file.region(file.count - 1)[1]), written)
    elif base and file.settings is not None:
        yield file.inserted(file.end(base), written)
    yield file.inserted(len(file.lines) - (not file.lines[-1]), written)


class _Text:
    """The lines of a file of settings, counted from 1; `apart` says that each waiver is a table of its own."""

    def __init__(self, text: str, base: Base) -> None:
        self.lines = text.split("\n")
        self.loaded = toml.load(text)
        self.base = base
        self.settings = _at(self.loaded.data, base)
        waivers = _at(self.settings, (KEY,))
        self.count = len(waivers or ())
        first = self.loaded.line((*base, KEY))
        self.apart = waivers is None or self.lines[first - 1].lstrip().startswith("[[")

    def region(self, index: int) -> tuple[int, int]:
        """Return the lines of one waiver, or of all where they are not tables of their own."""
        path: toml.Path = (*self.base, KEY, index) if self.apart else (*self.base, KEY)
        return self.loaded.line(path), self.end(path)

    def end(self, path: toml.Path) -> int:
        """Return the line that a value ends on: up to there the file says all of it."""
        value, last = _at(self.loaded.data, path), max(self.loaded.last(path), 1)
        return next(end for end in range(last, len(self.lines) + 1) if self._until(end, path) == value)

    def remarked(self, line: int) -> int:
        """Return the last line of the comments below a line; those right above something else are not of it."""
        last = line
        while last < len(self.lines) and self.lines[last].lstrip().startswith("#"):
            last += 1
        return line if "".join(self.lines[last : last + 1]).strip() else last

    def _until(self, end: int, path: toml.Path) -> Any:
        try:
            return _at(toml.load("\n".join(self.lines[:end])).data, path)
        except toml.TomlError:
            return None

    def inserted(self, after: int, written: list[str]) -> str:
        """Return the text with lines behind a line, apart from what is around them."""
        before, behind = self.lines[:after], self.lines[after:]
        above = [""] if before and before[-1].strip() else []
        below = [""] if behind and behind[0].strip() else []
        return "\n".join([*before, *above, *written, *below, *behind])

    def edited(self, start: int, end: int, edit: Callable[[Any], object]) -> str:
        """Return the text with the waivers in some lines edited by tomlkit, which sees no more than those."""
        part = _tomlkit().parse("\n".join([*self.lines[start - 1 : end], ""]))
        ways = ((*self.base, KEY)[skipped:] for skipped in range(len(self.base) + 1))
        waivers = next((found for way in ways if (found := _at(part, way)) is not None), None)
        if waivers is None:
            raise NotEdited("its waivers stand among other keys on one line")
        try:
            edit(waivers)
        except _tomlkit().exceptions.TOMLKitError as error:
            raise NotEdited(str(error)) from error
        before, behind = self.lines[: start - 1], self.lines[end:]
        if self.apart and not waivers:
            return "\n".join(_closed(before, behind))
        return "\n".join([*before, *_tomlkit().dumps(part).split("\n")[:-1], *behind])


def _closed(before: list[str], behind: list[str]) -> list[str]:
    """Return the lines around a gap, without one of the blank lines that meet there."""
    if any(line.strip() for line in (*before[-1:], *behind[:1])):
        return before + behind
    return before[:-1] + behind if before else behind[min(1, len(behind) - 1) :]


def _said(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value}


def _block(base: Base, entry: Entry) -> str:
    return f"[[{'.'.join((*base, KEY))}]]\n{_tomlkit().dumps(entry)}"


def _inline(entry: Entry) -> str:
    table = _tomlkit().inline_table()
    table.update(entry)
    return str(table.as_string())


def _changed(text: str, base: Base, edit: Callable[[list[Any]], object]) -> dict[str, Any]:
    """Return what the file says, with its waivers edited."""
    data: dict[str, Any] = copy.deepcopy(dict(toml.load(text).data))
    table = data
    for key in base:
        table = table.setdefault(key, {})
    edit(table.setdefault(KEY, []))
    return data


def _says(text: str, base: Base, wanted: dict[str, Any]) -> bool:
    """Whether a text is TOML and says exactly this; no waivers and an empty list of them are one."""
    try:
        return _without_nothing(dict(toml.load(text).data), base) == _without_nothing(wanted, base)
    except toml.TomlError:
        return False


def _without_nothing(data: dict[str, Any], base: Base) -> dict[str, Any]:
    for length in range(len(base), -1, -1):
        around = _at(data, base[:length])
        name = (*base, KEY)[length]
        if isinstance(around, dict) and around.get(name) in ([], {}):
            del around[name]
    return data


def _at(data: Any, path: Sequence[str | int]) -> Any:
    """Return what is at a path, None where there is nothing."""
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _tomlkit() -> ModuleType:
    try:
        import tomlkit  # noqa: PLC0415 - only who edits needs it
    except ImportError as error:
        raise NotEdited("tomlkit is not installed: pip install 'pytest-productops[edit]'") from error
    return tomlkit
