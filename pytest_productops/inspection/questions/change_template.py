"""A template of pull or merge requests stands in a place that the forge reads, and asks or lists something.

What it says in a comment counts: that is what the author of a change sees.
"""

from pytest_productops.facts.templates import Templates
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(templates: Templates) -> Answer:
    """Say which template it is."""
    asking = [template for template in templates.changes if template.asks]
    if asking:
        return yes(*(seen(template.place) for template in asking[:5]))
    hollow = [seen(template.shown.at(), "asks nothing") for template in templates.changes]
    return no(
        *hollow, note("searched: pull_request_template* and merge_request_templates/ where forges read them")
    )
