"""Links: what the process documents point at in their own repository, and what of it is not there."""

from pytest_productops.facts.links.anchors import Anchors, Lost
from pytest_productops.facts.links.fact import Dead, Links
from pytest_productops.facts.links.mentions import Gone, Mentions
from pytest_productops.facts.links.reach import Hidden, Reach

__all__ = ["Anchors", "Dead", "Gone", "Hidden", "Links", "Lost", "Mentions", "Reach"]
