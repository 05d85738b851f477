"""Whether it is written what a finished change needs.

A checklist or list (tests, documentation, changelog...) in a template of change requests or in a guide,
visible or inside a comment, or a definition of done. Boxes that only say what kind of change it is do not
count, nor does a lone sentence.
"""

from __future__ import annotations

from pytest_productops.facts.finished import Finished
from pytest_productops.inspection.model import Answer, no, note, seen, yes


def answer(finished: Finished) -> Answer:
    """Answer it."""
    if finished.lists:
        return yes(
            *(seen(each.location, f"demands {', '.join(each.demands)}") for each in finished.lists[:3])
        )
    read = ", ".join(document.path for document in finished.read[:5]) or "no guide"
    return no(note(f"no list of what a change needs in templates of change requests and {read}"))
