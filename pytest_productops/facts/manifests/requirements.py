"""pip's requirements files (https://pip.pypa.io/en/stable/reference/requirements-file-format/)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pytest_productops.facts.files import Files
from pytest_productops.facts.manifests.model import Dependency, Manifest
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_NAME = regex(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)
_COMMENT = regex(r"(?:^|\s)#.*")
_DIRECT = regex(r"^\(?\s*@")
_PURPOSE = regex(
    r"(?:^|[-_./])(dev|test|tests|testing|doc|docs|lint|style|ci|build|typing|types|release)(?:[-_.]|elop|$)"
)


def canonical(name: str) -> str:
    """Return a name as indexes compare it (PEP 503).

    >>> canonical("Zope.Interface")
    'zope-interface'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement(text: str, group: str, location: Location) -> Dependency | None:
    """Read a requirement of PEP 508; None where it is none."""
    match = _NAME.match(text.split(" --hash", maxsplit=1)[0])
    if match is None:
        return None
    constraint, _, marker = (part.strip() for part in match[3].partition(";"))
    local = bool(_DIRECT.match(constraint)) and ("file:" in constraint or "@ ." in constraint)
    return Dependency(
        canonical(match[1]), constraint.strip("() "), group, location, local=local, conditional=bool(marker)
    )


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of each entry: comments dropped, continued lines joined."""
    held: list[str] = []
    begin = 0
    for number, line in enumerate(text.splitlines(), 1):
        begin = begin if held else number
        said = _COMMENT.sub("", line)
        held.append(said.removesuffix("\\"))
        if said.endswith("\\"):
            continue
        if entry := " ".join(held).strip():
            yield begin, entry
        held = []
    if entry := " ".join(held).strip():
        yield begin, entry


def purpose(path: str) -> str:
    """Return what a requirements file is for by its name: `""` for running the product, else `dev`, `docs`, ..."""
    stem = posixpath.splitext(posixpath.join(*path.split("/")[-2:]))[0].lower()
    match = _PURPOSE.search(stem)
    return match[1] if match else ""


def read(files: Files, path: str) -> Manifest:
    """Read a file: its requirements, and the files that it includes as `members`."""
    entries = list(lines(files.read(path)))
    group = purpose(path)
    found = (
        requirement(text, group, Location(path, number)) for number, text in entries if not _option(text)
    )
    included = tuple(words[1] for _, text in entries if (words := _including(text)))
    return Manifest("python", path, dependencies=tuple(filter(None, found)), members=included)


def _option(text: str) -> bool:
    return text.startswith(("-", ".", "/", "git+", "http:", "https:", "file:", "hg+", "svn+"))


def _including(text: str) -> tuple[str, str] | None:
    match = re.match(r"(-r|--requirement|-c|--constraint)[ =]?\s*(\S+)", text)
    return (match[1], match[2]) if match else None
