"""Rollback: what documents say of going back to the previous version, and whether one could do it by that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.guides.answers import first_said, own, sent_away, sentences
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.operations import rollback_words as words
from pytest_productops.facts.operations.deployment import Deployment
from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.operations.topics import TOPICS
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.facts.quoted import QuotedCommands
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import span, whole
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_TOPIC = TOPICS["rollback"]
_DEPLOYS = regex(r"deploy|release|roll-?(?:out|back)|promote|publish", re.IGNORECASE)

MIN_NAME = 4
"""Shortest name of a pipeline that a text may mean, in letters."""


class Way(NamedTuple):
    """A command or workflow that a text gives: `ok` where it exists, `missing` where it does not, else `unknown`."""

    what: str
    location: Location
    status: str


class Rollback(Fact):
    """The documents and sections about rolling back."""

    def __init__(
        self,
        documents: Documents,
        operating: Operating,
        deployment: Deployment,
        quoted: QuotedCommands,
        pipelines: Pipelines,
        inside: Inside,
    ) -> None:
        self._documents = documents
        self._operating = operating
        self._deployment = deployment
        self._quoted = quoted
        self._pipelines = pipelines
        self._inside = inside.path

    @classmethod
    def gather(cls, repository: Repository) -> Rollback:
        """Never fails."""
        return cls(
            repository[Documents],
            repository[Operating],
            repository[Deployment],
            repository[QuotedCommands],
            repository[Pipelines],
            repository[Inside],
        )

    def _known(self, document: Document, target: str) -> object:
        """Whether a link leads to no page elsewhere that may tell how this product is rolled back."""
        return self._inside(document, target) or words.GENERAL.search(target)

    @cached_property
    def _documents_about(self) -> tuple[Document, ...]:
        """The documents that may hold a section on it, those about deploying first."""
        kinds = ("runbook", "readme", "contributing", "release")
        beside = [d for kind in kinds for d in self._documents.artifact(kind).documents[:20]]
        found = {d.path: d for d in (*self._deployment.documents, *beside, *self._documents.process)}
        return tuple(found.values())

    @cached_property
    def _found(self) -> tuple[Part, ...]:
        named = self._documents.artifact("rollback").documents
        headed = [s for d in self._documents_about if d not in named for s in _headed(d)]
        return (*named, *headed)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What says something about it; a sentence in a text on deploying, where no heading names it."""
        said = tuple(part for part in self._found if not lack(part))
        return said or tuple(self._guided()) or tuple(self._told()) or tuple(self._mentioned())

    @property
    def place(self) -> Location | None:
        """Where the first of the parts begins."""
        return next(map(_at, self.parts), None)

    @property
    def lacking(self) -> tuple[Location, str] | None:
        """A document or section on it that says nothing, and why, where nothing is said at all."""
        if self.parts:
            return None
        return next(((_at(part), lack(part)) for part in self._found), None)

    @property
    def external(self) -> str:
        """The site where it is explained, where no text here does."""
        away = sent_away(self._deployment.parts, words.ELSEWHERE, inside=self._known)
        return self._deployment.external or (away.target if away else "")

    @property
    def elsewhere(self) -> str:
        """The site that the parts send their readers to."""
        away = sent_away(self.parts, words.ELSEWHERE, inside=self._known)
        return away.target if away else ""

    @property
    def unread(self) -> str:
        """Why it cannot be told whether one could roll back by what is written, or nothing."""
        away = self.elsewhere if self.parts else self.external
        if away:
            return f"rolling back is explained at {away}, which is not read: write it here"
        if self.ways and not any(way.status == "ok" for way in self.ways):
            way = self.ways[0]
            doubt = "of which it is not known whether it exists: name what is in the tree"
            return f"{way.location} rests on `{way.what}`, {doubt}"
        return ""

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The commands and workflows that the parts give, in order."""
        return tuple(way for part in self.parts for way in (*self._commands(part), *self._workflows(part)))

    def says(self, topic: str) -> Location | None:
        """Return where the parts answer `trigger` or `data`."""
        wanted = words.TRIGGER if topic == "trigger" else words.DATA
        return first_said(self.parts, wanted) or next(
            self._headings(wanted) if topic == "data" else iter(()), None
        )

    @property
    def forward_only(self) -> Location | None:
        """Where it is written that the schema only moves forward."""
        return first_said((*self.parts, *self._documents_about), words.FORWARD)

    def _headings(self, wanted: re.Pattern[str]) -> Iterator[Location]:
        for part in self.parts:
            yield from (whole(part).at(h.line) for h in part.headings if wanted.search(h.text))

    def _guided(self) -> Iterator[Section]:
        """Yield the sections about it of any document for those who operate."""
        for guide in self._operating.guides("rollback"):
            document = self._documents.get(guide.location.path)
            for section in _headed(document) if document else ():
                first = words.FIRST.match(normal(section.heading.text)) if section.heading else None
                told = _TOPIC.said and any(_TOPIC.said.search(text) for text, _ in sentences(section))
                if (first or told) and not lack(section):
                    yield section

    def _told(self) -> Iterator[Section]:
        for document in self._documents_about:
            if words.LOG.search(document.path):
                continue
            for section in map(own, document.sections):
                if _TOPIC.said and any(_TOPIC.said.search(text) for text, _ in sentences(section)):
                    yield section

    def _mentioned(self) -> Iterator[Section]:
        """Yield the sections of texts on deploying that speak of going back, in whatever words."""
        for part in self._deployment.parts:
            document = whole(part)
            place = None if words.LOG.search(document.path) else first_said((part,), words.MENTIONED)
            for section in map(own, document.sections) if place else ():
                if place and section.start <= place.line <= section.end:
                    yield section

    def _commands(self, part: Part) -> Iterator[Way]:
        first, last = span(part)
        for each in self._quoted.of(whole(part)):
            if first <= each.line <= last:
                found, place = self._quoted.anywhere(each), whole(part).at(each.line)
                if found:
                    status = {"ok": "ok", "unknown": "unknown"}.get(found.status, "missing")
                    yield Way(str(each), place, status)
                elif len(each.call.words) > 1 and words.ACTS.search(str(each)):
                    yield Way(str(each), place, "ok")

    def _workflows(self, part: Part) -> Iterator[Way]:
        names = {pipeline.path.rpartition("/")[2]: pipeline for pipeline in self._pipelines.pipelines}
        for number, line in enumerate(part.text.split("\n"), span(part)[0]):
            place = whole(part).at(number)
            for name in words.WORKFLOW.findall(line):
                yield Way(name, place, "ok" if name in names else "missing")
            lower = line.lower() if words.JOB.search(line) else ""
            named = (
                p for p in self._pipelines.pipelines if len(p.name) >= MIN_NAME and p.name.lower() in lower
            )
            yield from (Way(pipeline.name, place, "ok") for pipeline in named)
        yield from self._started(part)

    def _started(self, part: Part) -> Iterator[Way]:
        """Yield that CI brings the previous version back, where a text says so: by a revert, a tag, a run."""
        place = first_said((part,), words.STARTS)
        if place is None:
            return
        jobs = [job for pipeline in self._pipelines.pipelines for job in pipeline.jobs]
        deploying = next((job for job in jobs if _DEPLOYS.search(f"{job.path} {job.id} {job.uses}")), None)
        if deploying:
            yield Way(f"job `{deploying.id}`", deploying.location, "ok")
        elif self._pipelines.other or not jobs:
            yield Way("a pipeline that is not read", place, "unknown")


def _headed(document: Document) -> Iterator[Section]:
    last = 0
    for section in document.sections:
        heading = section.heading
        if heading and section.start > last and _TOPIC.heading.search(normal(heading.text)):
            yield section
            last = section.end


def _at(part: Part) -> Location:
    return part.at(1) if isinstance(part, Document) else part.at()
