"""Orientation: what the README tells a newcomer: what it is, how to use it, where to contribute and to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from pytest_productops.facts.channels import in_readme
from pytest_productops.facts.documents import Document, Documents, Section, identity
from pytest_productops.facts.files import Files
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import statements
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.quoted import own_names
from pytest_productops.facts.readme.quickstart import Quickstart
from pytest_productops.facts.readme.words import (
    CONTRIBUTING,
    GUIDE_FILE,
    HELPING,
    SAID,
    TAKING_PART,
    badges,
    leads_to_guide,
    leads_to_help,
)
from pytest_productops.facts.substance import said, unwritten
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "what": "what the product is",
        "use": "how to install or run it",
        "contribute": "where to contribute",
        "help": "where to get help",
    }
)
"""Topic of a README -> the question in words."""
ENOUGH = 8
"""Fewest words of a paragraph that says what the product is."""
SECTIONS = 4
"""How many sections from the top may say what it is."""
INDEX = 2
"""Fewest links to packages of the repository that make the README an index of them."""
_WORD = regex(r"[^\W\d_][\w'\u2019-]*")
_STARTING = regex(
    r"\b(?:install\w*|quick ?start\w*|get(?:ting)? started|set ?up|setting up|usage|how to \w+"
    r"|run(?:ning)?|start(?:ing)?"
    r"|download\w*|demo|build(?:ing)?|tutorials?|deploy\w*)\b"
)
_LEADING = regex(
    r"\b(?:install\w*|quick ?start|get(?:ting)? started|set ?up|tutorial|user guide)\b", re.IGNORECASE
)
_MANUAL = regex(
    r"(?!.*\b(?:contribut|develop|style|conduct|migrat|upgrad|security|badge))"
    r".*\b(?:docs|documentation|manual|guides?|handbook)\b",
    re.IGNORECASE,
)
"""The text of a link to what is written for users."""
_IMPORT = regex(
    r"^[ \t>]*(?:from|import|use|require\w*|using|alias|#?include)\b[^\n\"'<]{0,80}?[\s(\"'<]([@\w./:-]+)",
    re.MULTILINE,
)
"""A line of a program that imports a module, in most languages."""
_PARTS = regex(r"[./:]+")
_NO_PACKAGE = regex(r"(?:docs?|documentation|examples?|\.[\w-]+)(?:/|\Z)", re.IGNORECASE)


class Orientation(Fact):
    """What the README answers. Only what is surely missing is missing."""

    def __init__(self, guides: Guides, quickstart: Quickstart, documents: Documents, files: Files) -> None:
        self._files = files
        self._guides = guides
        self._quickstart = quickstart
        self._documents = documents
        self.readme = quickstart.readme

    @classmethod
    def gather(cls, repository: Repository) -> Orientation:
        """Never fails."""
        return cls(repository[Guides], repository[Quickstart], repository[Documents], repository[Files])

    def answers(self, topic: str) -> Location | None:
        """Return where the README answers a topic of `TOPICS`; raise KeyError for any other."""
        find: Mapping[str, Callable[[Document], Location | None]] = {
            "what": _what,
            "use": self._use,
            "contribute": _contribute,
            "help": self._help,
        }
        return find[topic](self.readme) if self.readme else None

    def _use(self, readme: Document) -> Location | None:
        start = self._quickstart
        if start.command or start.page:
            return start.command or (start.page[0] if start.page else None)
        if start.elsewhere.sender:
            return start.elsewhere.sender
        headed = [s for s in _sections(readme) if s.heading and _STARTING.search(normal(s.heading.text))]
        place = next((s.at() for s in headed if s.links or s.prose or s.code_blocks), None)
        place = place or _sending(readme) or self._imported(readme) or _manual(readme)
        if place:
            return place
        told = instructions(readme)
        links = [(link.line, self._guides.inside(readme, link.target)) for link in readme.links]
        packages = [
            line
            for line, path in links
            if path and ("/" in path or path in self._files.folders) and not _NO_PACKAGE.match(path)
        ]
        index = readme.at(packages[0]) if len(packages) >= INDEX else None
        return told[0].location if told else index

    def _imported(self, readme: Document) -> Location | None:
        """Return the first snippet that imports the product itself."""
        own = own_names(self._files, self._documents)
        for block in readme.code_blocks:
            if any(
                own.intersection(map(identity.normal, _PARTS.split(name)))
                for name in _IMPORT.findall(block.text)
            ):
                return readme.at(block.line)
        return None

    def _help(self, readme: Document) -> Location | None:
        channel = in_readme(self._guides)
        if channel:
            return channel.location
        titled = (s.at() for s in _sections(readme) if s.heading and HELPING.search(normal(s.heading.text)))
        pictures = badges(readme)
        linked = (readme.at(link.line) for link in readme.links if leads_to_help(link, pictures))
        told = (at for text, at in statements(readme) if SAID.search(text))
        return next(titled, None) or next(linked, None) or next(told, None)


def _sections(readme: Document) -> Iterator[Section]:
    """Yield the sections that are written; a heading alone tells where to look, a stand-in below it does not."""
    yield from (section for section in readme.sections if not unwritten(section))


def _sending(readme: Document) -> Location | None:
    """Return the first line that leads to how to start, wherever that is."""
    linked = {link.line for link in readme.links if not link.image}
    spoken = (prose.line for prose in readme.prose if prose.line in linked and _LEADING.search(prose.text))
    return next((readme.at(line) for line in spoken), None)


def _manual(readme: Document) -> Location | None:
    """Return the first link that is called the documentation, a badge left out."""
    pictures = badges(readme)
    links = (each for each in readme.links if not each.image and (each.line, each.text) not in pictures)
    return next((readme.at(each.line) for each in links if _MANUAL.match(each.text[:100])), None)


def _what(readme: Document) -> Location | None:
    """Return the first paragraph near the top that has enough words."""
    last = readme.headings[SECTIONS].line if len(readme.headings) > SECTIONS else len(readme.lines)
    return next(
        (readme.at(line) for line, text in _paragraphs(readme, last) if len(_WORD.findall(text)) >= ENOUGH),
        None,
    )


def _paragraphs(readme: Document, last: int) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs up to a line, with the lines where they begin; link texts are words here."""
    start, text, before = 0, "", -1
    for prose in said(readme):
        if prose.line > last:
            break
        if prose.line != before + 1:
            if text:
                yield start, text
            start, text = prose.line, ""
        text, before = f"{text} {prose.text}", prose.line
    if text:
        yield start, text


def _contribute(readme: Document) -> Location | None:
    pictures = badges(readme)
    titled = (s.at() for s in _sections(readme) if s.heading and CONTRIBUTING.search(s.heading.text))
    linked = (readme.at(link.line) for link in readme.links if leads_to_guide(link, pictures))
    told = (at for text, at in statements(readme) if TAKING_PART.search(text))
    coded = (readme.at(code.line) for code in readme.codes if GUIDE_FILE.fullmatch(code.text))
    return next(titled, None) or next(linked, None) or next(told, None) or next(coded, None)
