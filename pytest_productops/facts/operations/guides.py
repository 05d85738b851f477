"""Operating: what documents say to those who run the product: going back, operation, scaling.

Documents for the users of a library are not asked; see `facts.product`. What only looks alike does not count:
`downgrade()` of migrations, a transaction's rollback, monitoring as what the product does for its users.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.files import own_words
from pytest_productops.facts.guides.answers import first_said, heading_of
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.operations import words as terms
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.operations.topics import TOPICS, Topic
from pytest_productops.facts.substance import lack, words
from pytest_productops.facts.topics import about, normal
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MIN_WORDS = 12
"""Fewest words of a guide without steps; one that is shorter is a stub."""
MIN_STEPS = 2
MAX_READ = 300
"""Most documents whose headings are looked at."""


@dataclass(frozen=True)
class Guide:
    """A place that tells something to those who operate, and by what it was recognised."""

    location: Location
    note: str


class Operating(Fact):
    """The guides to a topic of `TOPICS`."""

    def __init__(self, documents: Documents, deployment: Deployment) -> None:
        self._documents = documents
        self._deployment = deployment

    @classmethod
    def gather(cls, repository: Repository) -> Operating:
        """Never fails."""
        return cls(repository[Documents], repository[Deployment])

    def installation(self) -> tuple[Guide, ...]:
        """Return where it is told how to deploy or host the product, with commands or steps."""
        beside = [
            part
            for part in self._deployment.parts
            if _deploys(part) and not terms.DEVELOPERS.search(where(part).path)
        ]
        found = [Guide(where(part), "tells how to deploy") for part in beside]
        for path in filter(terms.INSTALLS.match, list(self._paths())):
            document = self._documents.get(path)
            if document and not lack(document) and instructions(document):
                found.append(
                    Guide(instructions(document)[0].location, "tells how to install it, with commands")
                )
        return tuple(found) or tuple(self._readme())

    def _readme(self) -> Iterator[Guide]:
        for document in self._documents.artifact("readme").documents[:1]:
            for section in document.sections:
                titled = section.heading and terms.INSTALL_HEADING.search(normal(section.heading.text))
                commands = (
                    [each for each in instructions(section) if terms.SERVES.search(each.text)]
                    if titled
                    else []
                )
                if commands:
                    yield Guide(commands[0].location, "tells how to install it, with commands")
                    return

    def elsewhere(self) -> str:
        """Return the site where installing and deploying are explained, if a README or such a page links to one."""
        for document in self._documents.artifact("readme").documents[:1]:
            spoken = {prose.line: prose.text for prose in document.prose}
            for link in document.links:
                around = f"{link.text} {heading_of(document, link.line)} {spoken.get(link.line, '')}"
                if not link.image and terms.REMOTE_PAGE.match(link.target) and terms.AWAY.search(around):
                    return link.target
        return self._deployment.external

    def guides(self, topic: str) -> tuple[Guide, ...]:
        """Return the guides to a topic: documents named so, then headings, then what deployment documents say."""
        wanted = TOPICS[topic]
        found = [*self._named(wanted), *self._headed(wanted)]
        if wanted.said and not found:
            found += self._told(wanted.said)
        return tuple({guide.location.path: guide for guide in reversed(found)}.values())[::-1]

    def _paths(self) -> Iterator[str]:
        for path in self._documents.paths:
            if (
                own_words(path)
                and terms.PLACE.match(path)
                and not terms.ELSEWHERE.search(path)
                and not terms.DEVELOPERS.search(path)
            ):
                yield path

    def _named(self, topic: Topic) -> Iterator[Guide]:
        for path in self._paths():
            document = self._documents.get(path) if topic.name.match(path) else None
            if document and _says(document):
                yield Guide(document.at(1), "a document of that name")

    def _headed(self, topic: Topic) -> Iterator[Guide]:
        for path in list(self._paths())[:MAX_READ]:
            document = self._documents.get(path)
            if document is None or not topic.heading.search(_plain(document)):
                continue
            for section in document.sections:
                titled = section.heading and topic.heading.search(normal(section.heading.text))
                if titled and _says(section):
                    yield Guide(section.at(), f"the section `{titled.string[:60]}`")
                    break

    def _told(self, said: re.Pattern[str]) -> Iterator[Guide]:
        documents = [
            *self._deployment.parts,
            *(d for d in map(self._documents.get, filter(terms.UPGRADING.match, self._paths())) if d),
        ]
        for part in documents:
            place = first_said((part,), said)
            if place:
                yield Guide(place, "a sentence on it")


def _says(part: Document | Section) -> bool:
    """Whether a part has steps to follow, or enough words."""
    steps = sum(item.ordered for item in part.items)
    return not lack(part) and (words(part) >= MIN_WORDS or steps >= MIN_STEPS)


def _plain(document: Document) -> str:
    return " \n ".join(normal(heading.text) for heading in document.headings)


def _deploys(part: Document | Section) -> bool:
    """Whether a part is about deploying by its name or heading, and gives steps."""
    numbered = sum(item.ordered for item in part.items)
    if not instructions(part) and numbered < MIN_STEPS and not first_said((part,), terms.AUTOMATIC):
        return False
    return isinstance(part, Document) or bool(part.heading and about(part.heading.text, "deployment"))


def where(part: Document | Section) -> Location:
    """Return the place of a document or section."""
    return part.at(1) if isinstance(part, Document) else part.at()
