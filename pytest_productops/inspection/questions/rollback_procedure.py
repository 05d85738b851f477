"""Whether it is written how to bring the previous version back; asked of services only.

What only looks alike does not count. `na` for libraries, tools and apps for devices.
"""

from __future__ import annotations

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.inspection.model import Answer
from pytest_productops.inspection.services import guided, not_deployed

SEARCHED = "roll back, downgrade, revert a release"


def answer(product: Product, operating: Operating) -> Answer:
    """Answer it."""
    return not_deployed(product) or guided(product, operating, "rollback", SEARCHED)
