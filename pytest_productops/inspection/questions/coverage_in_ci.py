"""CI measures test coverage: a coverage tool runs there, or a report is sent to a coverage service.

A target for the developer's own machine that CI does not run is none.
"""

from __future__ import annotations

from pytest_productops.facts.coverage import Coverage
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(coverage: Coverage) -> Answer:
    """Answer by what CI runs."""
    if coverage.measured:
        return yes(*(seen(one.location, f"CI runs {one.text}") for one in coverage.measured[:3]))
    return no(note("no coverage tool among what CI runs, and no upload of a report"))
