"""Whether the README lets its reader start.

It needs a command that installs, builds or starts the product, or a snippet that declares it as a
dependency, in the README itself; a link to instructions in the tree counts. A link to a page of
instructions on another site is external, a link to a site as such is no.
"""

from __future__ import annotations

from pytest_productops.facts.readme.quickstart import Quickstart
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(quickstart: Quickstart) -> Answer:
    """Answer it."""
    if quickstart.readme is None:
        return no(note("there is no README"))
    if quickstart.command:
        return yes(seen(quickstart.command, "installs or starts the product"))
    if quickstart.page:
        place, path = quickstart.page
        return yes(seen(place, f"leads to {path}"))
    away = quickstart.elsewhere
    if away.elsewhere and away.sender:
        return external(seen(away.sender, f"leads to {away.elsewhere.target}"))
    return no(seen(quickstart.readme.at(), "no command, no snippet and no link to instructions"))
