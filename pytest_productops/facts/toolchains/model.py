"""The words of toolchains: a statement of a version somewhere, and a conflict with what is declared."""

from __future__ import annotations

from typing import Literal

from pytest_productops.facts.formats.ranges import PARTS, Numbers, Span
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Source = Literal["classifier", "file", "ci", "image", "lint", "document"]


@dataclass(frozen=True)
class Statement:
    """A version that is written somewhere: `numbers` as far as given (`(3,)`, `(3, 12)`), `text` as written."""

    source: Source
    text: str
    numbers: Numbers
    location: Location

    @property
    def span(self) -> Span:
        """All versions that begin so."""
        after = (*self.numbers[:-1], self.numbers[-1] + 1)
        return Span(_filled(self.numbers), _filled(after))

    def fits(self, allowed: tuple[Span, ...]) -> bool:
        """Whether a version that begins so is allowed."""
        both = (self.span & each for each in allowed)
        return any(each.high is None or each.low < each.high for each in both)

    def below(self, low: Numbers) -> bool:
        """Whether every version that begins so is lower than another."""
        high = self.span.high
        return high is not None and high <= low


@dataclass(frozen=True)
class Conflict:
    """A statement that does not agree with what a manifest declares; `fix` says which of the two to change."""

    key: str
    message: str
    location: Location
    fix: str


def _filled(numbers: Numbers) -> Numbers:
    return (*numbers, *(0,) * PARTS)[:PARTS]


def lowest(allowed: tuple[Span, ...]) -> Numbers:
    """Return the lowest version that is allowed."""
    return min((each.low for each in allowed), default=(0,) * PARTS)
