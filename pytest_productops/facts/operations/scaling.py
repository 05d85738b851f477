"""Scaling: what documents say of how the service grows, by what, between which bounds, and up to where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.guides.answers import Answer, first_said, sent_away, statements
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.operations import scaling_words as said
from pytest_productops.facts.operations import words as terms
from pytest_productops.facts.operations.claims import Claim, claims
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import normal
from pytest_productops.facts.workloads.bounds import Bounds
from pytest_productops.facts.workloads.model import Bound
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "mechanism": "how it scales: an autoscaler, more replicas, larger machines",
        "limits": "between which numbers, or up to where, it scales",
        "trigger": "what makes it scale: a metric, a load, a schedule",
    }
)
"""Topic -> the question in words."""
_SETTINGS = (".tf", ".tfvars", ".json", ".yaml", ".yml", ".toml")
MAX_READ = 300


class Scaling(Fact):
    """The parts of documents about scaling the service, what they answer, and the numbers that they claim."""

    def __init__(
        self, documents: Documents, files: Files, deployment: Deployment, bounds: Bounds, inside: Inside
    ) -> None:
        self._documents = documents
        self._files = files
        self._deployment = deployment
        self._bounds = bounds
        self._inside = inside.path

    @classmethod
    def gather(cls, repository: Repository) -> Scaling:
        """Never fails."""
        facts = (repository[Documents], repository[Files], repository[Deployment], repository[Bounds])
        return cls(*facts, repository[Inside])

    @cached_property
    def _found(self) -> tuple[Part, ...]:
        return tuple(self._candidates())

    @property
    def parts(self) -> tuple[Part, ...]:
        """The documents and sections about scaling that say something of it."""
        return tuple(part for part in self._found if not lack(part) and self._operational(part))

    @property
    def lacking(self) -> tuple[Location, str] | None:
        """Where a document or section about scaling says nothing, and why, where none says anything."""
        reasons = [(_at(part), lack(part)) for part in self._found]
        empty = [each for each in reasons if each[1]]
        return empty[0] if empty and not self.parts else None

    @property
    def place(self) -> Location | None:
        """Where the first of the parts begins."""
        return next(map(_at, self.parts), None)

    @property
    def external(self) -> str:
        """The site where operating is explained, where no text here does."""
        return self._deployment.external

    def answers(self, topic: str) -> Answer:
        """Return where a topic of `TOPICS` is answered; bounds are by a link to the settings that hold them, too."""
        place = first_said(self.parts, said.SAID[topic])
        if not place and topic == "mechanism":
            place = next((each.location for part in self.parts for each in instructions(part)), None)
        if not place and topic == "limits":
            place = next((claim.location for claim in self.claims), None) or self._linked
        return (
            Answer(place)
            if place
            else Answer(elsewhere=sent_away(self.parts, said.ELSEWHERE, inside=self._inside))
        )

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The numbers that the parts claim."""
        found = (claim for part in self.parts for claim in claims(part, statements(part)))
        return tuple(dict.fromkeys(found))

    def against(self, claim: Claim) -> tuple[Bound, ...]:
        """Return the settings that a claim contradicts; nothing where one of any environment bears it out."""
        bounds = self._bounds.all if claim.what == "count" else self._bounds.of(claim.what)
        same = [each for each in self._bounds.all if each.what == claim.what]
        if not same or self._bounds.unsure or claim.value in {each.value for each in bounds}:
            return ()
        return tuple(same)

    @property
    def _linked(self) -> Location | None:
        """The place of a link to a file of settings of this repository."""
        for part in self.parts:
            document = whole(part)
            for link in part.links:
                path = self._documents.resolve(document, link.target)
                if path and path.endswith(_SETTINGS) and path in self._files:
                    return document.at(link.line)
        return None

    def _candidates(self) -> Iterator[Part]:
        named = {path for path in self._paths() if said.NAMED.match(path)}
        yield from filter(None, map(self._documents.get, sorted(named)))
        for path in [path for path in self._paths() if path not in named][:MAX_READ]:
            document = self._documents.get(path)
            if document and said.HEADED.search(" \n ".join(normal(each.text) for each in document.headings)):
                yield from _outermost(
                    s for s in document.sections if s.heading and said.HEADED.search(normal(s.heading.text))
                )

    def _paths(self) -> Iterator[str]:
        process = [document.path for document in self._documents.process]
        own = [path for path in self._documents.paths if own_words(path) and terms.PLACE.match(path)]
        for path in dict.fromkeys([*process, *own]):
            if not any(aside.search(path) for aside in (terms.ELSEWHERE, terms.DEVELOPERS, said.ASIDE)):
                yield path

    def _operational(self, part: Part) -> bool:
        """Whether a part speaks of running something, not of what its users scale."""
        return any(first_said((part,), pattern) for pattern in said.SAID.values())


def _outermost(sections: Iterator[Section]) -> Iterator[Section]:
    last = 0
    for section in sections:
        if section.start > last:
            yield section
            last = section.end


def _at(part: Part) -> Location:
    return part.at(1) if isinstance(part, Document) else part.at()
