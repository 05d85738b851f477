"""Whether it is written how to run the product; asked of services only.

Runbooks, monitoring, troubleshooting, backups, maintenance and administration count. What only looks alike
does not. `na` for libraries, tools and apps for devices.
"""

from __future__ import annotations

from pytest_productops.facts.operations.guides import Operating
from pytest_productops.facts.product import Product
from pytest_productops.inspection.model import Answer
from pytest_productops.inspection.services import guided, not_deployed

SEARCHED = "runbook, operations, monitoring, troubleshooting, backup, maintenance"


def answer(product: Product, operating: Operating) -> Answer:
    """Answer it."""
    return not_deployed(product) or guided(product, operating, "operations", SEARCHED)
