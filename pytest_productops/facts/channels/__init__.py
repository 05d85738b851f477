"""Channels: where a newcomer can ask, as documents, issue templates and the chooser of issues name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from pytest_productops.facts.channels.words import (
    ASKING,
    BADGE,
    DOCUMENTATION,
    HEADING,
    IN_TRACKER,
    MAIL,
    MAX_TITLE,
    NO_HEADING,
    NO_PLACE,
    NOT,
    PAGE,
    PLACE,
    PROPOSING,
    QUESTION_FORM,
    QUESTIONS,
    RESPONSE,
    ROOM,
    SECRET,
    TITLE,
    TITLED,
    TRACKER,
    WANTING,
)
from pytest_productops.facts.documents import Document, Documents, Link
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import heading_of, statements
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.templates import Template, Templates
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_FRONT = regex(r"(?:\.\w+/)?[^/]+\Z")
"""The READMEs of the repository itself; one of its documentation's folder may be its generator's."""

_SITE = regex(r"(?:docs?|documentation)/(?:source/|src/|content/)?index\.\w+\Z")
"""The front page of the documentation, which may name a place where the README names none."""


@dataclass(frozen=True)
class Channel:
    """A place to ask: its address or name, and where it is named."""

    target: str
    location: Location


class Channels(Fact):
    """The places to ask that a repository names, the surest first."""

    def __init__(self, documents: Documents, guides: Guides, templates: Templates, files: Files) -> None:
        self._files = files
        support = documents.artifact("support")
        self._support = support.documents
        self._declared = (
            Channel(support.external, support.pointer or Location("")) if support.external else None
        )
        self._site = tuple(filter(None, map(documents.get, filter(_SITE.match, documents.paths))))[:1]
        self._guides = guides
        self._templates = templates

    @classmethod
    def gather(cls, repository: Repository) -> Channels:
        """Never fails."""
        return cls(repository[Documents], repository[Guides], repository[Templates], repository[Files])

    @cached_property
    def first(self) -> Channel | None:
        """The surest of them, None where no place to ask is named."""
        return next(self._all(), None)

    @cached_property
    def read(self) -> tuple[Document, ...]:
        """The documents in which they are looked for."""
        found = (
            *self._support,
            *self._guides.readme,
            *(document for document in self._guides.readmes if _FRONT.match(document.path)),
            *self._guides.contributing.documents,
        )
        distinct = {document.path: document for document in found}.values()
        return tuple(document for document in distinct if document.links or not lack(document))

    @cached_property
    def response(self) -> Location | None:
        """Where it is said when an answer may be expected."""
        return next((at for text, at in _said(self.read) if RESPONSE.search(text)), None)

    def _all(self) -> Iterator[Channel]:
        if self._declared:
            yield self._declared
        for document in self._support:
            if document.links or not lack(document):
                yield from _named((document,), everywhere=True)
        front = self.read
        yield from self._chooser()
        yield from _named(front)
        yield from self._forms()
        yield from _rooms(front)
        yield from _tracker(front)
        for document in self._site:
            for channel in _named((document,)):
                if HEADING.search(normal(heading_of(document, channel.location.line))):
                    yield channel

    def _chooser(self) -> Iterator[Channel]:
        """Yield the contact links of the issue chooser that are to ask, not to report or to read."""
        for path, link in self._templates.contacts:
            ask = PLACE.search(link.target) or (
                ASKING.search(link.text) and not DOCUMENTATION.search(link.text)
            )
            secret = SECRET.search(f"{link.text} {link.target}") or TRACKER.search(link.target)
            if ask and not secret:
                yield Channel(link.target, Location(path, link.line))

    def _forms(self) -> Iterator[Channel]:
        """Yield the issue templates for questions, and the places that issue templates send questions to."""
        for form in self._templates.issues:
            titled = QUESTION_FORM.search(form.path.rpartition("/")[2]) or TITLE.search(self._titles(form))
            if form.asks and titled:
                yield Channel(form.path, form.place)
        for form in self._templates.issues:
            for link in form.revealed.links:
                if PLACE.search(link.target) and not NO_PLACE.search(link.target):
                    yield Channel(link.target, Location(form.path, link.line))

    def _titles(self, form: Template) -> str:
        """Return what an issue template says of itself before its body."""
        try:
            text = self._files.read(form.path)
        except Unreadable:
            return ""
        return "\n".join(line for line in text.split("\n")[:MAX_TITLE] if TITLED.match(line))


def in_readme(guides: Guides) -> Channel | None:
    """Return the first place to ask that the README names."""
    told = (*_named(guides.readme), *_rooms(guides.readme), *_tracker(guides.readme))
    return next(iter(told), None)


def _named(documents: Iterable[Document], *, everywhere: bool = False) -> Iterator[Channel]:
    """Yield the links that are a place to ask by their address, or by their words under a heading that says so."""
    for document in documents:
        for link in document.links:
            heading = normal(heading_of(document, link.line))
            aside = NO_HEADING.search(heading) and not PLACE.search(link.target)
            if not aside and _is_channel(link, under=everywhere or bool(HEADING.search(heading))):
                yield Channel(link.target, document.at(link.line))


def _is_channel(link: Link, *, under: bool) -> bool:
    if not re.match(r"(?:https?:)?//|mailto:|ircs?:", link.target, re.IGNORECASE):
        return False
    if link.image or NO_PLACE.search(f"{link.target} {link.text}"):
        return False
    asking = ASKING.search(link.text) and not NO_HEADING.search(normal(link.text))
    if PLACE.search(link.target) or (PAGE.search(link.target) and (under or asking)):
        return True
    if TRACKER.search(link.target) or not under:
        return False
    mail = link.target.lower().startswith("mailto:")
    return mail or (bool(ASKING.search(link.text)) and not DOCUMENTATION.search(link.text))


def _said(parts: Iterable[Part]) -> Iterator[tuple[str, Location]]:
    return ((text, at) for part in parts for text, at in statements(part))


def _rooms(documents: Iterable[Document]) -> Iterator[Channel]:
    """Yield chat rooms and e-mail addresses that a sentence names for those who want to ask, and badges of rooms."""
    for document in documents:
        for link in document.links:
            if link.image and BADGE.search(link.text):
                yield Channel(link.text, document.at(link.line))
        for text, at in statements(document):
            if SECRET.search(f"{text} {heading_of(document, at.line)}"):
                continue
            source = "\n".join(document.lines[at.line - 1 : at.line + text.count(" ") // 8 + 1])
            mail = MAIL.search(text) or (MAIL.search(source) if WANTING.search(text) else None)
            if mail and WANTING.search(text):
                yield Channel(mail[0], at)
            elif all(words.search(source if "`" in source else text) for words in ROOM):
                yield Channel(text, at)


def _tracker(documents: Iterable[Document]) -> Iterator[Channel]:
    """Yield sentences that invite to ask in the issue tracker, and links to it under a heading for those who ask."""
    documents = tuple(documents)
    for document in documents:
        for link in document.links:
            heading = normal(heading_of(document, link.line))
            asked = QUESTIONS.search(heading) and not NO_HEADING.search(heading)
            if asked and not link.image and TRACKER.search(link.target) and not PROPOSING.search(link.text):
                yield Channel(link.target, document.at(link.line))
    for text, at in _said(documents):
        if IN_TRACKER.search(text) and not NOT.search(text):
            yield Channel("the issue tracker", at)
