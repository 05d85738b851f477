"""SARIF 2.1.0 (OASIS) as GitHub's code scanning takes it: what fails and what is advised, and nothing else.

GitHub shows whatever is a result, whatever its `kind` or suppression, so passes and waived findings are left out; it
wants a file and all four ends of a region, and takes 5,000 results. `security-severity` would put the findings
among the security alerts, so there is none
(https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pytest_productops.model import CODE
from pytest_productops.reports.entries import Entry, entries
from pytest_productops.reports.gfm import prose
from pytest_productops.reports.plain import Plain
from pytest_productops.text import clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 5000
"""So many results are shown."""
_DESCRIPTION = 1024
"""The longest description of a rule, in characters."""
_STALE = {
    "waivers": "Every waiver covers a finding.",
    "baseline": "Every entry of the baseline covers a finding.",
    "policy": "No change edits what it is judged by.",
}


def render(data: dict[str, Any]) -> str:
    """Return the report as SARIF."""
    run = {
        "tool": {"driver": _driver(data)},
        "automationDetails": {"id": "productops/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(data)],
        "results": _results(data),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(data: dict[str, Any]) -> Plain:
    tool = data["tool"]
    return {
        "name": tool["name"],
        "version": tool["version"],
        "semanticVersion": tool["version"],
        "informationUri": "https://pypi.org/project/pytest-productops/",
        "rules": list(_rules(data)),
    }


def _rules(data: dict[str, Any]) -> Iterator[Plain]:
    for rule in data["rules"]:
        tags = ["productops", rule["responsibility"], rule["level"], rule["stage"]]
        yield _rule(rule["code"], rule["name"], rule["summary"], _help(rule), list(dict.fromkeys(tags)))
    for of in sorted({each["of"] for each in data["stale"]}):
        text = [("Fix", "Delete what is not needed any more.")]
        yield _rule(of, f"unused-{of}", _STALE[of], text, ["productops", "practices"])


def _help(rule: Plain) -> list[tuple[str, str]]:
    told = [("Why", rule["why"]), ("Fix", rule["fix"])]
    return [(title, " ".join(text.split())) for title, text in told if text.strip()]


def _rule(code: str, name: str, summary: str, text: list[tuple[str, str]], tags: list[str]) -> Plain:
    summary = summary.strip() or name.strip() or code
    plain = [summary, *(f"{title}: {part}" for title, part in text)]
    marked = [prose(summary), *(f"**{title}** {prose(part)}" for title, part in text)]
    marked += [f"Good and bad examples: `productops explain {code}`"] if CODE.match(code) else []
    return {
        "id": code,
        "name": _pascal(name or code),
        "shortDescription": {"text": _unlinked(summary)},
        "fullDescription": {"text": clean(_unlinked(" ".join(plain)), limit=_DESCRIPTION)},
        "help": {"text": _unlinked("\n\n".join(plain)), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": tags, "precision": "very-high", "problem.severity": "error"},
    }


def _pascal(name: str) -> str:
    """Return a rule's name as SARIF spells names."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name).split()
    return "".join(word[0].upper() + word[1:] for word in words) or "Rule"


def _results(data: dict[str, Any]) -> list[Plain]:
    return [_result(each) for each in entries(data) if each.found][:MOST]


def _result(entry: Entry) -> Plain:
    place = {
        "artifactLocation": {"uri": quote(entry.path, errors="replace"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": entry.line, "startColumn": 1, "endLine": entry.line, "endColumn": 2},
    }
    message = f"{entry.component}: {entry.message}" if entry.component else entry.message
    told = _sentence(message) + (f" Fix: {_sentence(entry.fix)}" if entry.fix else "")
    return {
        "ruleId": entry.code,
        "level": entry.severity,
        "message": {"text": _unlinked(told)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"primaryLocationLineHash": _line_hash(entry.id)},
    }


def _line_hash(known_by: str) -> str:
    """Return the fingerprint as GitHub's own look, `hash:number`."""
    known_by, _, number = known_by.partition("-")
    return f"{known_by}:{number or 1}"


def _invocation(data: dict[str, Any]) -> Plain:
    """Return what could not be judged, as notifications: no result, and not silent either."""
    told = [
        _notification(result["rule"], "error", f"The rule crashed: {result['reason']}")
        for result in data["results"]
        if result["outcome"] == "error"
    ]
    told += [
        _notification(result["rule"], "warning", f"The rule cannot tell: {result['reason']}")
        for result in data["results"]
        if result["outcome"] == "unknown"
    ]
    left = sum(each.found for each in entries(data)) - MOST
    if left > 0:
        told.append(_notification("", "warning", f"{left} results more than {MOST} are left out."))
    # A crash is a rule's own error: the others were judged, and their results hold.
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _notification(code: str, level: str, text: str) -> Plain:
    of = {"associatedRule": {"id": code}} if code else {}
    return {"level": level, "message": {"text": _unlinked(_sentence(text))}, **of}


def _sentence(text: str) -> str:
    """Return text that ends as a sentence does: GitHub's title of a result is its first one."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _unlinked(text: str) -> str:
    """Return text in which SARIF sees no link: `[text](address)` is one in plain text too (section 3.11.6)."""
    return text.replace("](", "] (")
