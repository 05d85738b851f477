"""The words of the skips fact."""

from __future__ import annotations

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location


@dataclass(frozen=True)
class Skip:
    """A test that is skipped whatever the surroundings. `what` is how, `test` its name, `reason` may be empty."""

    what: str
    test: str
    location: Location
    reason: str = ""
