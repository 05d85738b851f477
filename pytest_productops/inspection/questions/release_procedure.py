"""Whether it is written how to make a release, step by step.

Steps count in any document for those who work on the product, in a section, in a checklist that is a template
of issues, in the docstring of a release script. A policy on versions or a cadence of releases is no procedure.
"""

from __future__ import annotations

from pytest_productops.facts.releases.procedure import ReleaseProcedure
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(procedure: ReleaseProcedure) -> Answer:
    """Look at pages named after releasing, sections about it, and comments of release scripts."""
    if procedure.written:
        return yes(*(seen(each.location, each.note) for each in procedure.written[:3]))
    if procedure.external:
        return external(note(f"releasing is explained at {procedure.external}"))
    read = [seen(page.at(), "gives no steps of a release") for page in procedure.pages[:3]]
    return no(note("searched: documents, sections and scripts about releasing and publishing"), *read)
