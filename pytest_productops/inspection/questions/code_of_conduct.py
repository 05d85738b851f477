"""A code of conduct is in the tree: a file, also one that adopts another by a link, or a section that is one.

Only a link to another site in the README, a guide or a template is `external`; an organisation's default that
nothing here names is no.
"""

from pytest_productops.facts.conduct import Conduct
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes


def answer(conduct: Conduct) -> Answer:
    """Say where the code of conduct is."""
    if conduct.documents:
        return yes(*(seen(document.at()) for document in conduct.documents[:5]))
    if conduct.written:
        return yes(seen(conduct.written[0].at(), "a section that is one"))
    if conduct.links:
        place, link = conduct.links[0]
        return external(seen(place, f"links to {link.target}"))
    return no(note("searched: files named so; documents and templates for the words and for links"))
