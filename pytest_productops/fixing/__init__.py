"""Fixes: what mends a finding, verified before anybody sees it.

A rule's fixers propose edits; these are made on a copy of the files in memory, and the rule judges that copy. Only a
fix that removes its finding, and brings none of its rule, is offered; a scaffold must leave the rule failing.
"""

from pytest_productops.fixing.mending import Mended, mended
from pytest_productops.fixing.model import Fix, command
from pytest_productops.fixing.offering import OPEN, Offer, offers
from pytest_productops.fixing.patching import Patch, patches
from pytest_productops.fixing.tree import Changes

__all__ = ["OPEN", "Changes", "Fix", "Mended", "Offer", "Patch", "command", "mended", "offers", "patches"]
