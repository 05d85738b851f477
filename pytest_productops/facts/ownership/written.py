"""Owners that documents name: in sections on maintainers and teams, or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.ownership import people
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_HEADING = regex(
    r"\b(?:(?:project )?maintainers?|maintained by|code ?owners?|owners?|ownership|(?:core )?team|authors?|"
    r"core developers|contacts?)\b",
    re.IGNORECASE,
)
_PEOPLE = regex(
    r"\W*(?:(?:the|our|current|active|project|lead|core) )*"
    r"(?:maintainers?|authors?|owners?|core (?:team|developers)|maintained by)\W*\Z",
    re.IGNORECASE,
)
_MAINTAINED = regex(
    r"\b(?:maintained|owned) (?:and \w+ )?by (?:the )?"
    r"((?!These|This|Volunteers|Community)[A-Z][\w'&\u2019-]+(?: [A-Z][\w'&\u2019-]*){0,5})"
)


@dataclass(frozen=True, order=True)
class Owner:
    """A named owner.

    `source` is codeowners, owners, maintainers, catalog, metadata, security-insights or document.
    """

    name: str
    location: Location
    source: str


def in_documents(documents: Documents | None) -> list[Owner]:
    """Return who the sections on maintainers and teams name, of the documents on process, or a sentence."""
    process = documents.process if documents else ()
    sections = [s for d in process for s in d.sections if s.heading and _HEADING.search(s.heading.text)]
    found = [owner for section in sections for owner in _named_in(section)]
    return found or [owner for document in process for owner in _said_in(document)]


def _named_in(section: Section) -> Iterator[Owner]:
    """Yield who a section names: by address; where it is on people alone, by the names of a list too."""
    lines = "\n".join(section.document.text.splitlines()[section.start - 1 : section.end])
    alone = section.heading is not None and _PEOPLE.search(section.heading.text)
    for line, name in people.listed(lines) if alone else people.addressed(lines):
        if not people.is_placeholder(name):
            yield Owner(name, Location(section.document.path, section.start + line - 1), "document")


def _said_in(document: Document) -> Iterator[Owner]:
    """Yield who a sentence says that the product is maintained by."""
    for prose in document.prose:
        for match in _MAINTAINED.finditer(prose.text):
            yield Owner(match[1], document.at(prose.line), "document")
