"""One report: its day and status, and which of the questions of a postmortem it answers.

The questions are those of the SRE book (https://sre.google/sre-book/example-postmortem/) and of PagerDuty
(https://postmortems.pagerduty.com). Where no heading asks one, a sentence that answers it will do.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from pytest_productops.facts.documents import Document, Section
from pytest_productops.facts.guides.answers import first_said
from pytest_productops.facts.postmortems.actions import Action, actions_in
from pytest_productops.facts.register.records import in_name
from pytest_productops.facts.substance import lack
from pytest_productops.facts.topics import normal
from pytest_productops.lazy import regex

Topic = Literal["date", "impact", "timeline", "cause", "actions"]
_HEADINGS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "impact": regex(r"\b(?:impacts?|affected|consequences|damage|severity|symptoms?|scope)\b"),
        "timeline": regex(
            r"\b(?:time ?lines?|chronology|sequence of events|events|what happened|lead ?up|history|log)\b"
        ),
        "cause": regex(
            r"\b(?:(?:root )?causes?|why\w*|triggers?|contributing factors?|factors|analysis|diagnosis"
            r"|explanation|fault|reason)\b"
        ),
        "actions": regex(
            r"\b(?:actions?(?: items?| points?| plan)?|follow ?ups?(?: \w+)?|next steps|remediations?"
            r"|corrective|preventi\w+"
            r"|prevent\w*|to ?dos?|tasks|improvements?|future work|what (?:we|will) \w+)\b"
        ),
    }
)
_SAID: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "impact": regex(
            r"(?i)\b(?:impact\w*|affect\w*|outage|downtime|unavailable|unable to|degraded|inaccessible"
            r"|(?:was|were|went|is) down"
            r"|prevent\w*|traffic|lasted|restored|for (?:about |approximately )?\w+ (?:minutes|hours|days)"
            r"|users?|customers?|visitors?|fail(?:ed|ing|ures?)|errors?|lost|leak\w*|exposed)\b"
        ),
        "cause": regex(
            r"(?i)\b(?:caus(?:e|ed|es|ing)|because|due to|reason|result(?:ed|s)? (?:from|in|of)"
            r"|trigger\w*|led to|turned out"
            r"|problem was|issue was|bug)\b"
        ),
    }
)
_QUESTIONS = regex(r"(?i)\b(?:questions?|lessons?)\b")
_TIME = regex(r"\b\d{1,2}:\d{2}\b|\bT\+\d+")
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = regex(
    rf"(?i)\b\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}\b|\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTHS}\.?,? \d{{4}}|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\b"
)
_ISO = regex(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_STATUS = regex(r"(?im)^[ \t|>*_#-]*status[\s*_|:]+([\w -]+)")
_DRAFT = regex(
    r"(?i)(?:draft|wip|work in progress|in progress|in review|under review|pending|incomplete|open)\b.*"
)
TIMES = 3
"""Fewest times of day that make a timeline."""


class Report:
    """A postmortem as it is written."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def lack(self) -> str:
        """Why it says nothing, if it does not."""
        return lack(self.document)

    @property
    def is_one(self) -> bool:
        """Whether it tells of one incident: it has a day, and a timeline, a cause or actions."""
        topics = [topic for topic in _HEADINGS if self._section(topic)]
        return not self.lack and (len(topics) > 1 or (self.answers("date") and bool(topics)))

    def answers(self, topic: str) -> bool:
        """Whether it answers a question."""
        if topic == "date":
            return bool(self.day) or bool(_DAY.search(self._head))
        section = self._section(topic)
        if section or self._field(topic):
            return True
        if topic == "timeline":
            return len(set(_TIME.findall(self.document.text))) >= TIMES
        return topic in _SAID and first_said((self.document,), _SAID[topic]) is not None

    @cached_property
    def day(self) -> datetime.date | None:
        """The day of the incident, as its name, its front matter or its first lines have it in figures."""
        given = self.document.front_matter.get("date")
        texts = (str(given or ""), self._head)
        found = (match for text in texts for match in _ISO.finditer(text))
        return in_name(self.document.path) or next(filter(None, map(_date, found)), None)

    @property
    def draft(self) -> bool:
        """Whether it says that it is not finished."""
        front = self.document.front_matter
        if front.get("draft") is True or str(front.get("draft", "")).lower() == "true":
            return True
        stated = _STATUS.search(self._head)
        status = str(front.get("status") or (stated[1] if stated else ""))
        return bool(_DRAFT.match(status.strip()))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions that are listed."""
        return tuple(action for section in self._sections("actions") for action in actions_in(section))

    @property
    def acts(self) -> bool:
        """Whether actions are named at all, be it in sentences."""
        return bool(self.actions) or any(not lack(section) for section in self._sections("actions"))

    @property
    def _head(self) -> str:
        """The first lines and all headings, where a day or a status stands."""
        headings = "\n".join(heading.text for heading in self.document.headings)
        return "\n".join((*self.document.lines[:40], headings))

    def _section(self, topic: str) -> Section | None:
        return next((section for section in self._sections(topic) if not lack(section)), None)

    def _sections(self, topic: str) -> list[Section]:
        """Return the outermost sections on a topic."""
        found: list[Section] = []
        for section in self.document.sections:
            inside = found and section.start <= found[-1].end
            titled = (
                section.heading
                and section.heading.level > 1
                and not _QUESTIONS.search(section.heading.text)
                and _HEADINGS[topic].search(normal(section.heading.text))
            )
            if titled and not inside:
                found.append(section)
        return found

    def _field(self, topic: str) -> bool:
        """Whether a line or a row is labelled so: `**Impact**: ...`, `| Impact | ... |`."""
        labels = (
            line.partition("|" if line.lstrip().startswith("|") else ":") for line in self.document.lines
        )
        return any(
            len(label) < 60 and rest.strip(" |*_") and _HEADINGS[topic].search(normal(label))  # noqa: PLR2004
            for label, _, rest in (self._label(*each) for each in labels)
        )

    def _label(self, label: str, mark: str, rest: str) -> tuple[str, str, str]:
        """Return label and value of a line; of a table's row its first two cells."""
        return rest.partition("|") if mark == "|" and not label.strip() else (label, mark, rest)


def _date(match: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
