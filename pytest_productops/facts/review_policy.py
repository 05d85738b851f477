"""Review policy: who may approve a change, how many must, and what they check."""

from __future__ import annotations

import re
from functools import cached_property

from pytest_productops.facts.answers import NOTHING, Answer, sent_away, sentences
from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.substance import Part
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.topics import about
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_TEMPLATES = (
    "pull_request_template*", ".github/pull_request_template*", "docs/pull_request_template*",
    ".gitlab/merge_request_templates/*",
)  # fmt: skip
_OWNERS = ("codeowners", ".github/codeowners", ".gitlab/codeowners", "docs/codeowners", "owners", "*/owners")
_SETTINGS = (
    ".github/settings.y*ml", ".mergify.yml", ".github/mergify.yml", ".asf.yaml", ".github/rulesets/*",
             "*branch[-_]protection*", ".bulldozer.yml", ".policy.yml", "policy-bot.y*ml")  # fmt: skip
_COUNT_SETTING = regex(
    r"required_approving_review_count|approved-reviews-by\s*(?:>=|=|>)|required_approval", re.IGNORECASE
)
_ROLE = (
    r"maintainers?|owners?|committers?|core (?:\w+ )?(?:team|devs?|developers?|members?|maintainers?"
    r"|contributors?|reviewers?)"
    r"|reviewers?|approvers?|team members?|collaborators?|members?|steering|leads?|admins?|engineers?"
    r"|developers?|peers?"
    r"|colleagues?|someone else|another (?:person|pair)|people|persons?|contributors?|code ?owners?|the team"
    r"|our team|triagers?"
)
_DECIDES = (
    r"review(?:s|ed|ing|er|ers)?|approv(?:e|es|ed|al|als|ing)|LGTM|sign(?:s|ed)?[- ]?off|merg(?:e|es"
    r"|ed|ing)|accept(?:s|ed)?"
)
_CHANGE = (
    r"pull[- ]?requests?|PRs?|merge[- ]?requests?|MRs?|patch(?:es)?|changes?|commits?|contributions?"
    r"|code|submissions?|proposals?"
)
_NUMBER = (
    r"(?:at least |minimum of |more than )?(?:one|two|three|four|[1-5]|an?|another|a second|single"
    r"|multiple)(?: \(\d\))?"
)
_POLICY = regex(
    rf"\b(?:{_CHANGE})\b.{{0,160}}(?:\b(?:review(?:s|ed|er|ers|ing)?|approv\w+|LGTM)\b|\+2\b)"
    rf"|\b(?:review(?:s|ed|er|ers|ing)?|approv\w+|LGTM)\b.{{0,160}}\b(?:{_CHANGE})\b|\bcode review",
    re.IGNORECASE,
)
_WHO = regex(
    rf"(?:\b(?:{_DECIDES})\b|\+[12]\b).{{0,120}}\b(?:{_ROLE}|we|us)\b|\b(?:{_ROLE}|we"
    rf"|us)\b.{{0,120}}\b(?:{_DECIDES})\b|\B@[\w-]+(?:/[\w-]+)?\b.{{0,60}}"
    rf"\b(?:{_DECIDES})\b",
    re.IGNORECASE,
)
_COUNTED = rf"\b(?:{_NUMBER})\s+(?:[\w'\u2019-]+\s+){{0,3}}(?:{_ROLE})\b"
_HOW_MANY = regex(
    rf"\b(?:{_DECIDES}|assigned)\b.{{0,60}}{_COUNTED}|{_COUNTED}.{{0,60}}\b(?:{_DECIDES}|assigned)\b"
    rf"|\b(?:{_NUMBER})\s+(?:[\w'\u2019-]+\s+){{0,3}}(?:approvals?|(?:positive |approving |code "
    rf"|peer )?reviews?|LGTMs?"
    r"|\+[12]s?|thumbs|sign-?offs?|pairs? of eyes)(?:\W|$)|\+2\b"
    rf"|\b(?:approv\w+|review\w*|merged|LGTM|sign-?off)\b.{{0,30}}\b(?:by|from)\s+(?:any|someone|somebody"
    rf"|at least \w+)\b",
    re.IGNORECASE,
)
_IF = regex(
    r"\b(?:if|when) (?:an?|another|one|the)\b.{0,80}\b(?:has|have|is|are|knows?|wants?)\b", re.IGNORECASE
)
_BY_THE_WAY = regex(
    r"\b(?:eas(?:y|ier|ily)|hard(?:er)?|difficult|quick(?:er|ly)?|fast(?:er)?|simpler?|time) (?:\w+ )?(?:to"
    r"|for) (?:\w+ ){0,3}(?:be )?"
    r"(?:review|verify)|\breview(?:ing)? (?:open )?(?:pull requests|PRs) (?:of|from) others|\bwithout review"
    r"|\bpreview",
    re.IGNORECASE,
)
_CHECKS = regex(
    r"\b(?:must|should|need|needs|required?|requires|ensure|make sure|check|checks|verify|expect|look for"
    r"|criteria|before)\b.{0,120}"
    r"\b(?:tests?|CI|lint\w*|style|documentation|docs|changelog|coverage|builds?|conventions|quality"
    r"|readab\w+|design|security)\b",
    re.IGNORECASE,
)
_ELSEWHERE = regex(
    r"\b(?:code review|review(?:ing)? (?:process|policy|guide\w*)|approval process|merge policy"
    r"|pull request process)\b",
    re.IGNORECASE,
)
TOPICS = ("who", "how_many", "checks")
MIN_CHECKS = 2
"""Fewest points of a list that make it say what is checked."""


