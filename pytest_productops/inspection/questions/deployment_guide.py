"""Whether it is written how to bring the product into its environment; asked of services only.

An installation guide for those who host it counts; a page that tells users of a library how to deploy their
own work does not. `na` for libraries, tools and apps for devices.
"""

from __future__ import annotations

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.inspection.model import Answer, external, no, note, seen, yes
from pytest_productops.inspection.services import not_deployed


def answer(product: Product, operating: Operating) -> Answer:
    """Look at documents and sections on deploying, hosting and installing, with steps in them."""
    away = not_deployed(product)
    if away:
        return away
    guides = operating.installation()
    if guides:
        return yes(*(seen(guide.location, guide.note) for guide in guides[:3]))
    if operating.elsewhere():
        return external(note(f"deploying is explained at {operating.elsewhere()}"))
    return no(
        note(
            f"a service ({product.because}); searched: documents and sections on deploying, hosting, production"
        )
    )
