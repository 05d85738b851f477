"""What a report holds against the repository, flat: what the formats of services and editors are made of.

A failing or advisory finding, something stale, and a rule that fails the gate without a finding: one that crashed,
or cannot tell where that fails. What passes, is waived, is in the baseline or not applicable is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pytest_productops.reports.json_report import fingerprint
from pytest_productops.reports.plain import Plain

NOWHERE = "README.md"
"""The file of a finding in a repository that has none."""
UNJUDGED = {"error": "the rule crashed", "unknown": "the rule cannot tell"}
"""How a result ended that has no finding and may fail."""


class Entry(NamedTuple):
    """One line against the repository. `line` is from 1; `found` is not set where a rule could not judge.

    `id` is the finding's fingerprint, told apart where several have the same.
    """

    severity: Literal["error", "warning"]
    code: str
    name: str
    component: str
    message: str
    path: str
    line: int
    fix: str
    id: str
    found: bool = True

    @property
    def title(self) -> str:
        """The rule, with the component in front."""
        return f"{f'{self.component}::' if self.component else ''}{self.code} {self.name}"


def entries(data: dict[str, Any]) -> tuple[Entry, ...]:
    """Return what a report holds against the repository: errors first, each kind in the report's order."""
    found = [*_of_results(data), *_of_stale(data)]
    seen: Counter[str] = Counter()
    told = []
    for each in sorted(found, key=lambda entry: entry.severity):
        seen[each.id] += 1
        number = seen[each.id]
        told.append(each._replace(id=f"{each.id}-{number}") if number > 1 else each)
    return tuple(told)


def failing(data: dict[str, Any]) -> frozenset[str]:
    """Return the outcomes of a result that fail the gate."""
    return frozenset({"fail", "error", *(["unknown"] if data["config"]["unknown_fails"] else [])})


def _of_results(data: dict[str, Any]) -> Iterator[Entry]:
    names = {rule["code"]: rule["name"] for rule in data["rules"]}
    fails = failing(data)
    for result in data["results"]:
        code, component, outcome = result["rule"], result["component"], result["outcome"]
        for finding in result["findings"]:
            if finding["outcome"] in {"fail", "advisory"}:
                severity: Literal["error", "warning"] = "error" if finding["outcome"] == "fail" else "warning"
                message = f"{finding['message']} [{finding['why']}]" if finding["why"] else finding["message"]
                told = (severity, code, names[code], component, message, *_place(finding), finding["fix"])
                yield Entry(*told, finding["fingerprint"])
        if outcome in fails and not result["findings"]:
            message = f"{UNJUDGED[outcome]}: {result['reason']}"
            known_by = fingerprint(code, component, outcome)
            yield Entry("error", code, names[code], component, message, NOWHERE, 1, "", known_by, found=False)


def _of_stale(data: dict[str, Any]) -> Iterator[Entry]:
    for each in data["stale"]:
        severity: Literal["error", "warning"] = "error" if each["outcome"] == "fail" else "warning"
        known_by = fingerprint(each["of"], "", each["key"])
        yield Entry(severity, each["of"], "unused", "", each["message"], *_place(each), each["fix"], known_by)


def _place(finding: Plain) -> tuple[str, int]:
    place = finding["anchor"] or finding["location"] or {"path": NOWHERE, "line": 0}
    return place["path"], max(1, place["line"])
