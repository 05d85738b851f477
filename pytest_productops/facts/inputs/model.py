"""The word of build inputs: one of them, and why it may change."""

from __future__ import annotations

from typing import Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Kind = Literal["image", "toolchain", "installer", "hook"]


@dataclass(frozen=True)
class Input:
    """Something that a build takes from elsewhere.

    `name` is what it is without its version, `what` as written. `moves` says why it may change (nothing where it
    is pinned); `exact`: not even its tag can be moved.
    """

    kind: Kind
    name: str
    what: str
    location: Location
    moves: str = ""
    exact: bool = False
