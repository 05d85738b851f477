"""Whether every relative link of the README, the contributor guide and the other process documents leads to a file.

`/a` is a path from the root. Anchors are not looked at. Without a relative link the answer is yes.
"""

from pytest_productops.facts.links import Dead, Links
from pytest_productops.inspection.model import Answer, no, note, seen, yes

MOST = 5
"""Most links that are shown where all lead to a file."""


def answer(links: Links) -> Answer:
    """Name each link that leads nowhere, else some that do."""
    if links.dead:
        return no(*(seen(dead.document.at(dead.link.line), _says(dead)) for dead in links.dead))
    documents = ", ".join(document.path for document in links.documents) or "there is none"
    shown = [seen(document.at(link.line), link.target) for document, link in links.relative[:MOST]]
    return yes(*shown, note(f"{len(links.relative)} relative links in process documents: {documents}"))


def _says(dead: Dead) -> str:
    gone = f", {dead.removal}" if dead.removal else ""
    return f"`{dead.link.target}` leads to {dead.path}, which is not there{gone}"
