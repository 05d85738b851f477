"""It is written who must review or approve a change, how many have to, or that nobody merges their own.

Read are guides, governance and pages for developers, diagrams in them, templates, settings and comments of CODEOWNERS.
Etiquette for reviewers alone does not count, nor does an owner without a rule.
"""

from pytest_productops.facts.review.rule import ReviewRule
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(review: ReviewRule) -> Answer:
    """Say where the rule is."""
    if review.found:
        return yes(*(seen(place, words) for place, words in review.found))
    if review.elsewhere:
        place, link = review.elsewhere
        return external(seen(place, f"links to {link.target}"))
    return no(
        note(
            "searched: guides, governance, pages for developers, templates, comments of CODEOWNERS, forge settings"
        )
    )
