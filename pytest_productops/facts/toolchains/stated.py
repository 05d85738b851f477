"""Where versions of a toolchain are stated: version files, classifiers, linters, images and the README."""

from __future__ import annotations

import configparser
import posixpath
import re
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats.ranges import Numbers
from pytest_productops.facts.formats.toml import TomlError, load
from pytest_productops.facts.manifests.tables import Toml, at, text, texts
from pytest_productops.facts.toolchains.model import Source, Statement
from pytest_productops.facts.toolchains.tools import Tool
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PLAIN = regex(r"^(?:[a-z]+[-@ ])?v?(\d{1,4}(?:\.\d{1,4}){0,2})$")
_CLASSIFIER = regex(r"^Programming Language :: Python :: (\d+\.\d+)$")
_PY = regex(r"^py(\d)(\d+)$")
_FROM = regex(r"^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)", re.IGNORECASE | re.MULTILINE)
_SKIPPED = regex(
    r"change ?log|history|release|contribut|develop|hacking|migrat|upgrad|old|legacy|version|test|build|compat"
    r"|faq|news|benchmark",
    re.IGNORECASE,
)
_HEDGED = regex(
    r"\b(?:drop|dropped|drops|removed?|until|before|prior|previous|older|earlier|legacy|deprecat\w*|last|eol"
    r"|end[- ]of|was|were|had|if you|used to|since|v?\d+\.x|for python 2|version \d+\.\d+ (?:of|and)|instead"
    r"|example|e\.g\.|only|optional\w*|unless|feature|when)\b|\?",
    re.IGNORECASE,
)
"""Words of a sentence that speaks of the past, of a part, or of a condition."""
_BUILT = regex(r"\bis (?:built|compiled|written) (?:using|with|in|on)\b", re.IGNORECASE)
"""A sentence on the whole product, in whatever section it stands."""
_FOOTNOTE = regex(r"\s*(?:[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021*]|\[\^)")
"""What a feature needs, not the product."""


def number(written: str) -> Numbers:
    """Return the numbers of a plain version, nothing where it is none (`lts/*`, `stable`, `3.13-dev`).

    >>> number("v20.11"), number("python-3.12.1"), number("lts/*")
    ((20, 11), (3, 12, 1), ())
    """
    match = _PLAIN.match(written.strip())
    return tuple(map(int, match[1].split("."))) if match else ()


def statement(source: Source, written: str, location: Location) -> Iterator[Statement]:
    """Yield a statement where the version is plain."""
    numbers = number(written)
    if numbers:
        yield Statement(source, written.strip(), numbers, location)


def version_files(files: Files, folder: str, tool: Tool) -> Iterator[Statement]:
    """Yield the first version of each file that says what to develop with."""
    for name in tool.files:
        path = posixpath.join(folder, name)
        for number_, line in _lines(files, path):
            if line and not line.startswith("#"):
                yield from statement("file", line, Location(path, number_))
                break
    path = posixpath.join(folder, ".tool-versions")
    for number_, line in _lines(files, path):
        words = line.split()
        if len(words) > 1 and words[0] in tool.asdf:
            yield from statement("file", words[1], Location(path, number_))
    yield from _toml_files(files, folder, tool)


def _toml_files(files: Files, folder: str, tool: Tool) -> Iterator[Statement]:
    for name in ("mise.toml", ".mise.toml"):
        toml = _toml(files, posixpath.join(folder, name))
        for key in tool.asdf if toml else ():
            said = at(toml.data, "tools", key) if toml else None
            said = said[0] if isinstance(said, list) and said else said
            said = text(said, "version") if isinstance(said, dict) else said
            if toml and isinstance(said, str):
                yield from statement("file", said, toml.place("tools", key))
    toml = _toml(files, posixpath.join(folder, "rust-toolchain.toml")) if tool.name == "rust" else None
    if toml:
        yield from statement(
            "file", text(toml.data, "toolchain", "channel"), toml.place("toolchain", "channel")
        )


def classifiers(files: Files, folder: str) -> Iterator[Statement]:
    """Yield the releases of Python that the classifiers of a package list."""
    toml = _toml(files, posixpath.join(folder, "pyproject.toml"))
    listed = texts(toml.data, "project", "classifiers") if toml else ()
    for index, each in enumerate(listed):
        match = _CLASSIFIER.match(each.strip())
        if match and toml:
            yield from statement("classifier", match[1], toml.place("project", "classifiers", index))
    path = posixpath.join(folder, "setup.cfg")
    for line, each in _lines(files, path) if not listed else ():
        match = _CLASSIFIER.match(each)
        if match:
            yield from statement("classifier", match[1], Location(path, line))


