"""Answers: where documents answer a question of the process, or send the reader elsewhere for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from pytest_productops.facts.documents import CELL, Document, Link, Prose, Section
from pytest_productops.facts.substance.parts import Part, whole
from pytest_productops.facts.substance.placeholders import said
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location

NOTHING = regex(r"(?!)")
"""Matches no text."""
_REMOTE = regex(r"(?:https?:)?//", re.IGNORECASE)
_SENDING = regex(
    r"\b(?:see|read|refer|follow|check out|consult|visit|described|documented|details|instructions|guides?"
    r"|docs"
    r"|documentation|wiki|handbook|manual|here|how to|learn|explain\w*|available|find|found|policy"
    r"|process)\b",
    re.IGNORECASE,
)
_NO_GUIDE = regex(
    r"/(?:issues|discussions|pulls?|actions|releases|commit|compare|graphs|stargazers|search)(?:[/?\s]|$)"
    r"|github\.com/[\w.-]+/[\w.-]+/contribute(?:[/?\s]|$)"
    r"|badge|\.svg"
    r"|conduct|covenant|opensource\.guide|to[- ]open[- ]source|licen[cs]e|\bcla\b",
    re.IGNORECASE,
)


_LONGEST = 2_000
"""Longest sentence that is taken for one, in characters."""
_STATEMENT = regex(r"\S.*?(?:(?<!\be\.g)(?<!\bi\.e)(?<!\betc)[.!?]+[)\"'\u201d*_]*(?=\s)|\Z)")


@dataclass(frozen=True)
class Answer:
    """What documents say to one question: where it is answered, or the link that leads out of the repository.

    `sender` is the place of that link.

    All empty: not answered. An answer elsewhere can't be judged, so a rule neither passes nor fails by it.
    """

    place: Location | None = None
    elsewhere: Link | None = None
    sender: Location | None = None

    def __bool__(self) -> bool:
        return self.place is not None or self.elsewhere is not None


def sentences(part: Part) -> Iterator[tuple[str, Location]]:
    """Yield each line of real prose with the line before it, for a sentence may run over the line's end."""
    document = whole(part)
    before, last = "", -1
    for prose in said(part):
        text = prose.text[:_LONGEST]
        yield (f"{before} {text}" if prose.line == last + 1 else text), document.at(prose.line)
        before, last = text, prose.line


def statements(part: Part) -> Iterator[tuple[str, Location]]:
    """Yield each sentence of real prose, whole where it runs over lines, with the place where it begins.

    Items of lists and rows of tables are paragraphs of their own.
    """
    document = whole(part)
    for paragraph in _paragraphs(part):
        text, starts = "", []
        for prose in paragraph:
            starts.append(len(text))
            text += f"{prose.text} "
        for match in _STATEMENT.finditer(text):
            line = paragraph[bisect_right(starts, match.start()) - 1].line
            yield match[0].strip()[:_LONGEST], document.at(line)


def _paragraphs(part: Part) -> Iterator[list[Prose]]:
    items = {item.line for item in part.items}
    paragraph: list[Prose] = []
    length = 0
    for prose in said(part):
        apart = prose.line in items or CELL in prose.text or length > _LONGEST
        if paragraph and (apart or prose.line != paragraph[-1].line + 1):
            yield paragraph
            paragraph, length = [], 0
        paragraph.append(prose)
        length += len(prose.text)
    if paragraph:
        yield paragraph


def first_said(parts: Iterable[Part], pattern: re.Pattern[str]) -> Location | None:
    """Return the first place whose prose a pattern matches, or None."""
    return next((place for part in parts for text, place in sentences(part) if pattern.search(text)), None)


def sent_away(
    parts: Iterable[Part],
    topic: re.Pattern[str],
    guide: re.Pattern[str] = NOTHING,
    inside: Callable[[Document, str], object] = lambda *_: None,
) -> Link | None:
    """Return the first link to another site that a text gives for a topic, or None; see `sent`."""
    return sent(parts, topic, guide, inside).elsewhere


def sent(
    parts: Iterable[Part],
    topic: re.Pattern[str],
    guide: re.Pattern[str] = NOTHING,
    inside: Callable[[Document, str], object] = lambda *_: None,
) -> Answer:
    """Return the first link to another site that a text gives for a topic, an empty answer where there is none.

    A link counts when its text or address names the topic or is called a `guide`, or when the words around
    it (the lines before and after, the heading) name it and send the reader there. `inside` tells whether a
    link stays in the repository.
    """
    for part in parts:
        document = whole(part)
        spoken = {prose.line: prose.text for prose in said(part)}
        for link in part.links:
            if (
                link.image
                or not link.text.strip()
                or not _REMOTE.match(link.target)
                or _NO_GUIDE.search(f"{link.target} {link.text}")
            ):
                continue
            around = " ".join(spoken.get(line, "") for line in (link.line - 1, link.line, link.line + 1))
            around = f"{heading_of(document, link.line)} {around}"
            words = _words_of(link)
            named = (
                topic.search(words)
                or guide.search(words)
                or (topic.search(around) and _SENDING.search(around))
            )
            if named and not inside(document, link.target):
                return Answer(elsewhere=link, sender=document.at(link.line))
    return Answer()


def _words_of(link: Link) -> str:
    return f"{link.text} {re.sub(r'[-_/.]+', ' ', link.target)}"


def heading_of(document: Document, line: int) -> str:
    """Return the text of the heading that a line stands under, or nothing."""
    index = bisect_right(document.headings, line, key=lambda heading: heading.line)
    return document.headings[index - 1].text if index else ""


def own(section: Section) -> Section:
    """Return a section without its sub-sections."""
    return Section(
        section.document, section.heading, section.start, section.own_end, section.own_end, section.parents
    )
