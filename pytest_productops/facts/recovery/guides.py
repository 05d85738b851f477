"""What is written on backups: how to restore one, how much may be lost (RPO), and how long it may take (RTO).

RPO and RTO: NIST SP 800-34, contingency planning guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.documents.searching import saying
from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.guides.answers import sent_away
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.operations import words as terms
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import span, whole
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MAX_LINE = 2000
"""How much of a line is looked at, in characters."""
MAX_READ = 300
"""Most documents that are looked at."""
_NAME = regex(
    r"(?i)(?:.*/)?(?:[\w-]*(?:back-?ups?|restor(?:e|ing|ation)|disaster|recovery"
    r"|business-?continuity)[\w-]*)\.\w+"
)
_HEADING = regex(
    r"\b(?:back ?ups?|restor(?:e|ing|ation)|disaster recovery|recover(?:y|ing) (?:of|from|the|data"
    r"|point|time|object\w*|procedure)"
    r"|data recovery|recovery|rpo|rto|business continuity|point in time)\b"
)
_ELSEWHERE = regex(r"\b(?:back-?ups?|restor\w+|disaster[- ]recovery)\b", re.IGNORECASE)
_SPAN = (
    r"(?:\b(?:\d+(?:[.,]\d+)?|zero|one|two|three|four|five|six|eight|ten|twelve|twenty[- ]four|half an?|an?)"
    r"[ -]?(?:ms|s|sec(?:ond)?s?|m|min(?:ute)?s?|h|hrs?|hours?|d|days?|weeks?)\b|\b(?:zero|no data loss"
    r"|nothing)\b|:\s*0\b)"
)
SAID: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "rpo": regex(
            r"\bRPO\b|recovery[- ]point|data[- ]loss|\b(?:lose|lost|loss)\b.{0,40}\bdata\b"
            r"|\bdata\b.{0,40}\b(?:lose|lost|loss|old)\b", re.IGNORECASE),
        "rto": regex(
            r"\bRTO\b|recovery[- ]time|time to (?:restor|recover)\w*"
            r"|\b(?:restor|recover)\w*\b.{0,60}\b(?:takes?|within|in under|less than"
            r"|duration)\b", re.IGNORECASE),
    }
)  # fmt: skip
"""Objective -> the words that speak of it."""
_DATA = regex(
    r"(?i)back-?ups?|\bdump|snapshot|database|disaster|data[- ]loss|point[- ]in[- ]time"
    r"|\bRPO\b|\bRTO\b"
)
"""What a section on restoring speaks of, if it is not an undo or a cache."""
_NUMBER = regex(_SPAN, re.IGNORECASE)
_RESTORE = regex(
    r"\brestor(?:e|es|ing|ation)\b|\brecover\b|\bpg_restore\b|\bpoint[- ]in[- ]time\b", re.IGNORECASE
)


class Recovery(Fact):
    """The documents and sections about backups and restoring."""

    def __init__(self, documents: Documents, files: Files) -> None:
        self._documents = documents
        self._files = files

    @classmethod
    def gather(cls, repository: Repository) -> Recovery:
        """Never fails."""
        return cls(repository[Documents], repository[Files])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Those that say something, whole documents before sections."""
        return tuple(part for part in self._all if not lack(part))

    @property
    def hollow(self) -> tuple[Part, str] | None:
        """One that says nothing, and why, where all of them do."""
        return next(((part, lack(part)) for part in self._all), None) if not self.parts else None

    @cached_property
    def external(self) -> str:
        """The site where it is explained, where no document here does."""
        runbook = self._documents.artifact("runbook")
        guides = (*runbook.documents, *self._documents.artifact("deployment").documents, *self._readme)
        away = sent_away(guides, _ELSEWHERE)
        return runbook.external or (away.target if away else "")

    @property
    def _readme(self) -> tuple[Document, ...]:
        return self._documents.artifact("readme").documents[:1]

    def restores(self) -> Location | None:
        """Return where it is told how to restore: a command or a numbered step about it."""
        for part in self.parts:
            steps = [
                (item.text, item.line) for item in part.items if item.ordered or item.checked is not None
            ]
            told = [(each.text, each.location.line) for each in instructions(part)]
            if (steps or told) and _RESTORE.search(part.text):
                return whole(part).at((told or steps)[0][1])
        return None

    def objective(self, name: str) -> Location | None:
        """Return where an objective of `SAID` is given as a number: beside its name, or on the lines below it."""
        for part in self.parts:
            first, last = span(part)
            lines = [line[:MAX_LINE] for line in whole(part).lines[first - 1 : last]]
            for at, line in enumerate(lines):
                beside = _beside(line, name)
                if beside is not None and _NUMBER.search(f"{beside} {_below(lines, at)}"):
                    return whole(part).at(first + at)
        return None

    @cached_property
    def _all(self) -> tuple[Part, ...]:
        candidates = list(self._candidates())
        found = [document for document in candidates if _NAME.fullmatch(document.path)]
        sections = (s for d in candidates if d not in found for s in _sections(d))
        return (*found, *sections)

    def _candidates(self) -> Iterator[Document]:
        own = (path for path in self._documents.paths if own_words(path) and not terms.ELSEWHERE.search(path))
        own = (path for path in own if not terms.DEVELOPERS.search(path))
        near = sorted(own, key=lambda path: (path.count("/"), path))[:MAX_READ]
        yield from saying(self._documents, self._files, near, _ELSEWHERE)


def _beside(line: str, name: str) -> str | None:
    """Return what a line says around the name of an objective, as far as to the other's; None without its name."""
    found = SAID[name].search(line)
    if found is None:
        return None
    others = [match for other, said in SAID.items() if other != name for match in said.finditer(line)]
    begin = max((match.end() for match in others if match.end() <= found.start()), default=0)
    end = min((match.start() for match in others if match.start() >= found.end()), default=len(line))
    return line[begin:end]


def _below(lines: list[str], at: int) -> str:
    """Return the next two lines with words on them, as below a heading; nothing beyond another objective."""
    below = [line for line in lines[at + 1 : at + 5] if line.strip(" |-:")][:2]
    return " ".join(line for line in below if not any(said.search(line) for said in SAID.values()))


def _sections(document: Document) -> Iterator[Section]:
    """Yield the outermost sections whose headings are about it."""
    end = 0
    for section in document.sections:
        if section.heading and section.start > end and _HEADING.search(normal(section.heading.text)):
            if not _DATA.search(section.text):
                continue
            end = section.end
            yield section
