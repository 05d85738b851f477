"""The word of SLOs: an objective, and which parts of it are written."""

from __future__ import annotations

from typing import Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Part = Literal["indicator", "target", "window", "owner", "consequence", "alert"]
PARTS: tuple[Part, ...] = ("indicator", "target", "window", "owner", "consequence", "alert")


@dataclass(frozen=True)
class Objective:
    """A service level objective, and the parts that it has by itself."""

    name: str
    location: Location
    parts: frozenset[Part]