class ReviewPolicy(Fact):
    """What guides, governance and templates say of reviews."""

    def __init__(self, files: Files, guides: Guides) -> None:
        self._files = files
        self._guides = guides

    @classmethod
    def gather(cls, repository: Repository) -> ReviewPolicy:
        """Find it; never fails."""
        return cls(repository[Files], repository[Guides])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The texts that may say it: guides and their like, and the README's sections for developers."""
        return (*self._guides.documents, *self._guides.in_readme, *self._guides.for_agents)

    @property
    def external(self) -> str:
        """The site that the guide is on, where nothing of it is here."""
        return self._guides.external

    @cached_property
    def policy(self) -> Location | None:
        """Where reviews of changes are spoken of first."""
        return self._first(_POLICY) or self._drawn(_POLICY)

    def answers(self, topic: str) -> Answer:
        """Return where "who", "how_many" or "checks" is answered; raise KeyError for another topic."""
        place = {"who": self._who, "how_many": self._how_many, "checks": self._checks}[topic]()
        if place is not None:
            return Answer(place)
        return Answer(elsewhere=sent_away(self.parts, NOTHING, _ELSEWHERE, self._guides.inside))

    def _who(self) -> Location | None:
        return self._first(_WHO, _POLICY) or self._drawn(_WHO) or self._owners

    def _how_many(self) -> Location | None:
        return self._first(_HOW_MANY) or self._drawn(_HOW_MANY) or self._setting

    def _checks(self) -> Location | None:
        return self._listed or self._template or self._first(_CHECKS) or self._drawn(_CHECKS)

    def _first(self, *patterns: re.Pattern[str]) -> Location | None:
        for part in self.parts:
            for text, place in sentences(part):
                found = all(pattern.search(text) for pattern in patterns)
                if found and not _IF.search(text) and not _BY_THE_WAY.search(text):
                    return place
        return None

    def _drawn(self, pattern: re.Pattern[str]) -> Location | None:
        """Return the place in a diagram that a pattern matches."""
        for part in self.parts:
            for block in part.code_blocks:
                if block.language in {"mermaid", "plantuml", "dot", "graphviz"} and pattern.search(
                    " ".join(block.text.split())
                ):
                    return whole(part).at(block.line)
        return None

    @property
    def _listed(self) -> Location | None:
        """Return a section about reviews or changes with a list of points."""
        for part in self.parts:
            for section in _sections(part):
                points = [item for item in section.items if len(item.text.split()) > 1]
                if section.heading and about(section.heading.text, "review") and len(points) >= MIN_CHECKS:
                    return section.at()
        return None

    @property
    def _template(self) -> Location | None:
        """Return a template of change requests that asks or lists something, in a comment too."""
        for path in self._files.matching(*_TEMPLATES):
            points = re.findall(r"(?m)^\s*(?:[-*+]|\d+[.)]|#+)\s+\S.*\w", self._read(path))
            if len(points) >= MIN_CHECKS:
                return Location(path)
        return None

    @property
    def _owners(self) -> Location | None:
        """Return a CODEOWNERS or OWNERS file that names somebody."""
        for path in self._files.matching(*_OWNERS):
            lines = [line.split("#")[0] for line in self._read(path).split("\n")]
            if any(re.search(r"(?:^|\s)@\S+|\S+@\S+\.\S+|^\s*-\s+\w", line) for line in lines):
                return Location(path)
        return None

    @property
    def _setting(self) -> Location | None:
        for path in self._files.matching(*_SETTINGS):
            for number, line in enumerate(self._read(path).split("\n"), 1):
                if _COUNT_SETTING.search(line.split("#")[0] if path.startswith(".asf") else line):
                    return Location(path, number)
        return None

    def _read(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""


def _sections(part: Part) -> tuple[Section, ...]:
    if isinstance(part, Document):
        return part.sections
    return tuple(s for s in part.document.sections if part.start <= s.start and s.end <= part.end)