def linters(files: Files, folder: str) -> Iterator[tuple[str, Statement]]:
    """Yield (tool, the Python that it takes for the oldest) of ruff, black and mypy."""
    for name, keys in (("ruff.toml", ()), (".ruff.toml", ()), ("pyproject.toml", ("tool", "ruff"))):
        toml = _toml(files, posixpath.join(folder, name))
        match = _PY.match(text(toml.data, *keys, "target-version")) if toml else None
        if match and toml:
            yield (
                "ruff",
                Statement(
                    "lint", match[0], (int(match[1]), int(match[2])), toml.place(*keys, "target-version")
                ),
            )
    toml = _toml(files, posixpath.join(folder, "pyproject.toml"))
    if toml:
        yield from _black(toml)
        said: Any = at(toml.data, "tool", "mypy", "python_version")
        yield from (
            ("mypy", each)
            for each in statement("lint", str(said or ""), toml.place("tool", "mypy", "python_version"))
        )
    yield from _mypy_ini(files, folder)


def _black(toml: Toml) -> Iterator[tuple[str, Statement]]:
    keys = ("tool", "black", "target-version")
    found = [match for each in texts(toml.data, *keys) if (match := _PY.match(each.lower()))]
    if found:
        first = min(found, key=lambda match: (int(match[1]), int(match[2])))
        yield "black", Statement("lint", first[0], (int(first[1]), int(first[2])), toml.place(*keys))


def _mypy_ini(files: Files, folder: str) -> Iterator[tuple[str, Statement]]:
    for name in ("mypy.ini", ".mypy.ini", "setup.cfg"):
        path = posixpath.join(folder, name)
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read_string("\n".join(line for _, line in _lines(files, path, strip=False)))
        except (configparser.Error, ValueError, AttributeError):
            continue
        said = parser.get("mypy", "python_version", fallback="")
        line = next((n for n, each in _lines(files, path) if each.startswith("python_version")), 0)
        yield from (("mypy", each) for each in statement("lint", said, Location(path, line)))


def images(files: Files, folder: str, tool: Tool) -> Iterator[Statement]:
    """Yield the versions of the images that the Dockerfile of a folder starts from."""
    path = posixpath.join(folder, "Dockerfile")
    content = "\n".join(line for _, line in _lines(files, path))
    for match in _FROM.finditer(content):
        found = tool.image.match(match[1])
        if found:
            yield from statement(
                "image", found[1], Location(path, content.count("\n", 0, match.start(1)) + 1)
            )


def documents(documents_: Documents, folder: str, tool: Tool) -> Iterator[Statement]:
    """Yield the lower ends that the README of a folder promises: `Python 3.9+`, `Node.js 18 or newer`."""
    readmes = [path for path in documents_.paths if posixpath.dirname(path) == folder and _readme(path)]
    pattern = re.compile(
        rf"\b{tool.said}\s*(?:version\s*)?(?:v?(\d+(?:\.\d+)?)(?:\.0)?(?:\+|\s*(?:and|or)\s+(?:newer|later|higher|above|greater|up)\b)"
        rf"|(?:>=|≥)\s*v?(\d+(?:\.\d+)?)(?:\.0)?(?![\w.]))"
    )
    for path in readmes[:2]:
        document = documents_.get(path)
        for line, words in _promises(document) if document else ():
            match = pattern.search(words)
            if match and not _HEDGED.search(words) and not _FOOTNOTE.match(words):
                yield from statement("document", match[1] or match[2], Location(path, line))


def _readme(path: str) -> bool:
    return posixpath.basename(path).lower().partition(".")[0] == "readme"


def _promises(document: Document) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of the prose that speaks of the product as it is now."""
    skipped = [
        (section.start, section.end)
        for section in document.sections
        if section.heading and section.heading.level > 1 and _SKIPPED.search(section.heading.text)
    ]
    said = [(each.line, each.text) for each in document.prose]
    said += [(each.line, each.text) for each in document.items]
    for line, words in said:
        if _BUILT.search(words) or not any(start <= line <= end for start, end in skipped):
            yield line, words[:400]


def _toml(files: Files, path: str) -> Toml | None:
    try:
        return Toml(load(files.read(path)), path) if path in files else None
    except (Unreadable, TomlError):
        return None


def _lines(files: Files, path: str, *, strip: bool = True) -> Iterator[tuple[int, str]]:
    try:
        content = files.read(path) if path in files else ""
    except Unreadable:
        return
    yield from ((n, line.strip() if strip else line) for n, line in enumerate(content.splitlines(), 1))
