"""Objectives in documents: sections and pages on SLOs, their tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.documents.searching import saying
from pytest_productops.facts.files import Files, own_words
from pytest_productops.facts.operations import words as terms
from pytest_productops.facts.slos.model import Objective
from pytest_productops.facts.slos.model import Part as PartOf
from pytest_productops.facts.substance.parts import Part, span, whole
from pytest_productops.lazy import regex

MAX_READ = 300
_SPEAKS = regex(r"\bSLOs?\b|(?i:service[- ]level objectives?|error budgets?)")
_NAME = regex(r"(?i)(?:.*/)?(?:[\w-]+[-_])?(?:slos?|service-?_?level-?_?objectives?)(?:[-_][\w-]+)?\.\w+")
_HEADING = regex(r"(?i)\b(?:SLOs?|service[- ]level objectives?|service[- ]levels?)\b")
_PLAIN = regex(
    r"(?i)[\W\d]*(?:our |the |service )?(?:SLOs?"
    r"|service[- ]level objectives?)(?:\W*\(?SLOs?\)?)?\W*"
)
"""The heading of a section that is there for nothing else."""
_TARGET = regex(
    r"\d{2}(?:[.,]\d+)?\s?%|(?:<|\u2264|under|within|below|less than|at most"
    r"|max(?:imum)?)\s?~?\d+(?:\.\d+)?\s?(?:ms|s\b|sec|min|hours?)",
    re.IGNORECASE,
)
CONSEQUENCE = regex(
    r"(?i)\b(?:error[- ]budgets?|budget)\b.{0,160}\b(?:freez\w+|stop\w*|halt\w*|paus\w*|priorit\w*"
    r"|spent|exhaust\w*|exceed\w*|burn\w*"
    r"|no (?:new )?(?:features?|releases?|deploy\w*)|escalat\w*|post-?mortem|reliability work|policy)\b"
    r"|\b(?:freez\w+|stop|halt|pause|prioriti\w+)\b.{0,160}\b(?:error[- ]budgets?|SLOs?)\b"
    r"|\b(?:miss\w*|breach\w*|violat\w*|below)\b.{0,80}\b(?:SLOs?|objective|target)\b.{0,120}\b(?:we"
    r"|team|must|will|freez\w+|stop|escalat\w*)\b"
)
_SAID: Mapping[PartOf, re.Pattern[str]] = MappingProxyType(
    {
        "indicator": regex(
            r"(?i)\b(?:SLIs?|indicators?|measured|metrics?|availability|latency|uptime|error rate"
            r"|success(?:ful)?|requests?"
            r"|response times?|p\d\d|percentile|throughput|freshness|quer(?:y|ies)|delivered|2xx|5xx)\b"
        ),
        "window": regex(
            r"(?i)\b\d+[- ]?(?:d|days?|w|weeks?|mo|months?|h|hours?)\b|\brolling\b|\b(?:per|each|every"
            r"|calendar|over (?:a|the)) (?:calendar )?(?:day"
            r"|week|month|quarter|year)\b|\b(?:monthly|quarterly|weekly|yearly|annual\w*|window)\b"
        ),
        "owner": regex(
            r"(?i)\b(?:owners?|owned by|team|squad|responsible|maintained by|contact)\b"
            r"|(?<![\w.])@[a-z][\w/-]+"
        ),
        "alert": regex(r"(?i)\b(?:alert\w*|pag(?:e|es|ed|ing)|burn[- ]rate|notif\w+|alarm\w*)\b"),
        "consequence": CONSEQUENCE,
    }
)


def parts(pages: Iterable[Document]) -> Iterator[Part]:
    """Yield the pages named after SLOs, and outermost sections about them."""
    for document in pages:
        if _NAME.fullmatch(document.path):
            yield document
            continue
        end = 0
        for section in document.sections:
            if section.heading and section.start > end and _HEADING.search(section.heading.text):
                end = section.end
                yield section


def pages(documents: Documents, files: Files) -> Iterator[Document]:
    """Yield the documents that speak of objectives, the nearest to the root first."""
    own = (path for path in documents.paths if own_words(path) and not terms.ELSEWHERE.search(path))
    near = sorted(own, key=lambda path: (path.count("/"), path))[:MAX_READ]
    yield from saying(documents, files, near, _SPEAKS)


def objectives(part: Part) -> Iterator[Objective]:
    """Yield the objective of a part that gives a target in numbers, or that is there to give one and does not."""
    text = part.text
    first, _ = span(part)
    found = _TARGET.search(text)
    title = part.heading.text if isinstance(part, Section) and part.heading else whole(part).path
    if not found and isinstance(part, Section) and not _PLAIN.fullmatch(title.strip()):
        return
    line = first + text.count("\n", 0, found.start()) if found else first
    has = frozenset(name for name, pattern in _SAID.items() if pattern.search(text))
    yield Objective(title, whole(part).at(line), has | ({"target"} if found else frozenset()))
