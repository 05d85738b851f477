"""Finished: the lists of what a finished change needs, in templates of change requests and in guides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from pytest_productops.facts.documents import Document, Documents, Item
from pytest_productops.facts.finished.words import (
    CHECKLIST,
    DEMANDING,
    DEMANDS,
    FEWEST,
    FORMAL,
    KIND,
    KIND_HEADING,
    KINDS,
    LED,
    MAX_DOCUMENTS,
    NOT_A_CHANGE,
    ON_CHANGES,
    STRONG,
)
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import heading_of
from pytest_productops.facts.substance import lack
from pytest_productops.facts.templates import Template, Templates
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository


@dataclass(frozen=True)
class Checklist:
    """A list of what a finished change needs: where it begins, and what it demands."""

    location: Location
    demands: tuple[str, ...]


class Finished(Fact):
    """What a finished change needs, as lists say it: templates first, then guides."""

    def __init__(self, documents: Documents, guides: Guides, templates: Templates) -> None:
        self._done = documents.artifact("done").documents
        self._guides = guides
        self._templates = templates

    @classmethod
    def gather(cls, repository: Repository) -> Finished:
        """Never fails."""
        return cls(repository[Documents], repository[Guides], repository[Templates])

    @cached_property
    def lists(self) -> tuple[Checklist, ...]:
        """All of them."""
        written = [Checklist(d.at(), ("a definition of done",)) for d in self._done if not lack(d)]
        told = [found for template in self._templates.changes for found in _in_template(template)]
        return (*written, *told, *(found for d in self.read for found in _in_guide(d)))

    @cached_property
    def read(self) -> tuple[Document, ...]:
        """The documents in which they are looked for, the templates left out."""
        own = self._guides.contributing.documents
        named = [
            d for d in self._guides.documents if d not in own and ON_CHANGES.search(d.path.rpartition("/")[2])
        ]
        if len(own) > 1:
            own = own[:1] + tuple(d for d in own[1:] if ON_CHANGES.search(d.path.rpartition("/")[2]))
        return (*own, *named)[:MAX_DOCUMENTS]


def _in_template(template: Template) -> Iterator[Checklist]:
    """Yield the lists of a template: one that demands anything with boxes, else one that demands several things."""
    if NOT_A_CHANGE.search(template.path.rpartition("/")[2].lower()):
        return
    for items in _lists(template.revealed):
        asked = [item for item in items if not _classifies(template.revealed, item)]
        boxes = any(item.checked is not None for item in items)
        demands = _demanded(asked)
        strong = [each for each in demands if each in STRONG]
        place = Location(template.path, items[0].line)
        if strong and (len(demands) >= FEWEST or boxes):
            yield Checklist(place, demands)
        elif (
            boxes
            and _titled(template.revealed, items[0].line)
            and sum(not (KIND.match(i.text) or FORMAL.search(i.text)) for i in items) >= FEWEST
        ):
            yield Checklist(place, demands or ("what its boxes say",))


def _in_guide(document: Document) -> Iterator[Checklist]:
    """Yield the lists of a guide that are called requirements of a change, or are in a section on submitting one."""
    for listed in _lists(document):
        items = [item for item in listed if DEMANDING.search(item.text) and not _is_name(document, item)]
        if not items:
            continue
        first = listed[0].line
        if _titled(document, first) and all(item.checked is not None for item in listed):
            yield Checklist(document.at(first), _demanded(items) or ("what its boxes say",))
            continue
        led = f"{heading_of(document, first)} {' '.join(_before(document, first))}"
        demands = _demanded(items)
        strong = [each for each in demands if each in STRONG]
        said = {"tests", "documentation"}.intersection(strong)
        if (
            said
            and len(strong) >= FEWEST
            and LED.search(led)
            and not NOT_A_CHANGE.search(heading_of(document, first))
        ):
            yield Checklist(document.at(first), demands)


def _demanded(items: list[Item]) -> tuple[str, ...]:
    """Return the subjects of a list's demands, each from an item of its own."""
    found: list[str] = []
    for item in items:
        subject = next(
            (name for name, words in DEMANDS.items() if name not in found and words.search(item.text)), ""
        )
        found += [subject] if subject else []
    return tuple(found)


def _titled(document: Document, line: int) -> bool:
    """Whether a line stands below a heading that calls it a checklist, and not below one on kinds of changes."""
    section = next((s for s in reversed(document.sections) if s.heading and s.start <= line <= s.end), None)
    titles = [heading.text for heading in (*section.parents, section.heading) if heading] if section else []
    return any(map(CHECKLIST.search, titles)) and not KINDS.search(titles[-1])


def _classifies(document: Document, item: Item) -> bool:
    """Whether a box only tells what kind of change it is, or an item below a heading that asks for it."""
    kind = item.checked is not None and KIND.match(item.text)
    return bool(kind or KIND_HEADING.search(heading_of(document, item.line)))


def _is_name(document: Document, item: Item) -> bool:
    """Whether an item begins with code that it explains, or is a link to another section."""
    return bool(re.match(r"\s*(?:[-*+]|\d+[.)])\s+(?:`|\[[^\]]*\]\(#)", document.lines[item.line - 1]))


def _lists(document: Document) -> Iterator[list[Item]]:
    """Yield the lists, each with the lists in it: items under one heading."""
    for _, items in groupby(document.items, key=lambda item: _section(document, item.line)):
        yield list(items)


def _section(document: Document, line: int) -> int:
    return max((heading.line for heading in document.headings if heading.line <= line), default=0)


def _before(document: Document, line: int) -> list[str]:
    """Return the running text of the lines right before a list."""
    return [prose.text for prose in document.prose if line - 5 <= prose.line < line]
