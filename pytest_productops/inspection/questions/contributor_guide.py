"""Whether there is a guide for those who contribute.

Any guide in the tree counts, whatever its name or place: CONTRIBUTING, HACKING, a folder for developers, a
page or section of the documentation, a section of the README that says how. A pointer whose target is in
the tree counts. A guide that says nothing does not; one that is only linked to on another site is external.
"""

from __future__ import annotations

from pytest_productops.facts.guides import Guides
from pytest_productops.facts.guides.guidance import Guidance
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(guides: Guides, guidance: Guidance) -> Answer:
    """Answer it."""
    if guidance.own:
        return yes(seen(guidance.own, "the guide for contributors"))
    away = guidance.elsewhere
    if away.elsewhere:
        told = f"the guide is at {away.elsewhere.target}"
        return external(seen(away.sender, told) if away.sender else note(told))
    if guides.lacking:
        document, reason = guides.lacking
        return no(seen(document.at(), f"the guide {reason}"))
    return no(note("no CONTRIBUTING, HACKING, folder for developers, and no such section in the README"))
