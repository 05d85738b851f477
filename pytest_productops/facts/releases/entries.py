"""Entries of changelogs: which versions a text speaks of, and what it says of each, in any format.

A light reader by lines: changelogs are long, and their formats many (Markdown, reStructuredText, AsciiDoc,
Org, plain text as GNU and Debian write it, YAML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from pytest_productops.facts.documents import Document, read
from pytest_productops.facts.documents.pointers import pointed
from pytest_productops.facts.releases.versions import NUMBER, SUFFIX, Version, parse
from pytest_productops.facts.substance import lack
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_TOKEN = regex(rf"(?<![\w.])[vVr]?((?:{NUMBER})(?:{SUFFIX}))(?![\w])(?!\.\d)", re.IGNORECASE)
_ANY = regex(r"(?<![\w.])v?(\d{1,9}(?:\.\d{1,9}){0,3})\.[xX*](?!\w)")
_BRANCH = regex(
    r"(?:blob|tree)/v?(\d{1,6}(?:\.\d{1,6}){0,2})[^\s/]*/[^\s)]{0,80}(?:change|history|news)", re.IGNORECASE
)
_PARTIAL = regex(
    r"(?:^|/)(?:\d+-?)?release[-_]?notes?(?:\.\w+)?\Z|latest|current|next|unreleased", re.IGNORECASE
)
_ADDRESS = regex(r"\b(?:https?|git|ssh)://[^\s<>)\]]{1,500}")
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = regex(r"\s{0,3}#{1,6}\s*\S|={1,6} \S|\s*<h[1-6]\b", re.IGNORECASE)
_ORG = regex(r"\*{1,6} \S")
_UNDERLINE = regex(r"\s{0,3}([=\-~^*#+\"'])\1{2,}\s*\Z")
_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = regex(
    rf"(?<!\d)(?:19|20)\d\d[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?!\d)"
    rf"|(?<!\d)\d{{1,2}}[-./]\d{{1,2}}[-./](?:19|20)\d\d(?!\d)"
    rf"|(?<![a-z])(?:{_NAMES})(?![a-z])\.?,?\W{{0,3}}(?:\d{{1,2}}(?:st|nd|rd|th)?\b\W{{0,3}})?(?:19"
    rf"|20)\d\d(?!\d)"
    rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[\W_]{{1,3}}(?:of\W)?(?:{_NAMES})(?![a-z])",
    re.IGNORECASE,
)
MAX_HEAD = 4000
"""How many characters of a file are parsed to see whether it is a pointer or says nothing."""
_LONGEST_TITLE = 160
MAX_PARTIAL = 2
"""Most entries of a file that tells of one release only."""
_NEAR = 6
"""How many lines of an entry may hold its date."""


@dataclass(frozen=True)
class Entry:
    """What a changelog says of a release: `text` holds the title and all below it, `says` the body."""

    versions: tuple[Version, ...]
    location: Location
    text: str
    level: int = 1

    @cached_property
    def dated(self) -> bool:
        """Whether a day or a month stands in its title or first lines."""
        return any(map(_DATE.search, self.text.split("\n")[:_NEAR]))

    @cached_property
    def lack(self) -> str:
        """Why it says nothing, or nothing where it says something."""
        body = self.text.partition("\n")[2]
        suffix = PurePosixPath(self.location.path).suffix
        return lack(read(f"entry{suffix}", f"{_strip_rule(body)}\n"))


class Changelog:
    """One file that tells of releases. `named` are the versions that its own name holds."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.named = frozenset(versions_in(_apart(PurePosixPath(path).stem)))

    @cached_property
    def head(self) -> Document:
        """Its first lines as a document, so that no long file is parsed in whole."""
        return read(self.path, self.text[:MAX_HEAD])

    @property
    def says(self) -> str:
        """What it holds, in a few words."""
        first = next((str(entry.versions[0]) for entry in self.entries if entry.versions), "")
        return f"a changelog of {len(self.entries)} entries, first {first}" if first else "a changelog"

    @property
    def pointer(self) -> str:
        """What it points to where it is a pointer, else nothing."""
        return pointed(self.head) if len(self.text) < MAX_HEAD else ""

    @property
    def lack(self) -> str:
        """Why it says nothing, or nothing where it says something."""
        return lack(self.head)

    @cached_property
    def visible(self) -> str:
        """The text without comments and addresses, line for line."""
        without = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), self.text)
        return _ADDRESS.sub("", without)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries under titles that hold a version, in order."""
        lines = self.visible.split("\n")
        titles = [at for at in range(len(lines)) if _is_title(lines, at, self.path)]
        levels = [_level(lines, at) for at in titles]
        found = []
        for index, at in enumerate(titles):
            later = range(index + 1, len(titles))
            end = next((titles[other] for other in later if levels[other] <= levels[index]), len(lines))
            place = Location(self.path, at + 1)
            found.append(Entry(tuple(versions_in(lines[at])), place, "\n".join(lines[at:end]), levels[index]))
        return tuple(found)

    @cached_property
    def mentioned(self) -> frozenset[Version]:
        """Every version that stands anywhere in the visible text."""
        return frozenset(versions_in(self.visible)) | self.named

    @property
    def partial(self) -> bool:
        """Whether by its name it tells of one release only: the next one, or the last."""
        return bool(_PARTIAL.search(self.path)) and len(self.entries) <= MAX_PARTIAL

    @cached_property
    def families(self) -> frozenset[tuple[int, ...]]:
        """The beginnings of versions that are spoken of as a whole: `1.2.x`."""
        found = [match[1] for match in _ANY.finditer(self.visible)]
        found += [match[1] for match in _BRANCH.finditer(self.text[:MAX_HEAD])]
        return frozenset(tuple(int(part) for part in text.split(".")) for text in found)

    def speaks_of(self, version: Version) -> bool:
        """Whether it says anything of a version, itself or as one of a family."""
        if version in self.mentioned:
            return True
        return any(version.numbers[:count] in self.families for count in range(1, len(version.numbers)))

    def entry(self, version: Version) -> Entry | None:
        """Return the entry of a version, or None."""
        if version in self.named:
            return Entry((version,), Location(self.path, 1), f"{version}\n\n{self.text}", 0)
        found = [entry for entry in self.entries if version in entry.versions]
        return min(found, key=lambda entry: entry.level, default=None)


def _apart(name: str) -> str:
    """Return a file's name with a space before its numbers: `ReleaseNotes4.13`, `release_3.6`."""
    return re.sub(r"[_A-Za-z-]+(?=\d)", " ", name)


