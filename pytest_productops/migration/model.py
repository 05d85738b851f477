"""The words of a migration: what the peer was asked, what asks the same here, and the settings that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from pytest_productops.lazy import dataclass
from pytest_productops.model import Location

Verdict = Literal["same", "stricter", "not covered", "off"]


@dataclass(frozen=True)
class Equivalence:
    """What asks the same as a rule of the peer.

    `same`: the same repositories get the same verdict. `stricter`: who fails there for what `reason` names fails
    here as well, and others too. `codes` are our rules that do so, `near` those that ask a related question and may
    pass where the peer fails; `options` is what either needs, by code. `traits` are what only this peer's table says.
    """

    verdict: Verdict
    reason: str
    codes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    traits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A peer's name as people write it, and its rules in order; `traits` are what only this peer's table says."""

    title: str
    rules: Mapping[str, Equivalence]
    traits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A rule of the peer as this repository configures it.

    `off` is why it is turned off, empty where it is asked. `remarks` are what of its configuration has no
    counterpart, `artifacts` the places that it names. `like` is the entry of the table it counts as.
    """

    name: str
    off: str = ""
    place: Location | None = None
    like: str = ""
    remarks: tuple[str, ...] = ()
    artifacts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Configured:
    """A peer's configuration: where it stands (empty: nowhere, its defaults), what it asks, and notes on the whole."""

    source: str
    asked: tuple[Asked, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of the table of equivalence."""

    rule: str
    codes: tuple[str, ...]
    verdict: Verdict
    reason: str
    place: Location | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Migration:
    """What became of a peer's configuration: the table, and settings as `productops.toml` holds them.

    `sources` says which rules of the peer brought each selected rule.
    """

    peer: str
    source: str
    rows: tuple[Row, ...]
    settings: Mapping[str, Any]
    sources: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...] = ()
