"""Reports that were stored before, for the trend: a folder of `*.json` files, or one such file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.reports import stored
from pytest_productops.text import clean

_NAMED = 3
"""So many strange files are named."""


class Earlier(NamedTuple):
    """Stored reports, the oldest day first, and what was left out of them and why."""

    reports: tuple[dict[str, Any], ...] = ()
    remarks: tuple[str, ...] = ()

    def before(self, data: dict[str, Any]) -> Earlier:
        """Return those that a report can be compared with: on the same, whole, no later, and not itself."""
        name, stage, day = data["repository"]["name"], data["config"]["stage"], data["as_of"]
        ways: dict[str, Callable[[dict[str, Any]], bool]] = {
            f"on repositories of another name than {name}": lambda each: each["repository"]["name"] != name,
            "in which a part of the rules was asked": lambda each: each["partial"],
            "on other stages": lambda each: each["config"]["stage"] != stage,
            f"later than {day}": lambda each: each["as_of"] > day,
        }
        kept = [each for each in self.reports if _told(each) != _told(data)]
        remarks = list(self.remarks)
        for why, strange in ways.items():
            number = sum(map(strange, kept))
            kept = [each for each in kept if not strange(each)]
            remarks += (
                [f"Left out: {number} stored report{'s' if number > 1 else ''} {why}."] if number else []
            )
        return Earlier(tuple(kept), tuple(remarks))


NONE = Earlier()


def read(place: str, label: str) -> Earlier:
    """Return the stored reports of a folder or file, none where no place is named.

    `label` is what the option is called that names it. What is no report is left out and told; raise
    `ConfigurationError` where there is neither folder nor file of that name.
    """
    if not place:
        return NONE
    path = Path(place)
    if not path.exists():
        raise ConfigurationError([Problem(label, 0, f"no such file or folder `{clean(place)}`")])
    found, strange = [], []
    for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
        try:
            found.append(stored.load(file))
        except stored.NoReport as error:
            strange.append(str(error))
    distinct = [each for index, each in enumerate(found) if each not in found[:index]]
    return Earlier(tuple(sorted(distinct, key=lambda each: str(each["as_of"]))), tuple(_left_out(strange)))


def _told(data: dict[str, Any]) -> tuple[Any, ...]:
    """Return what two reports on the same thing have in common: a stored one may be the same run's."""
    return tuple(data[part] for part in ("repository", "config", "as_of", "partial", "results", "stale"))


def _left_out(strange: list[str]) -> list[str]:
    more = len(strange) - _NAMED
    return [f"Left out: {said}." for said in strange[:_NAMED]] + (
        [f"Left out: {more} more files that are no reports."] if more > 0 else []
    )
