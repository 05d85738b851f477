"""Rows: the lines of lists, tables and trees in which a document names the parts of a repository."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Document
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_I = re.IGNORECASE
_LISTING = regex(r"\s*(?:[-*+]\s|\d+[.)]\s|\||#{2,6}\s|[\u2502\u251c\u2514])|.*\S\s*\|\s*\S")
_OWNER = regex(r"\b(?:owners?|owned by|teams?|maintainers?|contacts?|responsible|steward|lead)\b", _I)
_PERSON = regex(r"(?<![\w/\[])@[\w-]+(?![\w/-])|[\w.+-]+@[\w-]+\.\w|(?<![\w/#])#[a-z][\w-]{2,}", _I)
_CELL = regex(r"\[([^\]]*)\]\(([^)\s]+)\)|`([^`]+)`")
_PATHS = regex(r"(?<![\w:/])[\w.-]+/[\w./-]+")
_WORD = regex(r"[\w@./-]+")


@dataclass(frozen=True)
class Part:
    """Something that is deployed or published: its folder, its name, and what makes it one."""

    folder: str
    name: str
    location: Location


@dataclass(frozen=True)
class Row:
    """A line of a list or table that names things: its words, its links' targets, whether it names an owner."""

    location: Location
    words: frozenset[str]
    targets: tuple[str, ...] = ()
    owner: bool = False
    document: Document | None = None


def rows(document: Document) -> Iterator[Row]:
    """Yield the lines of tables, lists and trees; a table whose head names owners has an owner in each full row."""
    owners = -1
    unseen = {line.strip() for comment in document.comments for line in comment.text.splitlines()} - {""}
    shown = (line.strip() for block in document.code_blocks for line in block.text.splitlines())
    unseen.update(line for line in shown if line.startswith("|"))  # a tree may stand in code, a table may not
    for number, line in enumerate(document.lines, 1):
        if line.strip() in unseen:
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) > 1 and owners < 0:
            owners = next((at for at, cell in enumerate(cells) if _OWNER.search(cell) and len(cell) < 30), -1)  # noqa: PLR2004
        owners = owners if len(cells) > 1 else -1
        if _LISTING.match(line):
            owned = bool(0 <= owners < len(cells) and cells[owners].strip("-: ")) or bool(
                _PERSON.search(line)
            )
            table = line.lstrip().startswith("|")
            targets = tuple(
                t for m in _CELL.finditer(line) if (t := m[2] or m[3] or "") and table and _path(t)
            )
            words = frozenset(word.strip("./").lower() for word in _WORD.findall(_head(line)))
            yield Row(document.at(number), words, targets, owned, document)


def _head(line: str) -> str:
    """Return what a row is about: the first two cells of a table, else its first words and what is linked or code."""
    if line.lstrip().startswith("|"):
        return " ".join(line.strip().strip("|").split("|")[:2])
    marked = [part or "" for match in _CELL.finditer(line) for part in match.groups()]
    return " ".join([*line.split()[:3], *marked, *_PATHS.findall(line)])


def _path(text: str) -> bool:
    return "/" in text.strip("/") and re.fullmatch(r"(?:\./|\.\./)*[\w./-]+", text) is not None


def names(row: Row, part: Part) -> bool:
    """Whether a row names a part by its folder, its folder's last name, or its package."""
    last = posixpath.basename(part.folder).lower()
    forms = {
        part.folder.lower(),
        last,
        part.name.lower(),
        part.name.rpartition("/")[2].lower(),
        last.replace("-", "").replace("_", ""),
    }
    paths = any(word.endswith(f"/{last}") or f"{part.folder.lower()}/" in f"{word}/" for word in row.words)
    return bool(forms & row.words) or paths
