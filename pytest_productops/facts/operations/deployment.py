"""Deployment: what documents say of how the product gets into its environments, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.documents import Document, Documents, Section
from pytest_productops.facts.guides.answers import NOTHING, Answer, first_said, own, sent_away
from pytest_productops.facts.guides.inside import Inside
from pytest_productops.facts.guides.instructions import instructions
from pytest_productops.facts.operations.environments import Environment
from pytest_productops.facts.substance import Part, lack
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import about, normal, sections
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_DEPLOYS = regex(r"\bdeploy|\broll(?:ed|ing)?[- ]?(?:back|out)|\bproduction\b", re.IGNORECASE)
_HOSTING = regex(
    r"(?:(?:docs?|documentation|setup|docker|deploy\w*|ops|infra\w*|helm|k8s|kubernetes"
    r"|terraform)/(?:[\w.-]+/){0,2})?"
    r"(?:install(?:ing|ation)?|upgrad(?:e|ing)|self-?host\w*|hosting|production|running[-_]in[-_]production"
    r"|infrastructure|deploy\w*)\.\w+\Z"
    r"|(?:docker|deploy\w*|ops|infra\w*|helm|k8s|kubernetes|terraform)/(?:[\w.-]+/){0,2}readme\.\w+\Z",
    re.IGNORECASE,
)
_INSTALLING = regex(
    r"\b(?:install(?:ing|ation)?|docker|compose|container|helm|kubernetes|quick ?start|get(?:ting)? started"
    r"|run(?:ning)?|self host(?:ed|ing)?)\b"
)
_FOR_DEPLOYMENT = regex(r"\b(?:deploy(?:s|ed|ing|ments?)?|self-?host\w*|in production)\b", re.IGNORECASE)
TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "environments": "which environments there are",
        "steps": "the steps or the command that deploy",
        "verify": "how to see that the deployment works",
        "rollback": "how to go back",
    }
)
"""Topic -> the question in words."""
_SAID: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "environments": regex(
            r"\b(?:production|staging|pre-?prod\w*|sandbox|review apps?|preview (?:app|environment"
            r"|deployment)s?|canary|UAT|QA"
            r"|(?:test|live|dev|development|integration) (?:environment|cluster|server|site|instance)s?"
            r"|prod)\b", re.IGNORECASE),
        "steps": regex(
            r"\b(?:merg\w+|push\w*|tag\w*|click|trigger\w*|workflow|pipeline|automatic\w*)\b.{0,80}\bdeploy"
            r"|\bdeploy\w*\b.{0,80}"
            r"\b(?:merg\w+|push\w*|tag\w*|automatic\w*|workflow|pipeline|on every|button)\b", re.IGNORECASE),
        "verify": regex(
            r"\b(?:smoke[- ]tests?|health[- ]?(?:checks?|endpoint)|healthz|sanity check|post-deploy\w*"
            r"|monitor\w*|dashboards?)\b"
            r"|\b(?:verify|verifies|check|confirm|validate|make sure|ensure|test"
            r"|watch)\b.{0,80}\b(?:deploy\w*|work\w*|run(?:s|ning)"
            r"|up|healthy|live|status|logs?|version|errors?|release|respon\w+|success\w*)\b", re.IGNORECASE),
        "rollback": regex(
            r"\broll(?:ed|ing|s)?[- ]?backs?\b|\brevert(?:s|ed|ing)?\b|\bdowngrad\w+|\bprevious (?:version"
            r"|release|image|tag|build)"
            r"|\bgo(?:ing)? back to\b|\brestor(?:e|ing)\b.{0,40}\b(?:backup|previous|snapshot)"
            r"|\bforward[- ]only\b|\broll forward\b",
            re.IGNORECASE),
    }
)  # fmt: skip
_ELSEWHERE = regex(
    r"\b(?:deploy\w*|self-?host\w*|set(?:ting)? up \w[\w ]{0,30}(?:instance|server)|roll-?back|runbook"
    r"|operations (?:manual|guide)|release process)\b",
    re.IGNORECASE,
)
_NO_PAGE = regex(
    r"//[^/]*(?:zulip|slack|discord|gitter|matrix|irc|teams)[^/]*/|github\.com/.*/(?:pkgs|packages|settings)/"
    r"|//(?:hub\.docker\.com|ghcr\.io|quay\.io)/",
    re.IGNORECASE,
)
"""Chats, settings and registries of images: links that are no page about deploying."""
MIN_STEPS = 2
"""Fewest points of an ordered list that make a procedure."""


class Deployment(Fact):
    """The deployment documents, runbooks and README sections, and what they answer."""

    def __init__(self, documents: Documents, inside: Inside) -> None:
        self._documents = documents
        self._inside_of = inside.path
        self.artifact = documents.artifact("deployment")

    @classmethod
    def gather(cls, repository: Repository) -> Deployment:
        """Find them; never fails."""
        return cls(repository[Documents], repository[Inside])

    def _inside(self, document: Document, target: str) -> object:
        """Whether a link leads to no page elsewhere that may tell how to deploy."""
        return self._inside_of(document, target) or _NO_PAGE.search(target)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents about deploying, going back and operating."""
        found = {
            d.path: d for kind in ("deployment", "rollback") for d in self._documents.artifact(kind).documents
        }
        beside = self._documents.artifact("runbook").documents
        found.update((d.path, d) for d in beside if _DEPLOYS.search(d.text))
        if not found:
            pages = map(self._documents.get, filter(_HOSTING.match, self._documents.paths))
            found.update((d.path, d) for d in pages if d and _DEPLOYS.search(d.text))
        return tuple(found.values())

    @property
    def _beside(self) -> tuple[Document, ...]:
        """The README and the first guides."""
        return (*self._readme, *self._documents.artifact("contributing").documents[:3])

    @property
    def _readme(self) -> tuple[Document, ...]:
        return self._documents.artifact("readme").documents[:1]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What says something: those documents, and sections about deploying in the README and the guides."""
        beside = [document for document in self._beside if document not in self.documents]
        inside: list[Part] = [s for d in beside for s in sections(d, "deployment")]
        if not inside:
            inside = [s for d in self._readme if d in beside for s in _installing(d)]
        return tuple(part for part in (*self.documents, *inside) if not lack(part))

    @cached_property
    def external(self) -> str:
        """The site where deploying is explained, where no document here does."""
        if self.parts:
            return ""
        away = sent_away(self._beside, NOTHING, _ELSEWHERE, self._inside)
        return self.artifact.external or (away.target if away else "")

    @cached_property
    def lacking(self) -> tuple[Document, str] | None:
        """A deployment document that says nothing, and why, where all of them do."""
        reasons = [(document, lack(document)) for document in self.artifact.documents]
        return reasons[0] if reasons and all(reason for _, reason in reasons) else None

    def answers(self, topic: str) -> Answer:
        """Return where a topic of `TOPICS` is answered."""
        place = (
            self._heading(topic)
            or first_said(self.parts, _SAID[topic])
            or (self._steps if topic == "steps" else None)
        )
        if place or topic == "environments":
            return Answer(place)
        return Answer(elsewhere=sent_away(self.parts, _ELSEWHERE, inside=self._inside))

    def unnamed(self, environments: Iterable[Environment]) -> tuple[Environment, ...]:
        """Return those that nothing here speaks of; none where readers are sent to another site as well."""
        if sent_away(self.parts, _ELSEWHERE, inside=self._inside):
            return ()
        return tuple(e for e in environments if not any(e.named_in(part.text) for part in self.parts))

    def _heading(self, topic: str) -> Location | None:
        if topic == "steps":
            return None
        found = (
            s
            for part in self.parts
            for s in _sections(part)
            if s.heading and about(s.heading.text, topic) and not lack(s)
        )
        return next((section.at() for section in found), None)

    @property
    def _steps(self) -> Location | None:
        """Return where a command or a numbered list stands."""
        for part in self.parts:
            commands = instructions(part)
            numbered = [item for item in part.items if item.ordered]
            if commands:
                return commands[0].location
            if len(numbered) >= MIN_STEPS:
                return whole(part).at(numbered[0].line)
        return None


def _installing(document: Document) -> Iterator[Section]:
    """Yield the sections that install, with commands, what they say is for deployment."""
    for section in map(own, document.sections):
        titled = section.heading is not None and _INSTALLING.search(normal(section.heading.text))
        if titled and instructions(section) and first_said((section,), _FOR_DEPLOYMENT):
            yield section


def _sections(part: Part) -> tuple[Section, ...]:
    if isinstance(part, Document):
        return part.sections
    return tuple(s for s in part.document.sections if part.start <= s.start and s.end <= part.end)
