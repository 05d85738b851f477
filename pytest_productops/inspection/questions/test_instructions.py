"""Whether the command that runs the tests is written.

It needs a command in a guide for contributors or a document for developers; the README's sections on
developing count, and the whole README where there is no guide. Words without a command are no answer, nor
are instructions for users. External: the guide or the README sends its readers to another site for it.
"""

from __future__ import annotations

from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.guidance import Guidance
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(guides: Guides, guidance: Guidance) -> Answer:
    """Answer it."""
    found = guidance.commanded("tests")
    if found.place:
        return yes(seen(found.place, "the command that runs the tests"))
    if found.elsewhere and found.sender:
        return external(seen(found.sender, f"sends its readers to {found.elsewhere.target}"))
    read = ", ".join(part.path for part in (*guides.documents, *guides.readme)[:5]) or "no document to read"
    return no(note(f"no command that runs the tests in {read}"))
