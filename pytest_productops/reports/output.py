"""Where reports go: `FORMAT:PATH`, several apart by commas; `-` is standard output."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import json_report
from pytest_productops.suggest import did_you_mean

FORMATS: Mapping[str, Callable[[dict[str, Any]], str]] = MappingProxyType({"json": json_report.render})


class Target(NamedTuple):
    """A report to write; without a path it goes to standard output."""

    format: str
    path: Path | None


def targets(words: str, label: str) -> tuple[Target, ...]:
    """Return what an option asks for; raise `ConfigurationError` where a format is unknown, a path not writable.

    Paths are relative to the working directory. `label` is how the option is called.
    """
    written = [word.strip() for word in words.split(",") if word.strip()]
    problems = [Problem(label, 0, *told) for word in written for told in _problems(word)]
    if problems:
        raise ConfigurationError(problems)
    pairs = (word.partition(":")[::2] for word in written)
    return tuple(Target(name, None if path == "-" else Path(path).resolve()) for name, path in pairs)


def _problems(word: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a word, and a hint."""
    name, colon, path = word.partition(":")
    suffix = word.rpartition(".")[2]
    if not colon and suffix in FORMATS and suffix != word:
        yield f"`{word}` names no format", f"write {suffix}:{word}"
    elif name not in FORMATS:
        yield f"no such format `{name}`", did_you_mean(name, FORMATS)
    elif not path:
        yield f"`{word}` names no file", f"write {name}:report.{name}, or {name}:- for standard output"
    elif path != "-" and (lack := _lack(Path(path).resolve())):
        yield f"{path} cannot be written: {lack}", ""


def _lack(path: Path) -> str:
    """Return why a file cannot be written, nothing where it can."""
    if path.is_dir():
        return "it is a folder"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent.name}"
    try:
        if _special(path):
            path.open("ab").close()
        else:
            tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        return error.strerror or str(error)
    return ""


class Unwritten(Exception):
    """A report could not be written after all, as on a full disk; the text says which and why."""


def write(wanted: tuple[Target, ...], data: dict[str, Any]) -> None:
    """Write each report, whole or not at all; raise `Unwritten` where that fails."""
    for target in wanted:
        text = FORMATS[target.format](data)
        if target.path is None:
            emit(text)
            continue
        try:
            _put(target.path, _encoded(text))
        except OSError as error:
            raise Unwritten(f"{target.path} could not be written: {error.strerror or error}") from error


def emit(text: str) -> None:
    """Print a report as it is, whatever standard output's own encoding and line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(_encoded(text))
    sys.stdout.buffer.flush()


def inside(wanted: tuple[Target, ...], root: Path) -> frozenset[str]:
    """Return the paths below `root` that are written."""
    paths = (target.path for target in wanted if target.path)
    return frozenset(path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root))


def _put(path: Path, data: bytes) -> None:
    if _special(path):
        path.write_bytes(data)
        return
    scratch = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        scratch.write_bytes(data)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _special(path: Path) -> bool:
    """Whether a path is there and no regular file, such as /dev/stdout or a pipe."""
    return path.exists() and not stat.S_ISREG(path.stat().st_mode)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")
