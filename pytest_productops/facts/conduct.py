"""Conduct: the code of conduct, as a file, as a section of a guide, or as a link to another site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents, Link, Section
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.substance import TEMPLATE, lack, words
from pytest_productops.facts.templates import Templates
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_NAME = regex(
    r"(?:.*/)?(?:[\w-]*code[-_ .]?of[-_ .]?conduct|conduct|coc|contributor[-_ ]covenant)"
    r"(?:[-_.][a-z]{2}(?:[-_][a-z]{2})?(?=\.\w+\Z))?(?:\.html)?(?:\.(?:md|markdown|mdx|rst|txt|adoc|asciidoc|org))?\Z",
    re.IGNORECASE,
)
_FOLDER = regex(r"(?:.*/)?code[-_ ]of[-_ ]conduct/(?:_?index|readme)\.(?:md|mdx|rst|adoc)\Z", re.IGNORECASE)
_SPEAKS = regex(
    r"\bcodes? of conduct\b|\bcode[-_]of[-_]conduct|\bconduct\b|contributor[- ]covenant", re.IGNORECASE
)
_LINKED = regex(
    r"code[-_ ]?of[-_ ]?conduct|contributor[- ]covenant|(?:/|\b)coc\b|\bconduct(?:\b|/)", re.IGNORECASE
)
_NOT_HERE = regex(
    r"(?:^|[/_-])(?:change|history|news|release|blog|posts?/|whats?-?new|versioned|vendor)", re.IGNORECASE
)
_RULES = regex(
    r"\b(?:harass|respect|considerate|inclusi|abus|discriminat|disabilit|insult|welcoming|unacceptable|polite|kind\b"
    r"|patient|gender|religion|enforce)",
    re.IGNORECASE,
)
_REMOTE = regex(r"(?:https?:)?//", re.IGNORECASE)
LEAST = 60
"""Fewest words of a section that is a code of conduct itself."""
MAX_DOCUMENTS = 200
"""Most documents that are read for a link to one."""


class Conduct(Fact):
    """What a repository holds of a code of conduct."""

    def __init__(self, files: Files, documents: Documents, inside: Inside, templates: Templates) -> None:
        self._files = files
        self._documents = documents
        self._inside = inside
        self._templates = templates

    @classmethod
    def gather(cls, repository: Repository) -> Conduct:
        """Find it; never fails."""
        return cls(repository[Files], repository[Documents], repository[Inside], repository[Templates])

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The files that are one, the nearest first; one that adopts another by a link is one too."""
        named = [
            path for path in self._files if (_NAME.match(path) or _FOLDER.match(path)) and own_words(path)
        ]
        found = map(self._documents.get, sorted(named, key=lambda path: (path.count("/"), path)))
        return tuple(d for d in found if d is not None and _says(lack(d)))

    @cached_property
    def written(self) -> tuple[Section, ...]:
        """The sections of other documents that are one themselves."""
        sections = (s for d in self._speaking if d not in self.documents for s in d.sections)
        return tuple(filter(_is_code, sections))

    @cached_property
    def links(self) -> tuple[tuple[Location, Link], ...]:
        """The links to one on another site."""
        return tuple(self._leading())

    def _leading(self) -> Iterator[tuple[Location, Link]]:
        hidden = (t.revealed for t in (*self._templates.changes, *self._templates.issues))
        for document in (*self._speaking, *hidden):
            prose = {each.line: each.text for each in document.prose}
            for link in document.links:
                named = _LINKED.search(f"{link.text} {link.target}") or (
                    link.text == link.target and _SPEAKS.search(prose.get(link.line, ""))
                )
                away = _REMOTE.match(link.target) and not self._inside.path(document, link.target)
                if named and away and not link.image:
                    yield document.at(link.line), link

    @cached_property
    def _speaking(self) -> tuple[Document, ...]:
        """The documents that speak of conduct, the nearest first."""
        paths = [path for path in self._documents.paths if own_words(path) and not _NOT_HERE.search(path)]
        near = sorted(paths, key=lambda path: (path.count("/"), path))
        speaking = [path for path in near if _SPEAKS.search(self._read(path))][:MAX_DOCUMENTS]
        return tuple(d for d in map(self._documents.get, speaking) if d is not None)

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _is_code(section: Section) -> bool:
    """Whether a section about conduct says how people treat each other."""
    if section.heading is None or not _SPEAKS.search(section.heading.text):
        return False
    rules = {match.lower() for match in _RULES.findall(section.text)}
    return words(section) >= LEAST and len(rules) > 1


def _says(lacking: str) -> bool:
    """Whether it is one nevertheless: a link adopts another one, a template without a contact is adopted too."""
    return lacking in {"", "holds only links"} or lacking.startswith(TEMPLATE)
