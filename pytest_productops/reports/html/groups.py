"""The results of a report in the groups that the page shows them in."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pytest_productops.model import LEVELS
from pytest_productops.reports.plain import Plain

_OPEN = frozenset({"fail", "advisory"})


class Shown(NamedTuple):
    """A result with the rule that it is of, the id of its place on the page, and whether it bars the next level."""

    result: Plain
    rule: Plain
    id: str
    obstacle: bool = False

    @property
    def open(self) -> list[Plain]:
        """The findings that nothing accepts."""
        return [each for each in self.result["findings"] if each["outcome"] in _OPEN]

    @property
    def accepted(self) -> int:
        """How many findings a waiver or the baseline accepts."""
        return len(self.result["findings"]) - len(self.open)

    @property
    def remedy(self) -> str:
        """What mends all that is open, where several findings have one remedy."""
        fixes = {each["fix"] for each in self.open}
        return str(fixes.pop()) if len(self.open) > 1 and len(fixes) == 1 else ""

    @property
    def options(self) -> Plain:
        """The options that it was judged by: the component's own above the rule's."""
        own = {name: value for name, value in self.result["options"].items() if name in self.rule["options"]}
        return {**self.rule["options"], **own}


class Accepted(NamedTuple):
    """What one waiver covers until a day, or the baseline of one rule since a day; `left` are a waiver's days."""

    day: str
    owner: str
    reason: str
    left: int
    findings: list[tuple[Shown, Plain]]


def shown(data: Mapping[str, Any]) -> dict[str, list[Shown]]:
    """Return the results by outcome; what bars the next level comes first, then the lower level."""
    rules = {rule["code"]: rule for rule in data["rules"]}
    obstacles = (data["summary"]["level"] or {}).get("obstacles", ())
    found: dict[str, list[Shown]] = defaultdict(list)
    for result in data["results"]:
        code = result["rule"]
        found[result["outcome"]].append(
            Shown(result, rules[code], anchor(result["subject"]), code in obstacles)
        )
    for group in found.values():
        group.sort(key=lambda each: (not each.obstacle, LEVELS.index(each.rule["level"])))
    return found


def anchor(subject: str) -> str:
    """Return an id for a subject: letters, digits and hyphens, and another one for each."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", subject)
    if plain == subject:
        return plain
    return f"{plain}-{hashlib.sha256(subject.encode(errors='replace')).hexdigest()[:8]}"


def waivers(results: Iterable[Shown], as_of: str) -> list[Accepted]:
    """Return the waivers by their last day; what one covered that ended is open again."""
    today = datetime.date.fromisoformat(as_of)
    found: dict[tuple[str, str, str], list[tuple[Shown, Plain]]] = defaultdict(list)
    for each, finding in _accepted(results, "waiver"):
        by = finding["accepted"]
        found[by["until"], by["owner"], by["reason"]].append((each, finding))
    return [
        Accepted(*terms, (datetime.date.fromisoformat(terms[0]) - today).days, covered)
        for terms, covered in sorted(found.items(), key=lambda item: item[0])
    ]


def baseline(results: Iterable[Shown]) -> list[Accepted]:
    """Return what the baseline knows, by rule and day; its entries have no end."""
    found: dict[tuple[str, str], list[tuple[Shown, Plain]]] = defaultdict(list)
    for each, finding in _accepted(results, "baseline"):
        found[each.result["subject"], finding["accepted"]["since"]].append((each, finding))
    return [Accepted(since, "", "", 0, covered) for (_, since), covered in sorted(found.items())]


def _accepted(results: Iterable[Shown], by: str) -> Iterator[tuple[Shown, Plain]]:
    for each in results:
        for finding in each.result["findings"]:
            if finding["accepted"] and finding["accepted"]["by"] == by:
                yield each, finding
