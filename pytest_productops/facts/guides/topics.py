"""What a contributor guide answers: set-up and tests by a command, style and submission in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.guides.answers import first_said, own, sentences
from pytest_productops.facts.guides.instructions import Instruction, instructions
from pytest_productops.facts.guides.words import (
    CLONE,
    COMMENT,
    FETCHING,
    HELP,
    NO_SETUP,
    NOISE,
    SELF_SUFFICIENT,
    SENDING,
    SETUP,
    STYLE,
    STYLE_TOOL,
    SUBMIT,
    TEST,
    TESTING,
)
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import span, whole
from pytest_productops.facts.topics import about
from pytest_productops.lazy import regex
from pytest_productops.model import Location

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "setup": "how to set up a development environment",
        "tests": "how to run the tests",
        "style": "which style, linter or conventions to follow",
        "submit": "how to submit a change and get it reviewed",
        "help": "where to ask for help",
    }
)
"""Topic of a contributor guide -> the question in words."""
GUIDE = regex(
    r"\b(?:contribut(?:ing|ors?|ors?['\u2019]s?|ion)(?: to [\w ]+)? (?:guide(?:lines?)?|docs|documentation"
    r"|handbook)"
    r"|contributing|how[- ]?to[- ]?contribute|developer(?:['\u2019]s|s)? (?:guide|docs|documentation"
    r"|handbook)(?! style)"
    r"|development (?:guide"
    r"|docs)|hacking)\b",
    re.IGNORECASE,
)
"""What a link to a guide as a whole is called."""
ABOUT: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        topic: regex(rf"\b(?:{words})\b", re.IGNORECASE)
        for topic, words in {
            "setup": r"set(?:ting)?[- ]?up|(?:dev|development) environment|build(?:ing)? from"
            r"|local(?:[- ]\w+)?[- ]dev\w*|run(?:ning)? (?:the|this) (?:app\w*|project|service|site)",
            "tests": r"tests|testing|test suite",
            "style": r"style|style ?guide|lint(?:ing|er)?|conventions?|coding (?:standards?|guidelines?)",
            "submit": r"pull requests?|merge requests?|submit(?:ting)?|patch(?:es)?|gerrit"
            r"|contribution (?:workflow|process)",
            "help": r"ask|questions?|help|discuss|chat|forum|slack|discord|gitter|matrix|zulip|irc",
        }.items()
    }
)
"""Topic -> words that name it around a link."""


def answered(topic: str, parts: Iterable[Part], notes: Iterable[Part] = ()) -> Location | None:
    """Return where the first of some texts answers a topic of `TOPICS`, or None.

    Set-up and tests need a command: one that is for that by its words, wherever it stands, or any in a
    section about the topic, or such a section with text in a document that gives commands elsewhere. Of
    `notes`, which may be for users, only commands of the first sort count.
    """
    return _FINDERS[topic](tuple(parts)) or (
        _command(notes, _FOR_SURE[topic]) if topic in _FOR_SURE else None
    )


def commanded(topic: str, parts: Iterable[Part], notes: Iterable[Part] = ()) -> Location | None:
    """Return where set-up or tests are answered by a command to type; words alone are no answer here."""
    parts = tuple(parts)
    sections = [section for section in _about(parts, topic) if _relevant(instructions(section))]
    return (
        _command(parts, _FOR_SURE[topic])
        or next((s.at() for s in sections), None)
        or (_testing(parts) if topic == "tests" else None)
        or ((_cloned(parts) or first_said(parts, NO_SETUP)) if topic == "setup" else None)
        or _command(notes, _FOR_SURE[topic])
    )


def _testing(parts: Iterable[Part]) -> Location | None:
    """Return a command of which its line says that it runs the tests."""
    for part in parts:
        lines = whole(part).lines
        for each in instructions(part):
            said = TESTING.search(lines[each.location.line - 1])
            if said and not each.text.startswith("git ") and not FETCHING.search(each.text):
                return each.location
    return None


def surely(topic: str, parts: Iterable[Part]) -> Location | None:
    """Return the first command that is for set-up or tests by its own words."""
    return _command(parts, _FOR_SURE[topic])


def _setup(parts: tuple[Part, ...]) -> Location | None:
    return (
        _command(parts, is_setup) or _section(parts, "setup") or _cloned(parts) or first_said(parts, NO_SETUP)
    )


def _tests(parts: tuple[Part, ...]) -> Location | None:
    return _command(parts, is_test) or _section(parts, "tests") or _testing(parts)


def _style(parts: tuple[Part, ...]) -> Location | None:
    return (
        next((s.at() for s in _about(parts, "style") if not lack(s)), None)
        or first_said(parts, STYLE)
        or first_said(parts, STYLE_TOOL)
        or _command(parts, lambda text: bool(STYLE_TOOL.search(text)))
        or next((whole(p).at(c.line) for p in parts for c in p.codes if STYLE_TOOL.search(c.text)), None)
    )


def _submit(parts: tuple[Part, ...]) -> Location | None:
    guides = [part for part in parts if isinstance(part, Document) or _on_submitting(part)]
    told = first_said(guides, SUBMIT) or first_said(parts, SENDING)
    return told or _command(parts, lambda text: bool(SUBMIT.search(text)))


def _on_submitting(part: Section) -> bool:
    """Whether a section is about changes and their way into the product."""
    return part.heading is not None and about(part.heading.text, "submit")


def _help(parts: tuple[Part, ...]) -> Location | None:
    return first_said(parts, HELP)


_FINDERS: Mapping[str, Callable[[tuple[Part, ...]], Location | None]] = MappingProxyType(
    {"setup": _setup, "tests": _tests, "style": _style, "submit": _submit, "help": _help}
)


def is_setup(command: str) -> bool:
    """Whether a command prepares a checkout, by its own words."""
    return bool(SETUP.search(COMMENT.sub("", command)))


def is_test(command: str) -> bool:
    """Whether a command runs tests, by its own words."""
    text = NOISE.sub(" ", command)
    return bool(TEST.search(text)) and not FETCHING.search(text)


_FOR_SURE: Mapping[str, Callable[[str], bool]] = MappingProxyType({"setup": is_setup, "tests": is_test})


def _command(parts: Iterable[Part], wanted: Callable[[str], bool]) -> Location | None:
    return next((each.location for part in parts for each in instructions(part) if wanted(each.text)), None)


def _section(parts: tuple[Part, ...], topic: str) -> Location | None:
    """Return a section about a topic that holds a command, or holds text where its document has commands."""
    found = [section for section in _about(parts, topic) if not lack(section)]
    for section in found:
        if _relevant(instructions(section)):
            return section.at()
    return next((s.at() for s in found if _relevant(instructions(s.document))), None)


def _cloned(parts: Iterable[Part]) -> Location | None:
    """Return the section, else the text, that leads from a clone to tests whose runner fetches what they need."""
    parts = tuple(parts)
    for part in (*map(own, _inner(parts)), *parts):
        commands = instructions(part)
        said_so = [place.line for text, place in sentences(part) if CLONE.search(text)]
        clones = said_so + [each.location.line for each in commands if each.text.startswith("git clone")]
        tests = [each for each in commands if SELF_SUFFICIENT.match(each.text) and is_test(each.text)]
        if any(each.location.line > line for each in tests for line in clones):
            return whole(part).at(span(part)[0])
    return None


def _relevant(commands: tuple[Instruction, ...]) -> bool:
    """Whether there is a command besides those that only fetch, branch and commit."""
    return any(not each.text.startswith("git ") for each in commands)


def _about(parts: Iterable[Part], topic: str) -> list[Section]:
    return [s for s in _inner(parts) if s.heading is not None and about(s.heading.text, topic)]


def _inner(parts: Iterable[Part]) -> list[Section]:
    return [s for part in parts for s in (part.sections if isinstance(part, Document) else _inside(part))]


def _inside(part: Section) -> list[Section]:
    return [s for s in part.document.sections if part.start <= s.start and s.end <= part.end]
