"""Waivers in the comments of a file: `productops: ignore ONB003 until 2027-01-31 owner=@ann reason...`.

A comment behind text covers its line. One on a line of its own covers what comes next, up to the next blank line. Both
cover what is found about the file as a whole.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.documents.readers import READERS
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.waivers import comments, wording
from pytest_productops.facts.waivers.comments import SAYS
from pytest_productops.facts.waivers.model import MAX_DAYS, Accepting, Broken, Waiver
from pytest_productops.facts.waivers.written import Waivers
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Repository, Unavailable

_WORDS = regex(rb"productops: *ignore", re.IGNORECASE)
MAX_BLOCK = 1000
"""Most lines that a comment covers behind it."""
_SEARCH = (
    "grep",
    "--untracked",
    "--text",
    "--ignore-case",
    "--fixed-strings",
    "--files-with-matches",
    "--null",
)
"""How git lists the files with certain words; it runs no filter and no textconv, and stays out of submodules."""


@dataclass(frozen=True)
class InlineWaivers(Accepting):
    """The waivers in comments, and the comments that would be one."""

    quick = True

    all: tuple[Waiver, ...] = ()
    broken: tuple[Broken, ...] = ()
    max_days: int = MAX_DAYS

    @classmethod
    def gather(cls, repository: Repository) -> InlineWaivers:
        """Read the files that hold the words; never fails."""
        found = [each for path in _holders(repository) for each in in_file(repository, path)]
        return cls(
            tuple(each for each in found if isinstance(each, Waiver)),
            tuple(each for each in found if isinstance(each, Broken)),
            repository[Waivers].max_days,
        )


def in_file(repository: Repository, path: str) -> Iterator[Waiver | Broken]:
    """Yield the waivers of one file, whole or broken; raise `Unreadable` where it cannot be read."""
    return _File(repository, path).waivers(repository[Rulebook])


def _holders(repository: Repository) -> Iterator[str]:
    """Yield the repository's own files that hold the words; with git no other file is opened."""
    files = repository[Files]
    try:
        out = repository[Git].run(*_SEARCH, "productops:")
    except Unavailable:
        paths = list(files)
    else:
        paths = [os.fsdecode(name) for name in out.split(b"\0")]
    for path in sorted(path for path in paths if path in files and own_words(path)):
        try:
            if _WORDS.search(files.read_bytes(path)):
                files.read(path)
                yield path
        except Unreadable:
            continue


class _File:
    """A file that holds the words: its comments and its lines."""

    def __init__(self, repository: Repository, path: str) -> None:
        text = repository[Files].read(path)
        written = path.lower().endswith(tuple(READERS))
        document = repository[Documents].get(path) if written else None
        self.path = path
        self.spans = tuple(
            comments.in_document(document) if document else () if written else comments.in_code(path, text)
        )
        self.lines = text.split("\n")
        blocks = document.code_blocks if document else ()
        self.commented = {line for span in self.spans if span.alone for line in span.lines}
        self.literal = {
            line for block in blocks for line in range(block.line, block.line + block.text.count("\n"))
        }

    def waivers(self, book: Rulebook) -> Iterator[Waiver | Broken]:
        """Yield each waiver, whole or broken."""
        for span in self.spans:
            for line, text in zip(span.lines, span.text.split("\n"), strict=True):
                match = wording.DIRECTIVE.search(text)
                if match:
                    lines = self._block(line) if span.alone else (line, line)
                    yield wording.read(match, Location(self.path, line), lines, book)

    def _block(self, line: int) -> tuple[int, int]:
        """Return a line and the last one of what comes next; blank lines within code do not end that."""
        last, most = line, min(len(self.lines), line + MAX_BLOCK)
        while last < most and self._silent(last + 1):
            last += 1
        while last < most and (last + 1 in self.literal or self.lines[last].strip()):
            last += 1
        return line, last

    def _silent(self, line: int) -> bool:
        """Whether a line says nothing to a reader: it is blank, marks alone, or within a comment."""
        return line in self.commented or not SAYS.search(self.lines[line - 1])
