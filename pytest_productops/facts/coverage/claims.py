"""Percentages of test coverage that process documents demand."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

import re

from pytest_productops.facts.documents import Documents
from pytest_productops.facts.guides.answers import statements
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_COVERAGE = regex(
    r"\b(?:(?:test|code|unit|line|branch|statement)s?[- ])*coverage\b|\bcovered by (?:unit )?tests\b"
    r"|\b(?:lines|statements|branches|code) (?:is|are|be) (?:not )?covered\b",
    re.IGNORECASE,
)
_PERCENT = regex(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_DEMAND = regex(
    r"\b(?:must|requires?|required|requirement|at least|minimum|fails?|failing|threshold|enforced?s?|mandatory|no less than|not fall"
    r"|rejected|have to|has to|needs? to)\b",
    re.IGNORECASE,
)
_WISH = regex(
    r"\b(?:aim|aims|ideally|goal|target|strive|try|trying|hope|nice|would like|want|encourag\w+|approximately|around|about|currently"
    r"|roughly|nearly|almost|achieved?|recommend\w*|prefer\w*|if possible|should|not require\w*|don't|do not|doesn't|isn't|not (?:need|necess)\w*"
    r"|no need|example|e\.g\.|for instance|rather than|drops?|decreas\w+|more than|by \d|previously|used to)\b",
    re.IGNORECASE,
)
_ELSE = regex(
    r"translat|i18n|locali|docstring|documentation coverage|doc coverage|type[- ]coverage|typing|api coverage|insurance|browser"
    r"|platform|\bpatch\b|\bdiff\b|new (?:code|lines|feature|module|file)s?|changed (?:code|lines)|feature coverage|spec coverage|mutation",
    re.IGNORECASE,
)
NEAR = 80
"""Most characters between the number and the word coverage."""


@dataclass(frozen=True)
class Claim:
    """A demand: the percentage, where it is written, and the sentence."""

    percent: float
    location: Location
    text: str


@dataclass(frozen=True)
class CoverageClaims(Fact):
    """Every demand of the process documents."""

    claims: tuple[Claim, ...] = ()

    @classmethod
    def gather(cls, repository: Repository) -> CoverageClaims:
        """Read the process documents; never fails."""
        return cls(
            tuple(
                Claim(percent, place, text[:160])
                for document in repository[Documents].process
                for text, place in statements(document)
                if (percent := demanded(text)) is not None
            )
        )


def demanded(text: str) -> float | None:
    """Return the percentage of test coverage that a sentence demands, or None."""
    word, number = _COVERAGE.search(text[:1000]), _PERCENT.search(text[:1000])
    if (
        not word
        or not number
        or _WISH.search(text[:1000])
        or _ELSE.search(text[:1000])
        or not _DEMAND.search(text[:1000])
    ):
        return None
    near = min(abs(number.start() - word.end()), abs(word.start() - number.end())) <= NEAR
    percent = float(number[1])
    return percent if near and 0 < percent <= 100 and len(_PERCENT.findall(text[:1000])) == 1 else None  # noqa: PLR2004