def versions_in(text: str) -> Iterator[Version]:
    """Yield the versions of at least two numbers in a text, dates among them."""
    for match in _TOKEN.finditer(text):
        version = parse(match[1])
        if version and len(version.numbers) > 1:
            yield version


def _is_title(lines: list[str], at: int, path: str) -> bool:
    """Whether a line is the title of an entry: a heading, or alone and unindented in plain text."""
    line = lines[at]
    if not line or len(line) > _LONGEST_TITLE or not any(True for _ in versions_in(line)):
        return False
    if _HEADING.match(line) or (path.endswith(".org") and _ORG.match(line)):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if _UNDERLINE.match(below):
        return True
    plain = not path.lower().endswith(
        (".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".yml", ".yaml")
    )
    above = lines[at - 1].strip() if at else ""
    alone = not above and not below.strip() and not line.rstrip().endswith(":")
    return plain and not line[0].isspace() and line[0] not in "-*+" and alone


def _level(lines: list[str], at: int) -> int:
    """Return how deep a title is: by its signs, or by what underlines it; 1 in plain text."""
    signs = re.match(r"\s*([#=*]+)\s|\s*<h([1-6])", lines[at], re.IGNORECASE)
    if signs:
        return len(signs[1]) if signs[1] else int(signs[2])
    below = _UNDERLINE.match(lines[at + 1]) if at + 1 < len(lines) else None
    above = _UNDERLINE.match(lines[at - 1]) if at else None
    return (2 if below[1] == "=" else 3 + _SIGNS.find(below[1])) - (1 if above else 0) if below else 1


_SIGNS = "-~^\"'*+#"


def _strip_rule(body: str) -> str:
    """Return a body without the line that underlines its title."""
    first, _, rest = body.partition("\n")
    return rest if _UNDERLINE.match(first) else body
