"""The release procedure: where it is written, step by step, how a release is made.

A policy on versions or a calendar of releases is none, and neither is a page that tells users how to publish
their own work with the product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Artifact, Document, Documents, Section
from pytest_productops.facts.documents.identity import normal as folded
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.guides.answers import first_said, own, sent_away
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.quoted import own_names
from pytest_productops.facts.releases import procedure_words as words
from pytest_productops.facts.releases.procedure_places import is_log, near, sections_about
from pytest_productops.facts.releases.procedure_steps import Written, steps_of
from pytest_productops.facts.releases.publishing import Publishing
from pytest_productops.facts.releases.step_comments import commented_steps
from pytest_productops.facts.releases.titles import versions_in
from pytest_productops.facts.substance import lack
from pytest_productops.facts.substance.parts import Part, whole
from pytest_productops.facts.topics import normal
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MAX_DEPTH = 2
"""Deepest folder where a page may be called `releases` or `publish` alone and be about the product's own."""
MAX_PAGES = 60
"""Most documents that are read for it."""


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
    def _paths(self) -> tuple[str, ...]:
        """The paths of documents that are not for users."""
        paths = (path for path in self._documents.paths if own_words(path) and not words.USERS.search(path))
        return tuple(path for path in paths if not self._for_users(path))

    def _for_users(self, path: str) -> bool:
        """Whether a page on publishing tells users how to publish theirs: with this very program, or `your site`."""
        document = self._documents.get(path) if words.PUBLISH.match(path) else None
        if document is None:
            return False
        programs = {folded(each.text.split()[0]) for each in instructions(document) if each.text.strip()}
        return bool(words.YOURS.search(document.text) or programs & own_names(self._files, self._documents))

    @cached_property
    def pages(self) -> tuple[Document, ...]:
        """The documents that are named after releasing, the nearest first; declared ones alone where there are."""
        if self.artifact.declared:
            return self.artifact.documents
        named = [
            path
            for path in self._paths
            if words.NAME.match(path)
            and (path.count("/") < MAX_DEPTH or words.TEAM.match(path) or words.SURE.search(path))
            and not any(True for _ in versions_in(path))
        ]
        beside = [
            path
            for path in self._paths
            if words.FOLDER.match(path) and not any(True for _ in versions_in(path.replace("_", "-")))
        ]
        known = (d for d in self.artifact.documents if not words.NOTES.search(d.path))
        found = {d.path: d for d in known if not self._for_users(d.path)}
        for path in [*sorted(named, key=near), *sorted(beside, key=near)][:MAX_PAGES]:
            document = self._documents.get(path)
            if document:
                found.setdefault(path, document)
        return tuple(document for document in found.values() if not is_log(document))

    @cached_property
    def _sections(self) -> tuple[Section, ...]:
        """The sections about releasing of documents for those who work on the product."""
        if self.artifact.declared:
            return ()
        pages = {document.path for document in self.pages}
        paths = [path for path in self._paths if path not in pages and words.TEAM.match(path)]
        found: list[Section] = []
        for path in sorted(paths, key=near)[: 2 * MAX_PAGES]:
            document = self._documents.get(path)
            if document and not is_log(document):
                found += sections_about(document)
        return tuple(found)

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every place with steps, pages before sections before comments."""
        found = [steps_of(page) for page in self.pages]
        found += [steps_of(section) for section in self._sections]
        return tuple([each for each in found if each] or [*self._deploying(), *self._comments()])

    def _deploying(self) -> Iterator[Written]:
        """Yield the sections on deploying whose steps tag a version: to deploy is to release there."""
        documents = self._documents.artifact("deployment").documents
        for document in documents if not self.artifact.declared else ():
            for section in map(own, document.sections if document.path in self._paths else ()):
                about = section.heading and words.DEPLOYING.search(normal(section.heading.text))
                found = steps_of(section) if about and words.TAGGING.search(section.text) else None
                if found:
                    yield found

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
    def expected(self) -> Location | None:
        """Where a reader would look for it: the guide for contributors, or the README."""
        guides = [
            d for kind in ("contributing", "readme") for d in self._documents.artifact(kind).documents[:1]
        ]
        return guides[0].at() if guides else None

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
