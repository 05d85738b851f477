"""Where reports go: `FORMAT:PATH`, several apart by commas; `-` is standard output."""

from __future__ import annotations

import importlib
import importlib.util
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.policy.writing import replace
from pytest_productops.reports.earlier import NONE, Earlier
from pytest_productops.reports.stored import cleaned
from pytest_productops.repository import find_root
from pytest_productops.suggest import did_you_mean


class Format(NamedTuple):
    """A form of the report: the module beside this one that renders it, imported when asked, and its usual file.

    `needs` are modules of the extra of its name. A folder is made of several files, by `files` instead of `render`.
    Those `over_time` are given the stored reports too.
    """

    module: str
    file: str
    needs: tuple[str, ...] = ()
    over_time: bool = False
    folder: bool = False


_HTML = ("jinja2", "leather")


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "azure": Format("azure", "azure.log"),
        "badge": Format("badge", "badge.json"),
        "badge-svg": Format("badge_svg", "badge.svg"),
        "comment": Format("comment", "comment.md"),
        "concise": Format("concise", "productops.txt"),
        "csv": Format("table", "productops.csv"),
        "github": Format("github", "github.log"),
        "gitlab": Format("gitlab", "gl-code-quality-report.json"),
        "html": Format("html", "productops.html", _HTML, over_time=True),
        "html-dir": Format("html", "productops-html", _HTML, over_time=True, folder=True),
        "json": Format("json_report", "report.json"),
        "junit": Format("junit", "productops.xml"),
        "markdown": Format("markdown", "productops.md"),
        "sarif": Format("sarif", "productops.sarif"),
    }
)

PRINTED = tuple(name for name, each in FORMATS.items() if not each.folder)
"""Those that standard output can take."""


class Target(NamedTuple):
    """A report to write; without a path it goes to standard output."""

    format: str
    path: Path | None


def targets(words: str, label: str, root: Path) -> tuple[Target, ...]:
    """Return what an option asks for; raise `ConfigurationError` where a format is unknown, a path not writable.

    Paths are relative to the working directory. `label` is how the option is called, `root` a folder of the
    repository: no link in there is followed, since it leads where its author wants.
    """
    written = [word.strip() for word in words.split(",") if word.strip()]
    root = find_root(root)
    problems = [Problem(label, 0, *told) for word in written for told in _problems(word, root)]
    if problems:
        raise ConfigurationError(problems)
    pairs = (word.partition(":")[::2] for word in written)
    return tuple(Target(name, None if path == "-" else Path(path).resolve()) for name, path in pairs)


def _problems(word: str, root: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a word, and a hint."""
    name, colon, path = word.partition(":")
    suffix = word.rpartition(".")[2]
    if not colon and suffix in FORMATS and suffix != word:
        yield f"`{word}` names no format", f"write {suffix}:{word}"
    elif name not in FORMATS:
        yield f"no such format `{name}`", did_you_mean(name, FORMATS)
    elif lacking := [each for each in FORMATS[name].needs if importlib.util.find_spec(each) is None]:
        yield f"{name} needs {' and '.join(lacking)}", "pip install 'pytest-productops[html]'"
    elif FORMATS[name].folder and path in {"", "-"}:
        yield f"`{word}` names no folder", f"write {name}:{FORMATS[name].file}"
    elif not path:
        yield f"`{word}` names no file", f"write {name}:{FORMATS[name].file}, or {name}:- for standard output"
    elif path != "-" and (link := _link(Path(path).absolute(), root)):
        yield f"{path} is not written: {link.name} is a link of the repository", "name another file"
    elif path != "-" and (lack := _lack(Path(path).resolve(), folder=FORMATS[name].folder)):
        yield f"{path} cannot be written: {lack}", ""


def _link(path: Path, root: Path) -> Path | None:
    """Return the link in the repository that a path is, or leads over."""
    links = (each for each in (path, *path.parents) if each.is_symlink())
    return next((each for each in links if each.parent.resolve().is_relative_to(root)), None)


def _lack(path: Path, *, folder: bool) -> str:
    """Return why a file, or a folder of files, cannot be written, nothing where it can."""
    if folder and path.is_dir():
        return _lack(path / "index.html", folder=False)
    if folder and path.exists():
        return "it is a file"
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


def rendered(name: str, data: dict[str, Any], earlier: Earlier = NONE) -> str:
    """Return the report in a format; a person's or a service's is made of texts that nothing obeys."""
    text: str = _module(name).render(data if name == "json" else cleaned(data), *_past(name, earlier))
    return text


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"pytest_productops.reports.{FORMATS[name].module}")


def _past(name: str, earlier: Earlier) -> tuple[Earlier, ...]:
    return (earlier,) if FORMATS[name].over_time else ()


def write(wanted: tuple[Target, ...], data: dict[str, Any], earlier: Earlier = NONE) -> None:
    """Write each report, whole or not at all; raise `Unwritten` where that fails.

    `earlier` are stored reports, for the formats that show more than one day.
    """
    for target in wanted:
        if target.path is None:
            emit(rendered(target.format, data, earlier))
            continue
        try:
            for path, text in _parts(target.format, target.path, data, earlier):
                _put(path, encoded(text))
        except OSError as error:
            raise Unwritten(f"{target.path} could not be written: {error.strerror or error}") from error


def _parts(name: str, path: Path, data: dict[str, Any], earlier: Earlier) -> Iterator[tuple[Path, str]]:
    """Yield the files to write, of a folder that which names the others last."""
    if not FORMATS[name].folder:
        yield path, rendered(name, data, earlier)
        return
    texts: dict[str, str] = _module(name).files(cleaned(data), *_past(name, earlier))
    path.mkdir(exist_ok=True)
    yield from ((path / file, text) for file, text in texts.items())


def emit(text: str) -> None:
    """Print a report as it is, whatever standard output's own encoding and line ends."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encoded(text))
    sys.stdout.buffer.flush()


def inside(wanted: tuple[Target, ...], root: Path) -> frozenset[str]:
    """Return the paths below `root` that are written."""
    paths = (path for target in wanted for path in _written(target))
    return frozenset(path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root))


def _written(target: Target) -> Iterator[Path]:
    """Yield the files of a target; a module that makes a folder names all that it may hold."""
    if target.path and FORMATS[target.format].folder:
        yield from (target.path / name for name in _module(target.format).FILES)
    elif target.path:
        yield target.path


def _put(path: Path, data: bytes) -> None:
    if _special(path):
        path.write_bytes(data)
    else:
        replace(path, data)


def _special(path: Path) -> bool:
    """Whether a path is there and no regular file, such as /dev/stdout or a pipe; a link is none, and is replaced."""
    return not path.is_symlink() and path.exists() and not stat.S_ISREG(path.stat().st_mode)


def encoded(text: str) -> bytes:
    """Return a report's bytes."""
    return text.encode("utf-8", "backslashreplace")
