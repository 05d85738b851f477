"""The words by which a README tells where to contribute and where to get help, and the links that lead there.

Of a link its text counts and the path of its address, by whole words: never the name of its host, nor a badge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pytest_productops.facts.documents import Document, Link
from pytest_productops.lazy import regex

_PART = (
    r"\b(?:contribut(?:e|es|ing|ions?)|hacking|pull requests?|merge requests?|PRs?)\b"
    r"|\b(?:send|sending|submit|submitting|mail|post|provide|accept|welcome)\b.{0,40}\bpatch(?:es)?\b"
    r"|\bpatch(?:es)? (?:are |is )?(?:very |always |most )?welcome\b"
)
CONTRIBUTING = regex(
    rf"{_PART}|\bdevelop(?:ment|ing|ers?)\b(?! by)|\b(?:for|new|potential|prospective) contributors\b",
    re.IGNORECASE,
)
"""A heading, or the text of a link, on taking part."""
TAKING_PART = regex(
    rf"{_PART}|\b(?:to|for|new|potential|prospective) contributors\b"
    r"|\b(?:local|start|set(?:ting)? up|guides?|docs|documentation|environments?|before)\W+(?:\w+\W+){0,3}"
    r"develop(?:ment|ing|ers?)\b|\b(?:for|during|to help) develop(?:ment|ing)\b"
    r"|\bdevelop(?:ment|ers?)['\u2019s]* (?:guides?|set ?up|environment|docs|documentation|process|workflow|version"
    r"|server|notes|happens|takes)\b",
    re.IGNORECASE,
)  # fmt: skip
"""A sentence on taking part; that a product is for developers is none."""
GUIDE_FILE = regex(r"[\w./-]*(?:CONTRIBUT(?:E|ING)|HACKING|DEVELOP(?:MENT|ING|ERS?))[\w./-]*", re.IGNORECASE)
"""The name of a contributor guide in code."""
HELPING = regex(
    r"\b(?:help|support|questions?|contact|communit(?:y|ies)|chat|forums?|discuss\w*|issues?"
    r"|issue tracker|tickets?"
    r"|bugs?|feedback|mailing lists?|get in touch|troubleshooting|faqs?)\b"
)
SAID = regex(
    r"\b(?:questions?|need help|get help|getting help|for help|for support|contact"
    r"|(?:report|ask|have|having|had|hit|run into|encounter\w*|any|facing|about|discuss)"
    r" (?:\w+ ){0,2}(?:problems?|trouble)"
    r"|report(?:ing)? (?:a )?(?:bugs?"
    r"|issues?)"
    r"|if (?:any|some)thing (?:goes|feels|looks|seems|is) (?:wrong|off|broken|missing|unclear)"
    r"|open an issue|file an issue|issue tracker|bug tracker|get in touch|talk to)\b",
    re.IGNORECASE,
)
_PLACES = frozenset({"issues", "discussions", "bugs", "bug", "tracker", "tickets", "jira", "bugtracker"})
_GUIDES = frozenset({"contribute", "contributing", "contributions", "hacking"})
_OWN_GUIDES = frozenset({"development", "developing", "developers"})
_ONE = regex(r"[#!]?\d+|[A-Z][A-Z0-9]+-\d+")
"""A single issue or discussion: no place to ask."""
_WORDS = regex(r"[^\W_]+")


def leads_to_guide(link: Link, badges: frozenset[tuple[int, str]]) -> bool:
    """Whether a link leads to where it is told how to contribute, by its text or its path."""
    if link.image or _host(link.target) == "opensource.guide":
        return False
    if (link.line, link.text) not in badges and CONTRIBUTING.search(link.text):
        return True
    words = {word.lower() for part in _segments(link.target) for word in _WORDS.findall(part)}
    return not words.isdisjoint(_GUIDES if _host(link.target) else _GUIDES | _OWN_GUIDES)


def leads_to_help(link: Link, badges: frozenset[tuple[int, str]]) -> bool:
    """Whether a link leads to where one may ask or report: a tracker, not a single issue of it, nor a badge."""
    if link.image or (link.line, link.text) in badges:
        return False
    host, parts = _host(link.target), list(_segments(link.target))
    if link.target.lower().startswith("mailto:") or host.endswith("launchpad.net"):
        return True
    if not host and parts and re.fullmatch(r"support\.\w+", parts[-1], re.IGNORECASE):
        return True
    at = next((i for i, part in enumerate(parts) if part.lower() in _PLACES), -1)
    return at >= 0 and not any(_ONE.fullmatch(part) for part in parts[at + 1 :])


def badges(document: Document) -> frozenset[tuple[int, str]]:
    """Return (line, text) of the links around images: a badge's text is its picture's, in Markdown none."""
    return frozenset((link.line, text) for link in document.links if link.image for text in ("", link.text))


def _host(target: str) -> str:
    """Return the host of an address in small letters; empty for a path or what is no address."""
    try:
        return (urlsplit(target).hostname or "").lower()
    except ValueError:
        return ""


def _segments(target: str) -> Iterator[str]:
    """Yield the segments of an address's path; neither its host nor its query."""
    try:
        path = urlsplit(target).path
    except ValueError:
        return
    yield from filter(None, path.split("/"))
