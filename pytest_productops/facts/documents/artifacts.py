"""What there is of one kind of document, and what of it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from pytest_productops.facts.documents.model import Document
from pytest_productops.facts.files import MAX_LINES, Files, Unreadable
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

MAX_LINE = 5_000
"""Longest line of a document that is read, in characters; of 20,000 documents in 200 repositories one had more."""
MAX_TEXT = 2**20
"""Longest document that is read, in characters."""
_DATA = regex(r"\bdata:[\w/+.-]{1,80};base64,[\w+/=%]+")
_VERSION = regex(r"\W{0,20}(?:version|release)?\W{0,20}v?\d{1,9}\.\d", re.IGNORECASE)


@dataclass(frozen=True)
class Artifact:
    """What there is of one kind, best first, pointers replaced by what they point to.

    `external` is where it is said to be outside the repository, `declared` that the configuration names the
    place, `pointer` the file that led to it.
    """

    kind: str
    documents: tuple[Document, ...] = ()
    external: str = ""
    declared: bool = False
    pointer: Location | None = None

    def __bool__(self) -> bool:
        return bool(self.documents or self.external)


@dataclass(frozen=True)
class Found:
    """Where following a document ended: at a document, outside, or (`problem`) at what cannot be read."""

    document: Document | None
    external: str = ""
    pointer: Location | None = None
    problem: str = ""


def text_of(files: Files, path: str) -> str:
    """Return a document's text without embedded images; raise `Unreadable` where no human wrote such a text.

    The limits keep every expression that looks at a line quick, whatever the line holds.
    """
    text = files.read(path)
    if len(text) > MAX_LINE and _longest(text)[0] > MAX_LINE:
        text = _DATA.sub("data:", text)
        length, line = _longest(text)
        if length > MAX_LINE:
            raise Unreadable(f"{path}:{line} is longer than {MAX_LINE} characters")
    if len(text) > MAX_TEXT:
        raise Unreadable(f"{path} is longer than {MAX_TEXT >> 20} MiB")
    if text.count("\n") > MAX_LINES:
        raise Unreadable(f"{path} has more than {MAX_LINES:,} lines")
    return text


def _longest(text: str) -> tuple[int, int]:
    """Return the length and the number of the longest line."""
    length, line = max((len(line), -number) for number, line in enumerate(text.split("\n"), 1))
    return length, -line


def is_readme(document: Document) -> bool:
    """Whether it is a README: with nothing but a link, it is a short README and no pointer."""
    return PurePosixPath(document.path).stem.lower() == "readme"


def is_changelog(document: Document) -> bool:
    """Whether most headings are versions."""
    versions = sum(bool(_VERSION.match(heading.text)) for heading in document.headings)
    return versions >= 3 and versions * 2 >= len(document.headings)  # noqa: PLR2004


def distinct(documents: Iterable[Document]) -> list[Document]:
    """Return the documents, each path once."""
    return list({document.path: document for document in documents}.values())
