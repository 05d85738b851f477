"""Postmortems: the reports on incidents that are kept here, what each answers, and what was promised in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Document, Documents
from pytest_productops.facts.files import own_words
from pytest_productops.facts.postmortems.report import Report
from pytest_productops.lazy import regex
from pytest_productops.repository import Fact, Repository

_FOLDER = regex(
    r"(?i)(?:^|.*/)(?:post-?_?mortems?|incident-?_?reports?|incidents|outages|rcas?"
    r"|retrospectives/incidents)/(?:[\w.-]+/){0,3}[^/]+"
)
_NAME = regex(
    r"(?i)(?:.*/)?(?:[\w.-]*[-_.])?(?:post-?_?mortem|incident-?_?report|outage)(?:[-_.][\w.-]*)?\.\w+"
)
_OTHER = regex(
    r"(?i).*(?:template|example|sample).*|(?:.*/)?(?:readme|index|_index|summary|toc|process|guide\w*"
    r"|policy|how-?to[\w-]*"
    r"|checklist|faq|playbook|runbook|[\w-]*(?:response|management|procedure|protocol|process|handling"
    r"|workflow)[\w-]*)\.\w+"
    r"|(?:src|app|lib|spec|tests?|locales?|changelog\.d|node_modules|\.github|\.gitlab)/.*"
    r"|(?:.*/)?(?:blog|_posts|news)/.*"
)


class Postmortems(Fact):
    """The reports on incidents; templates, indexes and rules on how to write them are none."""

    quick = True

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    @classmethod
    def gather(cls, repository: Repository) -> Postmortems:
        """Never fails; nothing is read before it is asked for."""
        return cls(repository[Documents])

    @cached_property
    def all(self) -> tuple[Report, ...]:
        """Those that say something of one incident."""
        return tuple(report for report in map(Report, self._candidates()) if report.is_one)

    @property
    def hollow(self) -> tuple[Report, ...]:
        """Those that are named as a report and say nothing."""
        return tuple(report for report in map(Report, self._candidates()) if report.lack)

    @property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """Those that cannot be read, with the reason."""
        return tuple((path, why) for path, why in self._documents.broken if _wanted(path))

    def _candidates(self) -> Iterator[Document]:
        for path in filter(_wanted, self._documents.paths):
            document = self._documents.get(path)
            if document:
                yield document


def _wanted(path: str) -> bool:
    named = _FOLDER.fullmatch(path) or _NAME.fullmatch(path)
    return bool(named) and own_words(path) and not _OTHER.fullmatch(path)
