"""The words of a waiver in a comment: `productops: ignore RULE until DATE owner=WHO reason`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pytest_productops.facts.rulebook import Rulebook
from pytest_productops.facts.waivers.model import Broken, Waiver, day
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.suggest import did_you_mean

FORM = "productops: ignore RULE until 2027-01-31 owner=@who reason"
DIRECTIVE = regex(
    r"(?:^[^\w`'\"]*|\s(?:#+|//+|--|;+|%+)\s*)(?P<words>productops: *ignore\b(?P<rest>.*))", re.IGNORECASE
)
"""The words at the start of a comment's line, or of a comment behind another; not where a text speaks of them."""
_GIVEN = regex(r"(?P<key>[a-z][\w-]*)=(?P<value>\S*)", re.IGNORECASE)


class Words(NamedTuple):
    """What a comment says, as written; empty where it does not say it."""

    rule: str
    until: str
    owner: str
    reason: str
    unknown: tuple[str, ...]


def apart(comment: str) -> str:
    """Return what a comment's line says but for the waiver in it."""
    return DIRECTIVE.sub("", comment)


def parse(rest: str) -> Words:
    """Split what follows `ignore`; last day and owner may change places, the reason is the last."""
    words = rest.split()
    rule = words.pop(0) if words and words[0].lower() != "until" and not _GIVEN.fullmatch(words[0]) else ""
    until, owner = "", ""
    unknown: list[str] = []
    while words:
        given = _GIVEN.fullmatch(words[0])
        if words[0].lower() == "until":
            until, words = "".join(words[1:2]), words[2:]
        elif given is None:
            break
        else:
            word = words.pop(0)
            if given["key"].lower() == "owner":
                owner = given["value"]
            else:
                unknown.append(word)
    return Words(rule, until, owner, " ".join(words).lstrip("-—: "), tuple(unknown))


def read(match: re.Match[str], location: Location, lines: tuple[int, int], book: Rulebook) -> Waiver | Broken:
    """Return the waiver that a comment is, or what is wrong with it."""
    said = parse(match["rest"])
    expires = day(said.until)
    mistakes = list(_mistakes(said, book))
    if expires and not mistakes:
        return Waiver(said.rule, said.reason, said.owner, expires, location=location, lines=lines)
    near = did_you_mean(said.rule, book.codes) if said.rule and not _known(said.rule, book) else ""
    hint = f"{near} write it as {FORM}".strip()
    message = f"`{match['words'].strip()}` waives nothing: {', '.join(mistakes)}"
    return Broken(location, message, hint, said.rule)


def _mistakes(said: Words, book: Rulebook) -> Iterator[str]:
    if not said.rule:
        yield "it names no rule"
    elif not _known(said.rule, book):
        yield f"there is no rule {said.rule}"
    if not day(said.until):
        yield f"{said.until!r} is no day" if said.until else "it has no last day"
    if not said.owner:
        yield "it has no owner"
    if not said.reason:
        yield "it gives no reason"
    yield from (f"{word!r} is not understood" for word in said.unknown)


def _known(label: str, book: Rulebook) -> bool:
    """Whether there is such a rule; anything may be one where nobody said which are installed."""
    return not book.codes or bool(book.code(label))
