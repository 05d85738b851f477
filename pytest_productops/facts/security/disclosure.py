"""Disclosure: the words, links and addresses by which a text tells how to report a vulnerability."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.documents import Document, Link, Section
from pytest_productops.facts.substance import said
from pytest_productops.facts.topics import about
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_TALK = regex(
    r"vulnerabilit|responsible disclosure|coordinated disclosure|bug bounty"
    r"|security[- ](?:issue|bug|report|problem|disclos|polic|contact|advis|flaw|hole|concern|team|vulnerab"
    r"|relat|hackerone)",
    re.IGNORECASE,
)
_REPORT = regex(
    r"\b(?:report|disclos|contact|e-?mail|notify|submit|raise|responsibl|privately|bounty|found|discover"
    r"|polic(?:y|ies))",
    re.IGNORECASE,
)
REPORTS = regex(r"\b(?:report|disclos)", re.IGNORECASE)
_TELL = regex(
    r"\b(?:report|disclos|e-?mail|bounty|responsibl|privately|contact|inform us|let (?:us|me) know"
    r"|send (?:us|me|it|them|any|your|details|security|an? (?:e-?mail|mail|message|report)|vulnerab\w*)\b"
    r"|reach out|notify|(?:see|read|refer|follow)\b[^.]{0,40}\bsecurity polic(?:y|ies))"
    r"|/security/policy\b",
    re.IGNORECASE,
)
NOT_HERE = regex(
    r"(?:^|[/_-])(?:change|history|news|release|blog|adrs?|decisions|whats?-?new|changes)", re.IGNORECASE
)
_MAIL = regex(r"(?<![\w.@/-])(?!git@)[\w.+-]+(?:@|\s?[(\[{<]\s?at\s?[)\]}>]\s?)[\w-]+(?:\."
    r"|\s?[(\[{<]\s?dot\s?[)\]}>]\s?)\w[\w.-]*",
                   re.IGNORECASE)  # fmt: skip
_MAIL_IN_WORDS = regex(r"\b[\w.+-]+ at [\w-]+ dot \w+\b", re.IGNORECASE)
_PHRASE = regex(
    r"\bprivate(?:ly)?\b.{0,40}\b(?:report|disclos|messag|contact|e-?mail|advisor|channel|inform|vulnerab"
    r"|issue)"
    r"|\b(?:report|disclos|messag|contact|inform|share|send)\w*\b.{0,60}\b(?:privately|in private"
    r"|confidential(?:ly)?)\b"
    r"|\bsecurity advisor(?:y|ies)\b|\bconfidential (?:issue|ticket|report|bug)|\b(?:click|press|select"
    r"|using|via|tab|button)\b"
    r".{0,80}report a (?:security )?vulnerability|\b(?:direct|private) messages?\b|\bDM\b|\bkeybase\b"
    r"|\bprivate mailing list\b"
    r"|\be-?mail(?:ing)? (?:(?:directly|it|them|this|your report|the report) )?(?:to )?(?:the |our "
    r"|one of the |a |any )?"
    r"(?:(?:project|core|security) )?(?:maintainers?|authors?|team|us|me|lead|founder|address)\b|\b(?:via|by"
    r"|through)\b.{0,12}\be-?mail\b",
    re.IGNORECASE,
)
LINK = regex(r"secur|vulnerab|disclos|bounty|advisor|report|hackerone|bugcrowd|huntr|intigriti"
    r"|yeswehack|msrc|vulnz|/forms?[/.]|"
                   r"forms\.gle|contact", re.IGNORECASE)  # fmt: skip
NO_LINK = regex(
    r"/issues|/discussions|GHSA-|cve\.|nvd\.|cwe\.|owasp|wikipedia|docs\.github\.com/[^ ]*/(?:dependabot"
    r"|code-security/getting)"
    r"|badge|\.svg|scorecard|bestpractices|/releases|/actions|snyk\.io/(?:test|advisor)|codeql",
    re.IGNORECASE,
)
TIME = regex(
    r"\b(?:within|in|under|every|after|at most|up to)\b.{0,25}\b(?:hours?|days?|weeks?)\b"
    r"|\b\d+[- ](?:business |working )?(?:hour|day)",
    re.IGNORECASE,
)
VERSIONS = regex(
    r"\bsupported versions?\b|\bversions?\b.{0,60}\bsupported\b|\b(?:latest|newest"
    r"|current)\b.{0,30}\b(?:release|version|branch)"
    r"|\bsecurity (?:updates|fixes|patches|support)\b|\bonly\b.{0,30}\bversion|\bend of life\b|\bbackport",
    re.IGNORECASE,
)
_FORM = regex(
    r"/security/advisories/new|hackerone|bugcrowd|huntr|intigriti|yeswehack|msrc|/forms?[/.]|forms\.gle"
    r"|tidelift\.com/security",
    re.IGNORECASE,
)
"""Addresses that are for reports and nothing else."""
_URL = regex(r"\w+://[^\s)>\]]+")
_HIDDEN = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def official(document: Document) -> bool:
    """Whether a document is the security policy by its name and place."""
    return bool(
        re.match(r"(?:\.github/|\.gitlab/|docs?/)?security\w*(?:\.\w+)?\Z", document.path, re.IGNORECASE)
    ) and (
        document.path.count("/") == 0
        or document.path.startswith(".")
        or speaks(document.text)
        or not document.text.strip()
    )


def speaks(text: str) -> bool:
    """Whether a text speaks of vulnerabilities and of telling about them."""
    return bool(_TALK.search(text) and _REPORT.search(text))


def all_of(document: Document) -> Section:
    """Return a document as one section."""
    last = len(document.lines)
    return Section(document, None, 1, last, last)


def passages(document: Document) -> Iterator[Section]:
    """Yield the sections about security that speak of reports, then lines that do with two around."""
    for section in document.sections:
        if (
            section.heading is not None
            and about(section.heading.text, "security")
            and _TELL.search(_visible(section))
        ):
            yield section
    last = len(document.lines)
    for prose in said(document):
        around = " ".join(document.lines[max(0, prose.line - 2) : prose.line + 1])
        if _TALK.search(prose.text) and _TELL.search(around):
            yield Section(
                document, None, max(1, prose.line - 2), min(last, prose.line + 3), min(last, prose.line + 3)
            )


def _visible(part: Section) -> str:
    return _HIDDEN.sub(" ", part.text)


def way(part: Section) -> Location | None:
    """Return where a text itself tells how to report: by an address, a form for reports, or in words."""
    links = (link.line for link in part.links if _FORM.search(link.target) and not link.image)
    line = next(links, 0) or _address(part) or _in_words(part)
    return part.document.at(line) if line else None


def sent_to(part: Section) -> Link | None:
    """Return the link by which a text sends its readers to a policy on another site."""
    links = (link for link in part.links if _remote(link) or "/security/policy" in link.target)
    return next((link for link in links if _told(part.document, link.line)), None)


def channel(part: Section) -> Location | None:
    """Return where a text names a private channel: a form for reports, an address, a link, or words for one."""
    links = [link for link in part.links if _remote(link)]
    line = (
        next((link.line for link in links if _FORM.search(link.target)), 0)
        or _address(part)
        or next((link.line for link in links if _told(part.document, link.line)), 0)
        or _in_words(part)
    )
    return part.document.at(line) if line else None


def _remote(link: Link) -> bool:
    """Whether a link may lead to where reports go."""
    words = f"{link.text} {link.target}"
    away = re.match(r"https?://|mailto:|//|(?:\.\./)*security/advisories|/\S+/security/", link.target)
    return bool(away and not link.image and LINK.search(words) and not NO_LINK.search(words))


def _told(document: Document, line: int) -> bool:
    """Whether the line, or the one before, which a sentence may begin on, speaks of reports."""
    here = _URL.sub(" ", " ".join(document.lines[max(0, line - 2) : line]))
    return bool(_TELL.search(here) or _TALK.search(here)) or official(document)


def _address(part: Section) -> int:
    """Return the line of a mail address, 0 where there is none."""
    lines = enumerate(_visible(part).split("\n"), part.start)
    return next((n for n, line in lines if _MAIL.search(line) or _MAIL_IN_WORDS.search(line)), 0)


def _in_words(part: Section) -> int:
    """Return the line that tells to report in private without a link or an address, 0 where there is none."""
    before = ""
    for prose in said(part):
        if _PHRASE.search(f"{before} {prose.text}"):
            return prose.line
        before = prose.text
    return 0
