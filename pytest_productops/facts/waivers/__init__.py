"""What a person has accepted for a time: waivers in the settings and in comments, and rules that are left out."""

from pytest_productops.facts.waivers.inline import InlineWaivers
from pytest_productops.facts.waivers.model import MAX_DAYS, Broken, Ignored, Waiver, unexplained
from pytest_productops.facts.waivers.written import PLACES, Waivers, read, tables

__all__ = [
    "MAX_DAYS",
    "PLACES",
    "Broken",
    "Ignored",
    "InlineWaivers",
    "Waiver",
    "Waivers",
    "read",
    "tables",
    "unexplained",
]
