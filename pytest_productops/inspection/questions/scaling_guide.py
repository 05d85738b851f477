"""Whether it is written how to make it serve more; asked of services only.

Scaling, capacity, sizing and running several instances count. What only looks alike
does not. `na` for libraries, tools and apps for devices.
"""

from __future__ import annotations

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.inspection.model import Answer, no, not_asked, note, seen, yes


def answer(product: Product, operating: Operating) -> Answer:
    """Look at names of documents, at headings, and at what documents on deploying say."""
    if product.kind != "service":
        return not_asked(f"nobody deploys a {product.kind}: {product.because}")
    guides = operating.guides("scaling")
    if guides:
        return yes(*(seen(guide.location, guide.note) for guide in guides[:3]))
    return no(
        note(
            "a service ("
            + product.because
            + "); searched: scaling, capacity, sizing, replicas, high availability"
        )
    )
