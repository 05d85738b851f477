"""Security policy: where a repository says how to report a vulnerability, and by what channel.

A channel is private when the public does not read it: mail, a form, a forge's private advisory, a bounty
platform. Sources: OSPS-VM-02 and -03; https://www.rfc-editor.org/rfc/rfc9116 (security.txt);
https://github.com/ossf/security-insights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.answers import own
from pytest_productops.facts.documents import Artifact, Document, Documents, Section
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.substance import Part, lack, said
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import about
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MAX_DOCUMENTS = 60
"""Most documents beside the policy that are read because they speak of vulnerabilities."""
_FORMS = ("*.well-known/security.txt", "security.txt", "public/security.txt", "static/security.txt", "*security-insights.y*ml")
_CONTACTS = (".github/issue_template/*", ".gitlab/issue_templates/*", ".github/issue_template.md")
_TALK = re.compile(
    r"vulnerabilit|responsible disclosure|coordinated disclosure|bug bounty"
    r"|security[- ](?:issue|bug|report|problem|disclos|polic|contact|advis|flaw|hole|concern|team|vulnerab|relat|hackerone)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:report|disclos|contact|e-?mail|notify|submit|raise|responsibl|privately|bounty|found|discover|polic(?:y|ies))",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"\b(?:report|disclos|e-?mail|bounty|responsibl|privately|contact|inform us|let (?:us|me) know|send|reach out|notify)",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(r"(?:^|[/_-])(?:change|history|news|release|blog|adrs?|decisions|whats?-?new|changes)", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.@/-])(?!git@)[\w.+-]+(?:@|\s?[(\[{<]\s?at\s?[)\]}>]\s?)[\w-]+(?:\.|\s?[(\[{<]\s?dot\s?[)\]}>]\s?)\w[\w.-]*",
                   re.IGNORECASE)  # fmt: skip
_MAIL_IN_WORDS = re.compile(r"\b[\w.+-]+ at [\w-]+ dot \w+\b", re.IGNORECASE)
_PHRASE = re.compile(
    r"\bprivate(?:ly)?\b.{0,40}\b(?:report|disclos|messag|contact|e-?mail|advisor|channel|inform|vulnerab|issue)"
    r"|\b(?:report|disclos|messag|contact|inform|share|send)\w*\b.{0,60}\b(?:privately|in private|confidential(?:ly)?)\b"
    r"|\bsecurity advisor(?:y|ies)\b|\bconfidential (?:issue|ticket|report|bug)|\b(?:click|press|select|using|via|tab|button)\b"
    r".{0,80}report a (?:security )?vulnerability|\b(?:direct|private) messages?\b|\bDM\b|\bkeybase\b|\bprivate mailing list\b"
    r"|\be-?mail(?:ing)? (?:(?:directly|it|them|this|your report|the report) )?(?:to )?(?:the |our |one of the |a |any )?"
    r"(?:(?:project|core|security) )?(?:maintainers?|authors?|team|us|me|lead|founder|address)\b|\b(?:via|by|through)\b.{0,12}\be-?mail\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"secur|vulnerab|disclos|bounty|advisor|report|hackerone|bugcrowd|huntr|intigriti|yeswehack|msrc|vulnz|/forms?[/.]|"
                   r"forms\.gle|contact", re.IGNORECASE)  # fmt: skip
_NO_LINK = re.compile(
    r"/issues|/discussions|GHSA-|cve\.|nvd\.|cwe\.|owasp|wikipedia|docs\.github\.com/[^ ]*/(?:dependabot|code-security/getting)"
    r"|badge|\.svg|scorecard|bestpractices|/releases|/actions|snyk\.io/(?:test|advisor)|codeql",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:within|in|under|every|after|at most|up to)\b.{0,25}\b(?:hours?|days?|weeks?)\b|\b\d+[- ](?:business |working )?(?:hour|day)",
    re.IGNORECASE,
)
_VERSIONS = re.compile(
    r"\bsupported versions?\b|\bversions?\b.{0,60}\bsupported\b|\b(?:latest|newest|current)\b.{0,30}\b(?:release|version|branch)"
    r"|\bsecurity (?:updates|fixes|patches|support)\b|\bonly\b.{0,30}\bversion|\bend of life\b|\bbackport",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class SecurityPolicy(Fact):
    """What a repository says of reporting vulnerabilities."""

    def __init__(self, files: Files, documents: Documents) -> None:
        self._files = files
        self._documents = documents
        self.artifact: Artifact = documents.artifact("security")

    @classmethod
    def gather(cls, repository: Repository) -> SecurityPolicy:
        """Find it; never fails."""
        return cls(repository[Files], repository[Documents])

    @cached_property
    def policies(self) -> tuple[Document, ...]:
        """The documents that are the policy by their name and place, or by name and what they speak of."""
        return tuple(d for d in self.artifact.documents if _official(d) or self.artifact.declared or _speaks(d.text))

    @cached_property
    def lacking(self) -> tuple[Document, str] | None:
        """A policy that says nothing, and why, where all of them do."""
        reasons = [(document, lack(document)) for document in self.policies]
        return reasons[0] if reasons and all(reason and reason != "holds only links" for _, reason in reasons) else None

    @cached_property
    def texts(self) -> tuple[Section, ...]:
        """What speaks of reporting: the policies, sections about it elsewhere, single lines with those around them."""
        found = [_all_of(document) for document in (*self.policies, *self._led_to)]
        return (*found, *(each for document in self._others for each in _passages(document)))

    @cached_property
    def _led_to(self) -> tuple[Document, ...]:
        """The documents of the repository that the policies send to."""
        paths = [
            self._documents.resolve(d, link.target)
            for d in self.policies
            for link in d.links
            if _LINK.search(f"{link.text} {link.target}")
        ]
        found = [self._documents.get(path) for path in dict.fromkeys(paths) if path in self._documents.paths]
        return tuple(d for d in found if d is not None and d not in self.policies)

    @cached_property
    def _others(self) -> tuple[Document, ...]:
        """The documents that speak of vulnerabilities and reports beside the policies."""
        known = {document.path for document in (*self.policies, *self._led_to)}
        paths = [*self._documents.paths, *self._files.matching(*_CONTACTS)]
        wanted = [p for p in dict.fromkeys(paths) if p not in known and own_words(p) and not _NOT_HERE.search(p)]
        speaking = [path for path in sorted(wanted, key=lambda p: (p.count("/"), p)) if _speaks(self._read(path))]
        found = [self._documents.get(path) for path in speaking[:MAX_DOCUMENTS]]
        return tuple(document for document in found if document is not None)

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""

    @cached_property
    def machine_readable(self) -> Location | None:
        """A security.txt, SECURITY-INSIGHTS.yml or a link beside the issue forms that names a contact."""
        for path in self._files.matching(*_FORMS):
            if re.search(r"(?im)^\s*(?:contact:\s*\S|-?\s*(?:value|email|security-contacts|reporting)\b.*:?\s*\S)", self._read(path)):
                return Location(path)
        for path in self._files.matching(".github/issue_template/config.y*ml"):
            for number, line in enumerate(self._read(path).split("\n"), 1):
                if re.match(r"\s*-?\s*url:", line) and re.search(r"secur|vulnerab|bounty|hackerone|advisor", line):
                    return Location(path, number)
        return None

    @cached_property
    def channel(self) -> Location | None:
        """Where a private channel is named."""
        if self.artifact.external and (self.artifact.declared or not _NO_LINK.search(self.artifact.external)):
            return self.artifact.pointer or Location("")
        return next(filter(None, map(_channel, self.texts)), None) or self.machine_readable

    @property
    def place(self) -> Location | None:
        """Where reporting is spoken of first."""
        if self.policies:
            return self.policies[0].at()
        return self.artifact.pointer or next((part.at() for part in self.texts), None)

    @property
    def response_time(self) -> Location | None:
        """Where it is said when the reporter hears back."""
        return self._said(_TIME)

    @property
    def supported_versions(self) -> Location | None:
        """Where it is said which versions are mended."""
        return self._said(_VERSIONS)

    def _said(self, pattern: re.Pattern[str]) -> Location | None:
        for part in self.texts:
            for prose in said(part):
                if pattern.search(prose.text):
                    return part.document.at(prose.line)
            for section in part.document.sections:
                if section.heading and part.start <= section.start <= part.end and pattern.search(section.heading.text) and not lack(section):
                    return section.at()
        return None


def _official(document: Document) -> bool:
    return bool(re.match(r"(?:\.github/|\.gitlab/|docs?/)?security\w*(?:\.\w+)?\Z", document.path, re.IGNORECASE)) and (
        document.path.count("/") == 0 or document.path.startswith(".") or _speaks(document.text) or not document.text.strip()
    )


def _speaks(text: str) -> bool:
    return bool(_TALK.search(text) and _REPORT.search(text))


def _all_of(document: Document) -> Section:
    last = len(document.lines)
    return Section(document, None, 1, last, last)


def _passages(document: Document) -> Iterator[Section]:
    """Yield the sections about security that speak of reports, then the lines that do, with two lines around."""
    for section in document.sections:
        if section.heading is not None and about(section.heading.text, "security") and _TELL.search(_visible(section)):
            yield section
    last = len(document.lines)
    for prose in said(document):
        around = " ".join(document.lines[max(0, prose.line - 2) : prose.line + 1])
        if _TALK.search(prose.text) and _TELL.search(around):
            yield Section(document, None, max(1, prose.line - 2), min(last, prose.line + 3), min(last, prose.line + 3))


def _visible(part: Part) -> str:
    return _HIDDEN.sub(" ", part.text)


def _channel(part: Section) -> Location | None:
    """Return where a text names a private channel."""
    document = whole(part)
    spoken = said(part)
    for number, line in enumerate(_visible(part).split("\n"), part.start):
        if _MAIL.search(line) or _MAIL_IN_WORDS.search(line):
            return document.at(number)
    for link in part.links:
        words = f"{link.text} {link.target}"
        remote = re.match(r"https?://|mailto:|//|(?:\.\./)*security/advisories|/\S+/security/", link.target)
        if remote and not link.image and _LINK.search(words) and not _NO_LINK.search(words):
            return document.at(link.line)
    before = ""
    for prose in spoken:
        if _PHRASE.search(f"{before} {prose.text}"):
            return document.at(prose.line)
        before = prose.text
    return None
