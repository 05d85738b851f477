"""The design is written down: decision records, RFCs or proposals, design documents, an overview of the architecture.

Templates and indexes of records alone are none, nor are documents that teach users to design something.
"""

from pytest_productops.facts.design import DesignRecords
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(records: DesignRecords) -> Answer:
    """Say where the design is described."""
    if records.found:
        return yes(*(seen(place, what) for place, what in records.found[:5]))
    return no(
        note("searched: folders and documents of decisions, RFCs, proposals, design, architecture; titles")
    )
