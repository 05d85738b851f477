"""Topics: which section of a document is about what, by the words of its heading, whatever their form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Section
from pytest_productops.lazy import regex

_CHANGE = r"(?:pull|merge) requests?|prs?|mrs?|change requests?"
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "setup": r"set ?up|setting up|get(?:ting)? (?:set up|started)|install(?:ing|ation)?|environment"
        r"|prerequisites?"
        r"|requirements|dependencies|build(?:ing)?|compil(?:e|ing)|bootstrap(?:ping)?|quick ?start"
        r"|from source|docker"
        r"|(?:run|running) locally|local (?:setup|development|dev)|develop(?:ing|ment)?$|dev ?containers?"
        r"|workspace|tooling|(?:dev|development|developer) tools",
        "tests": r"tests?|testing|testsuite|checks?|verify(?:ing)?|verification|quality assurance|qa|specs",
        "style": r"styles?|styleguide|lint(?:ing|ers?)?|format(?:ting|ters?)?|conventions?|standards?"
        r"|code quality"
        r"|static analysis|pre commit|(?:coding|code) (?:guidelines|rules|practices)",
        "submit": rf"{_CHANGE}|submit(?:ting)?|submissions?|patch(?:es)?|sending|contribut(?:e|ing|ions?)"
        rf"|workflow"
        r"|code review|gerrit|propos(?:e|ing)",
        "developing": rf"{_CHANGE}|dev|develop(?:ing|ment|ers?)?|hacking|contribut(?:e|ing|ions?|ors?)"
        rf"|build(?:ing)?"
        r"|from source|compil(?:e|ing)|local(?:ly)?|tests?|testing|set ?up|setting up|environment",
        "review": rf"{_CHANGE}|review(?:s|ers?|ing)?|approv(?:e|als?|ers?)|merg(?:e|ing|ed)|code ?owners",
        "security": r"security|vulnerabilit(?:y|ies)|(?:responsible|coordinated) disclosure|bug ?bounty",
        "deployment": r"deploy(?:s|ing|ments?)?|go(?:ing)? live|production|continuous (?:deployment|delivery)"
        r"|hosting|roll ?out|shipping",
        "environments": r"environments?|staging|production|preview|review apps?|stages|qa|uat",
        "verify": r"verify(?:ing)?|verification|smoke tests?|health ?checks?|post deploy\w*|after (?:a "
        r"|the )?deploy\w*"
        r"|validat(?:e|ion)|monitoring|checks?",
        "rollback": r"roll ?backs?|roll(?:ing)? back|revert(?:ing)?|downgrad(?:e|ing)|undo|recovery|restore",
        "roadmap": r"road ?map|to ?dos?|plans?|planned|future(?: work)?|ideas|backlog|what s next|next steps"
        r"|known issues|wish ?list|milestones",
    }
)
"""Topic -> what a heading about it says: an expression of whole words in lower case, single spaces."""
_PATTERNS = {topic: regex(rf"\b(?:{alias})\b") for topic, alias in ALIASES.items()}
_NOT_WORD = regex(r"[\W_]+")
_NUMBER = regex(r"^(?:(?:step|part|section|chapter)\s)?(?:\d+|[ivx]+)\s(?=\S)")


def normal(heading: str) -> str:
    """Return a heading's words in lower case, without punctuation, emoji and numbering.

    >>> normal("3. Set-up & *tests*")
    'set up tests'
    """
    return _NUMBER.sub("", " ".join(_NOT_WORD.sub(" ", heading.lower()).split()))


def about(heading: str, topic: str) -> bool:
    """Whether a heading names a topic. Raises KeyError for a topic that `ALIASES` lacks."""
    return bool(_PATTERNS[topic].search(normal(heading)))


def sections(document: Document, topic: str) -> tuple[Section, ...]:
    """Return the sections of a document whose headings name a topic, in order."""
    return tuple(s for s in document.sections if s.heading is not None and about(s.heading.text, topic))
