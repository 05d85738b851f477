"""The release procedure: where it is written, step by step, how a release is made.

A policy on versions or a calendar of releases is none, and neither is a page that tells users how to publish
their own work with the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pytest_productops.facts.answers import first_said, sent_away, statements
from pytest_productops.facts.documents import Artifact, Document, Documents, Section
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.instructions import instructions
from pytest_productops.facts.releases import procedure_words as words
from pytest_productops.facts.releases.entries import versions_in
from pytest_productops.facts.releases.publishing import Publishing, published
from pytest_productops.facts.releases.step_comments import commented_steps
from pytest_productops.facts.substance import lack
from pytest_productops.facts.substance.parts import Part, whole
from pytest_productops.facts.topics import normal
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MIN_STEPS = 2
"""Fewest points of a list that make a procedure."""
MAX_DEPTH = 2
"""Deepest folder where a page may be called `releases` or `publish` alone and be about the product's own."""
MAX_PAGES = 60
"""Most documents that are read for it."""


@dataclass(frozen=True)
class Written:
    """A place that tells how to release, and what makes it one."""

    part: Part
    location: Location
    note: str


class ReleaseProcedure(Fact):
    """The documents, sections, templates and comments that tell how to make a release."""

    def __init__(self, documents: Documents, files: Files, publishing: Publishing) -> None:
        self._documents = documents
        self._files = files
        self._publishing = publishing
        self.artifact: Artifact = documents.artifact("release")

    @classmethod
    def gather(cls, repository: Repository) -> ReleaseProcedure:
        """Find them; never fails."""
        return cls(repository[Documents], repository[Files], repository[Publishing])

    @cached_property
    def pages(self) -> tuple[Document, ...]:
        """The documents that are named after releasing, the nearest first; declared ones alone where there are."""
        if self.artifact.declared:
            return self.artifact.documents
        paths = [path for path in self._documents.paths if own_words(path) and not words.USERS.search(path)]
        named = [
            path
            for path in paths
            if words.NAME.match(path)
            and (path.count("/") < MAX_DEPTH or words.TEAM.match(path) or words.SURE.search(path))
            and not any(True for _ in versions_in(path))
        ]
        beside = [
            path
            for path in paths
            if words.FOLDER.match(path) and not any(True for _ in versions_in(path.replace("_", "-")))
        ]
        found = {d.path: d for d in self.artifact.documents if not words.NOTES.search(d.path)}
        for path in [*sorted(named, key=_near), *sorted(beside, key=_near)][:MAX_PAGES]:
            document = self._documents.get(path)
            if document and not words.USERS.search(path):
                found.setdefault(path, document)
        return tuple(document for document in found.values() if not _is_log(document))

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        """The sections about releasing of documents for those who work on the product."""
        if self.artifact.declared:
            return ()
        pages = {document.path for document in self.pages}
        paths = [
            path
            for path in self._documents.paths
            if path not in pages
            and own_words(path)
            and words.TEAM.match(path)
            and not words.USERS.search(path)
        ]
        found: list[Section] = []
        for path in sorted(paths, key=_near)[: 2 * MAX_PAGES]:
            document = self._documents.get(path)
            if document and not _is_log(document):
                found += _about(document)
        return tuple(found)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every place with steps, pages before sections before comments."""
        found = [_written(page) for page in self.pages]
        found += [_written(section) for section in self._sections]
        return tuple([each for each in found if each] or self._comments())

    def _comments(self) -> Iterator[Written]:
        """Yield the steps in the head of a release script or of a workflow that publishes."""
        scripts = [
            path
            for path in self._files.paths
            if words.RELEASE_SCRIPT.match(path) and own_words(path) and not words.USERS.search(path)
        ]
        for path in [*scripts[:20], *dict.fromkeys(pipeline.path for pipeline in self._publishing.pipelines)]:
            try:
                found = commented_steps(path, self._files.read(path))
            except Unreadable:
                continue
            if found:
                yield Written(
                    found,
                    found.at(found.items[0].line if found.items else 1),
                    "steps in the comment of a release script",
                )

    @property
    def parts(self) -> tuple[Part, ...]:
        """The texts with steps."""
        return tuple(each.part for each in self.written)

    @property
    def near(self) -> tuple[Document, ...]:
        """The pages that are certainly meant for releasing the product: declared, or near the root."""
        return tuple(p for p in self.pages if self.artifact.declared or p.path.count("/") < MAX_DEPTH)

    @cached_property
    def lacking(self) -> tuple[Document, str] | None:
        """A page named after releasing that says nothing, and why, where nothing tells how to release."""
        if self.written:
            return None
        reasons = [(page, lack(page)) for page in self.near]
        return next(((page, reason) for page, reason in reasons if reason), None)

    @cached_property
    def external(self) -> str:
        """The site where releasing is explained, where no text here does."""
        if self.written:
            return ""
        guides = self._documents.artifact("contributing").documents[:2]
        beside: list[Part] = [*self.pages, *self._sections, *guides]
        away = sent_away(beside, words.ELSEWHERE)
        return self.artifact.external or (away.target if away else "")

    def says(self, topic: str) -> Location | None:
        """Return where `verify` or `undo` is answered, or None."""
        wanted = words.VERIFY if topic == "verify" else words.UNDO
        return first_said(self.parts, wanted) or self._in_headings(wanted) or self._in_commands(wanted)

    def _in_headings(self, wanted: re.Pattern[str]) -> Location | None:
        found = ((part, heading) for part in self.parts for heading in part.headings)
        return next((whole(part).at(h.line) for part, h in found if wanted.search(h.text)), None)

    def _in_commands(self, wanted: re.Pattern[str]) -> Location | None:
        for part in self.parts:
            quoted = [(code.text, code.line) for code in part.codes]
            quoted += [(block.text, block.line) for block in part.code_blocks]
            line = next((line for text, line in quoted if wanted.search(text)), 0)
            if line:
                return whole(part).at(line)
        return None

    @cached_property
    def automated(self) -> bool:
        """Whether the texts say that a machine makes the release."""
        return first_said(self.parts, words.AUTOMATED) is not None


def _near(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _is_log(document: Document) -> bool:
    """Whether most headings are versions, as in a changelog."""
    versions = sum(any(True for _ in versions_in(heading.text)) for heading in document.headings)
    return versions >= 3 and versions * 2 >= len(document.headings)  # noqa: PLR2004


def _about(document: Document) -> Iterator[Section]:
    """Yield the outermost sections about releasing; in a README the heading must say so plainly."""
    end = 0
    readme = document.path.rpartition("/")[2].lower().startswith("readme")
    wanted = words.README if readme else words.ABOUT
    for section in document.sections:
        if section.heading is None or section.start <= end:
            continue
        title = normal(section.heading.text)
        if wanted.search(title) and not words.NOT_ABOUT.search(title) and not lack(section):
            end = section.end
            yield section


def _written(part: Part) -> Written | None:
    """Return a part with the steps of a release in it, or None."""
    if lack(part):
        return None
    document = whole(part)
    commands = [
        each
        for each in instructions(part)
        if published(tuple(each.text.split())) or words.DOES.search(each.text)
    ]
    numbered = [item for item in part.items if item.ordered and item.depth == 0]
    listed = [item for item in part.items if item.ordered is False and words.STEP.search(item.text)]
    boxes = [item for item in part.items if item.checked is not None]
    about = sum(bool(words.STEP.search(item.text)) for item in numbered)
    if len(numbered) >= MIN_STEPS and about and about * 3 >= len(numbered):
        return Written(part, document.at(numbered[0].line), f"{len(numbered)} numbered steps")
    if len(boxes) >= MIN_STEPS:
        return Written(part, document.at(boxes[0].line), f"a checklist of {len(boxes)} points")
    if commands:
        return Written(part, commands[0].location, f"the command `{commands[0].text[:50]}`")
    return _told(part, len(listed))


def _told(part: Part, listed: int) -> Written | None:
    """Return a part that tells in sentences or points what to do: merge this, push a tag, run that workflow."""
    document = whole(part)
    imperative = [item for item in part.items if words.IMPERATIVE.match(item.text.strip())]
    if len(imperative) >= MIN_STEPS and listed >= MIN_STEPS:
        return Written(part, document.at(imperative[0].line), f"a list of {len(imperative)} steps")
    told = list(statements(part))
    starts = next((place for text, place in told if words.STARTS.search(text)), None)
    ordered = [place for text, place in told if words.IMPERATIVE.match(text)]
    if len(ordered) > MIN_STEPS or (starts and first_said((part,), words.STEP)):
        return Written(part, starts or ordered[0], "what to do for a release, in sentences")
    return None
