"""Whether it is written how to make it serve more; asked of services only.

Scaling, capacity, sizing and running several instances count. What only looks alike
does not. `na` for libraries, tools and apps for devices.
"""

from __future__ import annotations

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.inspection.model import Answer
from pytest_productops.inspection.services import guided, not_deployed

SEARCHED = "scaling, capacity, sizing, replicas, high availability"


def answer(product: Product, operating: Operating) -> Answer:
    """Answer it."""
    return not_deployed(product) or guided(product, operating, "scaling", SEARCHED)
