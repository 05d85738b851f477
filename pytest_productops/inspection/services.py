"""What the questions on running a service share: they are asked of services only."""

from __future__ import annotations

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.inspection.model import Answer, no, not_asked, note, seen, yes


def not_deployed(product: Product) -> Answer | None:
    """Return the answer where nobody deploys the product, None for a service."""
    if product.kind == "service":
        return None
    if product.kind == "unknown":
        return not_asked(f"nothing tells that somebody deploys it: {product.because}")
    return not_asked(
        f"nobody deploys {'an' if product.kind == 'app' else 'a'} {product.kind}: {product.because}"
    )


def guided(product: Product, operating: Operating, topic: str, searched: str) -> Answer:
    """Look at names of documents, at headings, and at what documents on deploying say of a topic."""
    guides = operating.guides(topic)
    if guides:
        return yes(*(seen(guide.location, guide.note) for guide in guides[:3]))
    return no(note(f"a service ({product.because}); searched: {searched}"))
