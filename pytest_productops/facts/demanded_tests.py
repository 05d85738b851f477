"""Demanded tests: where it is written that changes need tests, and when and how tests run.

The three questions are those of OSPS Baseline QA-06.02 and QA-06.03 (https://baseline.openssf.org) and of
`test_policy_mandated` and `tests_documented_added` (https://www.bestpractices.dev/criteria).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from pytest_productops.facts.changes.tests_of import is_source
from pytest_productops.facts.files import Files
from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.answers import NOTHING, Answer, sent, statements
from pytest_productops.facts.guides.topics import ABOUT, GUIDE, answered
from pytest_productops.facts.guides.words import SUBMIT, TEST
from pytest_productops.facts.substance import Part
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.templates import Templates
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "need": "that a change needs tests",
        "when": "when tests run or have to pass",
        "how": "how to run the tests",
    }
)
"""Topic -> what has to be written."""
_I = re.IGNORECASE
_TESTS = r"(?<![a-z])(?:unit-?|regression-?)?(?:tests?|specs|test[- ]?cases?|test[- ]coverage)\b"
_MAKE = (
    r"(?:add|writ(?:e|ten)|includ(?:e|ed)|provid(?:e|ed)|creat(?:e|ed)|extend(?:ed)?|updat(?:e|ed)|adapt(?:ed)?"
    r"|adjust(?:ed)?"
    r"|supply|contain|carry|have|accompan(?:y|ied)|come with|cover(?:ed)?|introduced?|modif(?:y|ied)"
    r"|implement(?:ed)?)"
)
_MUST = (
    r"(?:must|should|shall|needs?|ha(?:s|ve) to|ought|required?|requires|requirement|expect(?:s|ed)?|mandatory"
    r"|ensure|make sure"
    r"|be sure|please|always|every|any|all|each|never|remember|don['\u2019]t forget|encouraged?|want|will not"
    r"|won['\u2019]t"
    r"|appreciated?|if (?:you|your|possible|it)|when(?:ever)?|for new|new)"
)
_NEED = (
    rf"\b{_MUST}\b.{{0,140}}\b{_MAKE}\b[^.;]{{0,60}}{_TESTS}",
    rf"\b{_MAKE}(?:d|ed|ing|s)?\b[^.;]{{0,60}}{_TESTS}.{{0,140}}\b(?:{_MUST}|to (?:cover|prove|verify|ensure"
    rf"|show)|that (?:cover|prove"
    r"|fail|verify|show|demonstrate)|for (?:any|all|each|every|your|new|the|it))",
    rf"^\W*(?:(?:i|we)(?:['\u2019]ve| have)?\s|please\s|also\s|then\s|and\s|\d+\W+)*(?:add|writ|includ|updat"
    rf"|provid|creat|cover|extend)"
    rf"\w*\b[^.;]{{0,50}}{_TESTS}",
    rf"{_TESTS}[^.;]{{0,60}}\b(?:(?:are|is|be) (?:\w+ ){{0,2}}(?:required|mandatory|expected|needed|necessary"
    rf"|a must|added|included"
    r"|updated|written)|added\b|exists?\b|covers?\b|included\b|updated\b|for (?:the|my|this|each|any) changes?)",
    rf"\b(?:needs?|requires?|must have|should have|(?:comes?|ships?) with|accompanied by|along with"
    rf"|together with|backed by|along)\b[^.;]{{0,40}}{_TESTS}",
    rf"\b(?:without|lacks?|lacking|missing|no)\b[^.;]{{0,25}}{_TESTS}.{{0,80}}\b(?:not|never|reject\w*"
    rf"|declin\w*|clos\w+|won['\u2019]t|unlikely)",
    rf"\b(?:not|never|reject\w*|won['\u2019]t)\b.{{0,60}}\bwithout\b[^.;]{{0,25}}{_TESTS}",
    r"\b(?:must|should|needs? to|ha(?:s|ve) to|is|are|be)\s(?:be\s)?(?:\w+\s){0,2}(?:tested\b(?! (?:with|on"
    r"|against|under|in))|covered by)",
    r"\b(?:code |test )?coverage\b[^.;]{0,60}\b(?:must|should|may|not|never|maintain\w*|drop|decreas\w*"
    r"|at least|requir\w*|minimum"
    r"|100)",
    rf"\bideally\b[^.;]{{0,40}}{_TESTS}|^\W*(?:please )?test (?:your|the|all) (?:own )?(?:code|changes?|work)\b",
    r"\btest[- ](?:driven|first)\b|\bTDD\b",
)
_WHEN = (
    r"\bbefore\b.{0,70}\b(?:submit\w*|push\w*|open\w*|commit\w*|send\w*|merg\w*|pull|PRs?|MRs?|creat\w*"
    r"|contribut\w*|releas\w*"
    r"|deploy\w*|review)",
    r"\b(?:on|for|with|in|at|upon|after|against|per|to)\s(?:\w+\s){0,2}(?:every|each|all|any|the|your|a|pushed"
    r"|new)?\s?(?:\w+\s)?"
    r"(?:pull|merge|change|commit|push|PR|MR|build|patch|release)",
    r"\bcontinuous[- ]integration\b|\bCI\b|\bGitHub Actions\b|\bpipelines?\b|\b(?:travis|circle ?CI|jenkins"
    r"|appveyor|buildkite"
    r"|azure pipelines|prow|zuul)\b|\bpre-?(?:commit|push)\b|\bnightly\b|\bautomatic\w*|\bworkflows?\b",
    r"\b(?:pass(?:es|ed|ing)?|green|succeed\w*|not break|aren['\u2019]t broken|(?:still )?works?)\b"
    r"|\bwhen(?:ever)?\b|\bafter\b|\bonce\b"
    r"|\bas you\b|\bwhile\b|\balways\b|\b(?:make|be) sure\b|\bensure\b",
)
_RUNS = rf"{_TESTS}|\btest[- ]?suites?\b|\btesting\b|\btest(?:s|ed)?\b|\bchecks?\b"
_SAYS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "need": regex("|".join(f"(?:{each})" for each in _NEED), _I),
        "when": regex("|".join(f"(?:{each})" for each in _WHEN), _I),
    }
)
_ABOUT_TESTS = regex(_RUNS, _I)
_BOX = regex(rf"^\W*(?:[\w/]+ ){{0,2}}{_TESTS}", _I)
"""A box to tick in a template that begins with tests."""
_NOT = regex(
    r"\btest (?:data|fixtures?|files?|environment|server|account|instance)\b|\bplease test\b|\bbeta test", _I
)


class DemandedTests(Fact):
    """What guides, documents on testing and the templates of change requests say of tests."""

    def __init__(self, files: Files, guides: Guides, templates: Templates) -> None:
        self._files = files
        self._guides = guides
        self._templates = templates

    @classmethod
    def gather(cls, repository: Repository) -> DemandedTests:
        """Never fails."""
        return cls(repository[Files], repository[Guides], repository[Templates])

    @property
    def applicable(self) -> bool:
        """Whether there is source code that tests could be for."""
        return any(map(is_source, self._files))

    @property
    def external(self) -> str:
        """The site that the guide is on, where nothing of it is here."""
        return self._guides.external

    @property
    def home(self) -> Location | None:
        """Where the missing words belong."""
        guides = (*self._guides.contributing.documents, *self._guides.readme)
        return guides[0].at() if guides else None

    def answers(self, topic: str) -> Answer:
        """Return where a topic of `TOPICS` is written, or the link that leads elsewhere for it."""
        if topic == "how":
            told = self._guides.answers("tests")
            place = None if told else answered("tests", self._parts)
            return Answer(place) if place else told
        place = next(self._said(topic), None)
        return Answer(place) if place else self._away

    def _said(self, topic: str) -> Iterator[Location]:
        for template in self._templates.changes:
            boxes = [item for item in template.items if item.checked is not None and _BOX.search(item.text)]
            yield from (template.revealed.at(item.line) for item in boxes)
        if topic == "when":
            yield from self._steps()
        for part in self._parts:
            commands = {code.line for code in part.codes if TEST.search(code.text)}
            for text, place in statements(part):
                tests = _ABOUT_TESTS.search(text) or "coverage" in text.lower() or place.line in commands
                if tests and _SAYS[topic].search(_NOT.sub(" ", text)):
                    yield place

    def _steps(self) -> Iterator[Location]:
        """Yield the steps of a numbered list that run tests, where another step sends the change."""
        for part in self._parts:
            steps = [item for item in part.items if item.ordered]
            if any(SUBMIT.search(item.text) for item in steps):
                yield from (whole(part).at(item.line) for item in steps if _ABOUT_TESTS.search(item.text))

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        """The guide first, then the README, templates and what is written for coding agents."""
        templates = (template.revealed for template in self._templates.changes)
        return (
            *self._guides.written,
            *self._guides.in_readme,
            *self._guides.readmes,
            *templates,
            *self._guides.for_agents,
        )

    @cached_property
    def _away(self) -> Answer:
        parts = (*self._guides.written, *self._guides.readme)
        return sent(parts, ABOUT["tests"], NOTHING, self._guides.inside) or sent(
            parts, NOTHING, GUIDE, self._guides.inside
        )
