"""Claims: the numbers of replicas that a text promises, at least, at most, or always."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pytest_productops.facts.substance.parts import Part, whole
from pytest_productops.facts.workloads.bounds import settings
from pytest_productops.facts.workloads.model import What
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

_UNIT = r"(?:replicas?|pods?|instances?|tasks?|containers?|copies|machines?|dynos?)"
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBER = rf"(?<![\w.,$-])(\d{{1,5}}|{'|'.join(_WORDS)})(?![\w.,]*\d)(?!\s*(?:%|[A-Za-z]?i?B\b|m\b))"
_BETWEEN = regex(
    rf"{_NUMBER}\s*(?:and|to|-|\u2013|\.\.)\s*{_NUMBER}\s+(?:\w+\s+){{0,2}}{_UNIT}\b", re.IGNORECASE
)
_BOUNDED: tuple[tuple[What, str], ...] = (
    ("min", r"(?:min(?:imum)?|at least|no fewer than|never (?:fewer|less) than)"),
    ("max", r"(?:max(?:imum)?|at most|up to|no more than|never more than)"),
)
_PATTERNS: tuple[tuple[What, re.Pattern[str]], ...] = tuple(
    (what, regex(rf"\b{words}\b[^.;\d]{{0,30}}?{tail}", re.IGNORECASE))
    for what, words in _BOUNDED
    for tail in (
        rf"{_NUMBER}\s+(?:\w+\s+){{0,2}}{_UNIT}\b",
        rf"\b{_UNIT}\s*(?:\||:|=|is|are|of|to|set to|limited to)?\s*{_NUMBER}",
    )
)
_COUNT = regex(
    rf"\b(?:runs?|running|fixed|always|deployed (?:with|as))\b[^.;\d]{{0,30}}?{_NUMBER}\s+(?:\w+\s+){{0,1}}{_UNIT}\b",
    re.IGNORECASE,
)
_SUPPOSED = regex(
    r"\b(?:e\.?g|for (?:example|instance)|would|could|might|if you|such as|temporar\w+|per (?:node|zone|region)|each)\b"
    r"|\bsay,",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """A number that a document gives: the fewest, the most, or how many always run."""

    what: What
    value: int
    location: Location


def claims(part: Part, said: Iterable[tuple[str, Location]]) -> Iterator[Claim]:
    """Yield the claims of a part: of its sentences, and of settings that it shows (`maxReplicas: 10`)."""
    for text, place in said:
        if not _SUPPOSED.search(text):
            yield from (Claim(what, value, place) for what, value in _in_sentence(text))
    shown = [(code.text, code.line) for code in part.codes]
    shown += [(block.text, block.line) for block in part.code_blocks]
    for text, line in shown:
        for what, number, offset in settings(text):
            if number is not None and what != "count":
                yield Claim(what, number, whole(part).at(line + offset - 1))


def _in_sentence(text: str) -> Iterator[tuple[What, int]]:
    between = _BETWEEN.search(text)
    if between:
        yield "min", _value(between[1])
        yield "max", _value(between[2])
        return
    bounded: dict[What, int] = {}
    for what, pattern in _PATTERNS:
        if match := pattern.search(text):
            bounded.setdefault(what, _value(match[1]))
    yield from bounded.items()
    count = None if bounded else _COUNT.search(text)
    if count:
        yield "count", _value(count[1])


def _value(text: str) -> int:
    return _WORDS.get(text.lower()) or int(text)
