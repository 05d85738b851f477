"""SUP005."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pytest_productops.api import (
    Documents,
    Edit,
    Finding,
    Location,
    More,
    NotApplicable,
    ReviewPolicy,
    Team,
    Unavailable,
    fixes,
    rule,
    section,
)

Topic = Literal["who", "how_many", "checks"]
MISSING = {
    "who": ("who may approve a change", "name the people or the role, or add CODEOWNERS"),
    "how_many": ("how many approvals a change needs", 'write the number: "one maintainer approves"'),
    "checks": ("what reviewers check", "list it, or add a change request template with a checklist"),
}


@rule("SUP005", stage="review", level="silver")
def review_policy_documented(
    review: ReviewPolicy, team: Team, *, required: More[tuple[Topic, ...]] = ("who", "how_many", "checks")
) -> Iterator[Finding]:
    """It is written who approves a change, how many approvals it needs and what reviewers check.

    Read are the contributor guide and its like, review and governance documents, diagrams in them,
    CODEOWNERS, change request templates and settings of the forge that are kept in the repository. Not for
    repositories where fewer than two people committed in the last 365 days. A topic for which the guide
    sends its readers to another site can't be judged and is not reported. "A maintainer approves" tells how
    many, "maintainers review" does not. Advice ("small changes are easier to review") and calls for help
    tell nothing.

    Why:
        Without a written rule reviews depend on who is around, and newcomers can't tell when a change is
        done.
    Fix:
        Add a section on reviews to the contributor guide: who approves, how many, what they look at.
    Options:
        required: what must be written: who, how_many, checks
    Source:
        OpenSSF best practices, code_review_standards; CNCF contributor templates, REVIEWING.
    Bad:
        -- CONTRIBUTING.md --
        # Contributing
        Send a pull request. Changes are reviewed before they are merged.
        -- git log --
        2026-05-01 ann@example.org Add the guide
        2026-06-01 bob@example.org Mend the total
        -- now --
        2026-11-22
    Good:
        -- CONTRIBUTING.md --
        # Contributing
        Send a pull request. One maintainer must approve it, never its author.
        Reviewers check that tests cover the change and that the documentation is up to date.
        -- git log --
        2026-05-01 ann@example.org Add the guide
        2026-06-01 bob@example.org Mend the total
        -- now --
        2026-11-22
    """
    if team.solo:
        raise NotApplicable("fewer than two people committed in the last 365 days")
    answers = {topic: review.answers(topic) for topic in required}
    known = review.policy and (any(answer.place for answer in answers.values()) or not review.external)
    if not known:
        if review.external:
            reason = f"how changes are reviewed may be written at {review.external}, which is not read"
            raise Unavailable(f"{reason}: say it in the repository")
        fix = "add a section on reviews: who approves, how many, what they check"
        yield Finding("policy", "nothing says how changes are reviewed", review.home, fix=fix)
        return
    for topic, answer in answers.items():
        if not answer:
            question, fix = MISSING[topic]
            yield Finding(topic, f"it is not written {question}", _place(review), fix=fix)


def _place(review: ReviewPolicy) -> Location | None:
    """Return where the missing words belong: beside the others, but not into a list of owners."""
    listed = review.policy is not None and review.policy.path.endswith("CODEOWNERS")
    return (review.home if listed else None) or review.policy


SECTIONS = {
    "policy": (
        "Reviews",
        "say who approves a change and how many approvals it needs",
        "list what reviewers check",
    ),
    "who": ("Who approves a change", "name the people or the role"),
    "how_many": ("Approvals", "say how many a change needs"),
    "checks": ("What reviewers check", "list it"),
}


@fixes(review_policy_documented, "scaffold")
def outline(finding: Finding, documents: Documents) -> Iterator[Edit]:
    """Make a section on reviews for you to write."""
    if finding.location:
        yield from section(documents.get(finding.location.path), *SECTIONS[finding.key])
