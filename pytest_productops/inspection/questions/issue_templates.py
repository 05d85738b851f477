"""Templates or forms of issues are in the tree where the forge reads them; the chooser's config.yml alone is none."""

from pytest_productops.facts.templates import Templates
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(templates: Templates) -> Answer:
    """Say which templates there are."""
    asking = [template for template in templates.issues if template.asks]
    if asking:
        return yes(*(seen(template.place) for template in asking[:5]))
    hollow = [seen(template.shown.at(), "asks nothing") for template in templates.issues]
    return no(*hollow, note("searched: ISSUE_TEMPLATE* and issue_templates/ where forges read them"))
