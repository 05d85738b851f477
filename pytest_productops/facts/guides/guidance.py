"""Guidance: what a reader of the guide finds in it, strictly: a guide with words, commands to type, else a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Link, Section
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import NOTHING, Answer, sent, sent_away
from pytest_productops.facts.guides.homes import FOR_AGENTS
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.guides.topics import ABOUT, GUIDE, commanded, surely
from pytest_productops.facts.substance import Part, lack, own_words, words
from pytest_productops.facts.substance.parts import span, whole
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_FOR_USERS = regex(r"/install", re.IGNORECASE)
"""Pages of the documentation on installing, which are for users; INSTALL in the root is for those who build."""
_GUIDE_SECTION = regex(
    r"\bcontribut(?:e|ing|ions?)\b|\bhacking\b|\Adevelop(?:ment|ers?)(?: guide)?\Z|\Adeveloping\b"
    r"|\bfor developers\b"
)
_BRIEF = 200
"""Most words of a guide whose link to another guide answers what it does not say itself."""
_GUIDE_WORDS = 30
"""Fewest words, those of links left out, of a section of the README that is a guide without a command."""


class Guidance(Fact):
    """The guide as its reader finds it. `Guides.answers` is milder: words near commands satisfy it."""

    def __init__(self, guides: Guides) -> None:
        self._guides = guides

    @classmethod
    def gather(cls, repository: Repository) -> Guidance:
        """Never fails."""
        return cls(repository[Guides])

    def commanded(self, topic: str) -> Answer:
        """Return where the commands for `setup` or `tests` are, or the link that leads to them elsewhere.

        What is written for coding agents comes last.
        """
        people = [part for part in self._guides.written if not FOR_AGENTS.search(whole(part).path)]
        agents = [part for part in self._guides.written if part not in people]
        notes = [note for note in self._guides.notes if not _FOR_USERS.search(note.path)]
        place = commanded(topic, (*people, *self._guides.in_readme), notes)
        if place is None and not people:  # the README is all that there is
            place = surely(topic, self._guides.readmes)
        place = place or commanded(topic, agents)
        if place is not None:
            return Answer(place)
        inside = self._guides.inside
        away = sent(self._guides.written, ABOUT[topic], NOTHING, inside)
        away = away or sent(self._guides.in_readme, NOTHING, ABOUT[topic], inside)  # by the link's own words
        brief = [part for part in people if words(part) <= _BRIEF]
        return away or sent(brief, NOTHING, GUIDE, self._guides.inside) or self.elsewhere

    @cached_property
    def elsewhere(self) -> Answer:
        """The guide on another site, as the pointer or the README says."""
        if self._guides.contributing.external:
            target = self._guides.contributing.external
            return Answer(elsewhere=Link(target, "", 0), sender=self._guides.contributing.pointer)
        return sent(self._guides.readme, NOTHING, GUIDE, self._guides.inside)

    @cached_property
    def own(self) -> Location | None:
        """Where the guide begins, be it a section of the README; None where there is none with words in it."""
        documents = [d for d in self._guides.contributing.documents if not lack(d)]
        parts: tuple[Part, ...] = (*documents, *self._guides.sections, *self._readme_guide())
        return next((whole(part).at(span(part)[0] if part not in documents else 0) for part in parts), None)

    def _readme_guide(self) -> Iterator[Section]:
        """Yield the README's sections that are a guide, however short: not an invitation, not a link alone."""
        sending: list[Section] = []
        for section in self._guides.in_readme:
            title = normal(section.heading.text) if section.heading else ""
            if not _GUIDE_SECTION.search(title):
                continue
            if not instructions(section) and sent_away((section,), NOTHING, GUIDE, self._guides.inside):
                sending.append(section)
            within = any(other.start <= section.start and section.end <= other.end for other in sending)
            says = own_words(section) >= _GUIDE_WORDS and not title.startswith("develop")
            if not within and (instructions(section) or says):
                yield section
