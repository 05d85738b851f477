"""A definition of done in prose: headings are stages, list items criteria, and what they name the checks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Document, Item, Section
from pytest_productops.facts.done.model import Check, Criterion, Stage
from pytest_productops.lazy import regex
from pytest_productops.model import CODE, Location

TITLE = regex(r"\b(?:definitions? of done|done criteria|DoD)\b", re.IGNORECASE)
_ALIASES = {
    "plan": r"plan(?:ning|ned)?|refine\w*|design",
    "build": r"build(?:ing)?|implement\w*|cod(?:e|ing)|develop\w*",
    "review": r"reviews?|reviewed|pull requests?|merge requests?|merg(?:e|ed|ing)|changes?",
    "test": r"tests?|testing|tested|qa|quality assurance",
    "release": r"releas(?:e|es|ed|ing)|ship(?:ping|ped)?|publish\w*",
    "deploy": r"deploy\w*|production|roll-?out",
    "operate": r"operat\w*|monitor\w*|support\w*|maintenance",
}
_STAGES = [(stage, regex(rf"\b(?:{words})\b", re.IGNORECASE)) for stage, words in _ALIASES.items()]
_FIRST = ("review", "test", "release", "deploy", "operate", "plan", "build")
_MANUAL = regex(r"\(\s*manual(?:ly)?\s*:\s*([^)\s][^)]*)\)", re.IGNORECASE)
_COUNT = r"(?:\d+(?:[.,]\d+)?|zero|no|one|two|three|four|five|six|seven|eight|nine|ten)"
_UNIT = (
    r"(?:%|percent|ms|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|"
    r"(?:business |working )?days?|weeks?|months?|"
    r"(?:\w+ )?(?:approvals?|reviewers?|reviews?|approvers?|people|persons?|maintainers?|owners?|engineers?)|"
    r"(?:[\w-]+ ){0,4}(?:warnings?|errors?|failures?|vulnerabilities|bugs?|defects?|issues|regressions|alerts)|"
    r"[KMG]i?B|lines?)"
)
_LIMIT = r"(?:[<>]=?|[\u2264\u2265]|at (?:least|most)|(?:more|less|fewer) than|max(?:imum)?|min(?:imum)?)"
_MEASURE = regex(
    rf"(?<![\w.])({_COUNT}\s?-?{_UNIT}|{_LIMIT}\W{{0,4}}\d[\d.,]*|\d+ [^\W\d_]{{2,}}s)(?![\w])", re.IGNORECASE
)
_ABOUT_IT = regex(
    r"\b(?:why|not|scal(?:e|ing)|exceptions?|purpose|background|rationale|scope|ownership|responsib\w+"
    r"|examples?|references?|links?|related|glossary|faq|history|notes?)\b",
    re.IGNORECASE,
)
_NOT_APPLICABLE = regex(r"\b(?:not applicable|n/a)\s*[:,(\u2013\u2014-]+\s*(\w.+)", re.IGNORECASE)


def stages(document: Document, section: Section | None = None) -> Iterator[Stage]:
    """Yield the stages of a document, or of a section of one."""
    start, end = (section.start, section.end) if section else (1, len(document.lines))
    parts = [s for s in document.sections if start <= s.start <= end and s.own_end <= end]
    outer = [i for i in document.items if start <= i.line <= end and i.depth == 0]
    boxed = sum(i.checked is not None for i in outer) * 2 > len(outer)
    for part in _telling(parts):
        criteria = tuple(_criteria(part, boxed=boxed))
        reason = _NOT_APPLICABLE.search("\n".join(p.text for p in part.prose if p.line <= part.own_end))
        title = part.heading.text if part.heading else ""
        if criteria or reason or (title and stage_of(title) and not TITLE.search(title)):
            name = next((s for s in (stage_of(t) for t in _titles(part)) if s), "")
            why_not = reason[1].strip() if reason else ""
            yield Stage(name or "review", part.at(), criteria, not_applicable=why_not, named=bool(name))


def stage_of(title: str) -> str:
    """Return the stage that a heading names, or nothing."""
    words = TITLE.sub("", title)
    found = {stage for stage, pattern in _STAGES if pattern.search(words)}
    return next((stage for stage in _FIRST if stage in found), "")


def speaks_of(text: str, stage: str) -> bool:
    """Whether a text has a word for a stage."""
    return any(name == stage and pattern.search(text) for name, pattern in _STAGES)


def _titles(part: Section) -> list[str]:
    """Return a section's heading and those above it, nearest first."""
    own = [part.heading.text] if part.heading else []
    return own + [heading.text for heading in reversed(part.parents)]


def _telling(parts: list[Section]) -> list[Section]:
    """Return the sections that are not about the definition itself, unless all are."""
    return [p for p in parts if not any(map(_ABOUT_IT.search, _titles(p)))] or parts


def _criteria(part: Section, *, boxed: bool) -> Iterator[Criterion]:
    """Yield the items of a section without its sub-sections; one with items below it is their title.

    `boxed`: most have task boxes, so that one without explains.
    """
    items = [item for item in part.document.items if part.start <= item.line <= part.own_end]
    if not items:
        return
    ends = [item.line - 1 for item in items[1:]] + [part.own_end]
    deeper = [after.depth > item.depth for item, after in itertools.pairwise(items)] + [False]
    for item, end, is_title in zip(items, ends, deeper, strict=True):
        checks = tuple(_checks(part.document, item, end))
        explains = boxed and item.checked is None and item.depth == 0
        if item.text.strip() and (checks or not is_title) and not explains:
            at = Location(part.document.path, item.line)
            yield Criterion(slug(item.text), " ".join(item.text.split()), at, checks)


def _checks(document: Document, item: Item, end: int) -> Iterator[Check]:
    at = Location(document.path, item.line)
    for code in document.codes:
        if item.line <= code.line <= end:
            yield Check("rule" if CODE.match(code.text) else "code", code.text, at)
    for link in document.links:
        if item.line <= link.line <= end and not link.image:
            yield Check("link", link.target, at)
    yield from (Check("manual", {"who": match[1].strip()}, at) for match in _MANUAL.finditer(item.text))
    yield from (Check("stated", match[1], at) for match in _MEASURE.finditer(item.text))


def slug(text: str) -> str:
    """Return a short name of a criterion, from its words."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-") or "criterion"
