"""Review rule: where it is written who must review or approve a change, how many, or that nobody merges their own.

How to behave in a review, and how soon one may hope for it, is no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pytest_productops.facts.documents import Link
from pytest_productops.facts.files import Files
from pytest_productops.facts.guides.answers import statements
from pytest_productops.facts.review.files import commented, counted
from pytest_productops.facts.review.policy import ReviewPolicy, Statement
from pytest_productops.facts.review.words import CHANGES, DEMANDED, HOW_MANY, NO_RULE, OWN, ROLES
from pytest_productops.facts.substance.parts import whole
from pytest_productops.facts.templates import Templates
from pytest_productops.lazy import regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_POLICY_PAGE = regex(
    r"\b(?:code )?review(?:ing)? (?:process|policy|guidelines?|workflow)\b"
    r"|\bapproval (?:process|guidelines|rules)\b|\bmerge policy\b",
    re.IGNORECASE,
)
_REMOTE = regex(r"(?:https?:)?//", re.IGNORECASE)


class ReviewRule(Fact):
    """What the repository says of who has to agree to a change."""

    def __init__(self, files: Files, policy: ReviewPolicy, templates: Templates) -> None:
        self._files = files
        self._policy = policy
        self._templates = templates

    @classmethod
    def gather(cls, repository: Repository) -> ReviewRule:
        """Find it; never fails."""
        return cls(repository[Files], repository[ReviewPolicy], repository[Templates])

    @cached_property
    def found(self) -> tuple[tuple[Location, str], ...]:
        """Where it is written, and the words: in documents, a diagram, settings, CODEOWNERS."""
        said = sorted(self._said(), key=lambda each: each[0])[:3]
        others = [(self._policy.drawn(pattern), "in a diagram") for pattern in (HOW_MANY, ROLES)]
        others += [(counted(self._files, 1), "a setting"), (commented(self._files), "a comment")]
        return (*(each[1:] for each in said), *((place, what) for place, what in others if place))

    def _said(self) -> Iterator[tuple[int, Location, str]]:
        """Yield (0 for a number, else 1, place, words) of each sentence that is a rule."""
        for each in (*self._policy.statements_of(self._policy.written), *self._asked):
            if each.says(HOW_MANY) or each.says(OWN):
                yield 0, each.place, each.text[:120]
            elif (each.says(ROLES) or each.says(DEMANDED)) and not NO_RULE.search(each.text):
                yield 1, each.place, each.text[:120]

    @property
    def _asked(self) -> Iterator[Statement]:
        """Yield the sentences of templates of change requests."""
        for template in self._templates.changes:
            for text, place in statements(template.revealed):
                if CHANGES.search(text) or HOW_MANY.search(text):
                    yield Statement(text, "change", place)

    @cached_property
    def elsewhere(self) -> tuple[Location, Link] | None:
        """The link to a policy on another site."""
        for part in self._policy.written:
            for link in part.links:
                if (
                    _POLICY_PAGE.search(link.text)
                    and _REMOTE.match(link.target)
                    and not self._policy.ours(whole(part), link)
                ):
                    return whole(part).at(link.line), link
        return None
