"""It is written who owns the code: CODEOWNERS (a single `*` line counts), OWNERS, or a list of maintainers.

Not: comments only, a place that no forge reads, authors in package metadata, lists of authors.
"""

from pytest_productops.facts.ownership import Ownership
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(ownership: Ownership) -> Answer:
    """Say where the owners are named."""
    if ownership.declared:
        first = {owner.location.path: owner for owner in reversed(ownership.declared)}
        return yes(*(seen(owner.location, owner.name) for owner in reversed(first.values())))
    hollow = [seen(problem.location, problem.message) for problem in ownership.hollow]
    return no(
        *hollow,
        note(
            "searched: CODEOWNERS where forges read it, OWNERS, MAINTAINERS, catalog-info.yaml, triagebot.toml"
        ),
    )
