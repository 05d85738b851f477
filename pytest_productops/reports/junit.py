"""JUnit's XML, for the services that show tests: a testcase a rule, on each component that it is asked about.

pytest writes its own with `--junitxml`; this is the command's. A finding's text is in the failure; what is waived, in
the baseline, not applicable or unknown is skipped and says why; an advisory passes and is in the output. There are
no times: two runs give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from pytest_productops.reports.plain import Plain

_STRANGE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""
_SKIPPED = frozenset({"waived", "baselined", "not-applicable", "unknown"})


def render(data: dict[str, Any]) -> str:
    """Return the report as XML."""
    cases = [*_of_results(data), *_of_stale(data)]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
        "skipped": str(sum(case.find("skipped") is not None for case in cases)),
    }
    root = ElementTree.Element("testsuites", counts)
    ElementTree.SubElement(root, "testsuite", {"name": "productops", **counts}).extend(cases)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _of_results(data: dict[str, Any]) -> Iterator[ElementTree.Element]:
    rules = {rule["code"]: rule for rule in data["rules"]}
    for result in data["results"]:
        rule = rules[result["rule"]]
        case = _case(f"productops.{rule['responsibility']}", f"{result['subject']} {rule['name']}")
        _ended(case, result, unknown_fails=data["config"]["unknown_fails"])
        yield case


def _ended(case: ElementTree.Element, result: Plain, *, unknown_fails: bool) -> None:
    outcome, findings = result["outcome"], result["findings"]
    if outcome == "error":
        _told(case, "error", f"the rule crashed: {result['reason']}")
    elif outcome == "fail" or (outcome == "unknown" and unknown_fails):
        failing = [each for each in findings if each["outcome"] == "fail"]
        _told(
            case, "failure", _first(failing) or f"the rule cannot tell: {result['reason']}", _text(findings)
        )
    elif outcome in _SKIPPED:
        why = result["reason"] or next((each["why"] for each in findings), "")
        _told(case, "skipped", f"{outcome}: {why}", _text(findings))
    elif findings:
        ElementTree.SubElement(case, "system-out").text = _valid(_text(findings))


def _of_stale(data: dict[str, Any]) -> Iterator[ElementTree.Element]:
    for of, group in groupby(data["stale"], key=lambda each: each["of"]):
        found: list[Plain] = [{"why": "", **each} for each in group]
        case = _case("productops.practices", f"{of} unused")
        if any(each["outcome"] == "fail" for each in found):
            _told(case, "failure", _first(found), _text(found))
        else:
            ElementTree.SubElement(case, "system-out").text = _valid(_text(found))
        yield case


def _case(classname: str, name: str) -> ElementTree.Element:
    return ElementTree.Element("testcase", {"classname": _valid(classname), "name": _valid(name)})


def _told(case: ElementTree.Element, tag: str, message: str, text: str = "") -> None:
    ElementTree.SubElement(case, tag, {"message": _valid(message)}).text = _valid(text) or None


def _first(findings: list[Plain]) -> str:
    if not findings:
        return ""
    more = f" (+{len(findings) - 1} more)" if len(findings) > 1 else ""
    return f"{_place(findings[0])}{findings[0]['message']}{more}"


def _text(findings: list[Plain]) -> str:
    lines = []
    for each in findings:
        ended = (
            "" if each["outcome"] == "fail" else f" [{each['outcome']}: {each['why']}]".replace(": ]", "]")
        )
        lines.append(f"{_place(each)}{each['message']}{ended}")
        lines += [f"    fix: {each['fix']}"] if each["fix"] else []
    return "\n".join(lines)


def _place(finding: Plain) -> str:
    place = finding["location"]
    if not place:
        return ""
    return f"{place['path']}:{place['line']}: " if place["line"] else f"{place['path']}: "


def _valid(text: str) -> str:
    return _STRANGE.sub("�", text)
