"""Security policy: where a repository says how to report a vulnerability, and by what channel.

A channel is private when the public does not read it: mail, a form, a forge's private advisory, a bounty
platform. Sources: OSPS-VM-02 and -03; https://www.rfc-editor.org/rfc/rfc9116 (security.txt);
https://github.com/ossf/security-insights.
"""

from __future__ import annotations

import re
from functools import cached_property

from pytest_productops.facts.documents import Artifact, Document, Documents, Section
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.security.disclosure import (
    LINK,
    NO_LINK,
    NOT_HERE,
    REPORTS,
    TIME,
    VERSIONS,
    all_of,
    channel,
    official,
    passages,
    sent_to,
    speaks,
    way,
)
from pytest_productops.facts.substance import lack, said
from pytest_productops.facts.templates import Templates
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

MAX_DOCUMENTS = 60
"""Most documents beside the policy that are read because they speak of vulnerabilities."""
_FORMS = (
    "*.well-known/security.txt",
    "security.txt",
    "public/security.txt",
    "static/security.txt",
    "*security-insights.y*ml",
)
_CONTACT = regex(r"secur|vulnerab|bounty|hackerone|advisor", re.IGNORECASE)
_CONTACTS = (".github/issue_template/*", ".gitlab/issue_templates/*", ".github/issue_template.md")


class SecurityPolicy(Fact):
    """What a repository says of reporting vulnerabilities."""

    def __init__(self, files: Files, documents: Documents, templates: Templates) -> None:
        self._files = files
        self._templates = templates
        self._documents = documents
        self.artifact: Artifact = documents.artifact("security")

    @classmethod
    def gather(cls, repository: Repository) -> SecurityPolicy:
        """Find it; never fails."""
        return cls(repository[Files], repository[Documents], repository[Templates])

    @cached_property
    def policies(self) -> tuple[Document, ...]:
        """The documents that are the policy: by name at the root or for the forge, elsewhere by what they say too."""
        return tuple(d for d in self.artifact.documents if self.artifact.declared or _is_policy(d))

    @cached_property
    def lacking(self) -> tuple[Document, str] | None:
        """A policy that says nothing, and why, where all of them do."""
        reasons = [(document, lack(document)) for document in self.policies]
        return (
            reasons[0]
            if reasons and all(reason and reason != "holds only links" for _, reason in reasons)
            else None
        )

    @cached_property
    def texts(self) -> tuple[Section, ...]:
        """What speaks of reporting: the policies, sections elsewhere, lines with those around them."""
        found = [all_of(document) for document in (*self.policies, *self._led_to)]
        return (*found, *(each for document in self._others for each in passages(document)))

    @cached_property
    def _led_to(self) -> tuple[Document, ...]:
        """The documents of the repository that the policies send to."""
        paths = [
            self._documents.resolve(d, link.target)
            for d in self.policies
            for link in d.links
            if LINK.search(f"{link.text} {link.target}")
        ]
        found = [self._documents.get(path) for path in dict.fromkeys(paths) if path in self._documents.paths]
        return tuple(d for d in found if d is not None and d not in self.policies)

    @cached_property
    def _others(self) -> tuple[Document, ...]:
        """The documents that speak of vulnerabilities and reports beside the policies."""
        known = {document.path for document in (*self.policies, *self._led_to)}
        paths = [*self._documents.paths, *self._files.matching(*_CONTACTS)]
        wanted = [
            p for p in dict.fromkeys(paths) if p not in known and own_words(p) and not NOT_HERE.search(p)
        ]
        speaking = [
            path for path in sorted(wanted, key=lambda p: (p.count("/"), p)) if speaks(self._read(path))
        ]
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
            if re.search(
                r"(?im)^[^\S\n]*(?:contact:\s*\S|-?\s*(?:value|email|security-contacts|reporting)\b.*:?\s*\S)",
                self._read(path),
            ):
                return Location(path)
        for path in self._files.matching(".github/issue_template/config.y*ml"):
            for number, line in enumerate(self._read(path).split("\n"), 1):
                if re.match(r"\s*-?\s*url:", line) and re.search(
                    r"secur|vulnerab|bounty|hackerone|advisor", line
                ):
                    return Location(path, number)
        return None

    @cached_property
    def told(self) -> Location | None:
        """Where a text beside the policies tells how to report."""
        beside = [part for part in self.texts if part.document not in self.policies]
        return next(filter(None, map(way, beside)), None)

    @cached_property
    def elsewhere(self) -> tuple[Location, str] | None:
        """Where a text only sends its readers to a policy on another site, and its address."""
        found = ((part.document, sent_to(part)) for part in self.texts)
        link = next(((document.at(link.line), link.target) for document, link in found if link), None)
        links = ((Location(path, each.line), each) for path, each in self._templates.contacts)
        offered = (
            (place, each.target) for place, each in links if _CONTACT.search(f"{each.text} {each.target}")
        )
        return link or next(offered, None)

    @cached_property
    def forms(self) -> tuple[Location, ...]:
        """A security.txt or SECURITY-INSIGHTS.yml that names a contact."""
        place = self.machine_readable
        return (place,) if place and not place.line else ()

    @cached_property
    def channel(self) -> Location | None:
        """Where a private channel is named."""
        if self.artifact.external and (self.artifact.declared or not NO_LINK.search(self.artifact.external)):
            return self.artifact.pointer or Location("")
        return next(filter(None, map(channel, self.texts)), None) or self.machine_readable

    @property
    def place(self) -> Location | None:
        """The policy, or where reporting is spoken of first."""
        if self.policies:
            return self.policies[0].at()
        spoken = (part.at() for part in self.texts if REPORTS.search(part.text))
        return self.artifact.pointer or next(spoken, None)

    @property
    def response_time(self) -> Location | None:
        """Where it is said when the reporter hears back."""
        return self._said(TIME)

    @property
    def supported_versions(self) -> Location | None:
        """Where it is said which versions are mended."""
        return self._said(VERSIONS)

    def _said(self, pattern: re.Pattern[str]) -> Location | None:
        for part in self.texts:
            for prose in said(part):
                if pattern.search(prose.text):
                    return part.document.at(prose.line)
            for section in part.document.sections:
                if (
                    section.heading
                    and part.start <= section.start <= part.end
                    and pattern.search(section.heading.text)
                    and not lack(section)
                ):
                    return section.at()
        return None


def _is_policy(document: Document) -> bool:
    if official(document) and (document.path.count("/") == 0 or document.path.startswith(".")):
        return True
    return speaks(document.text) and next(passages(document), None) is not None
