"""Markdown for the summary of a job or the comment on a change: the verdict first, then what to do about it.

A job's summary holds 1 MiB, a comment 65,536 characters; a report that is longer is cut between rules and says so.
No text of the repository is markup, and nobody is mentioned (see `gfm`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pytest_productops.reports.entries import UNJUDGED, failing
from pytest_productops.reports.gfm import code, escaped, fenced, prose
from pytest_productops.reports.plain import Plain
from pytest_productops.reports.sections import Block, Section, fitted
from pytest_productops.reports.summary import of_report

LIMIT = 900 * 2**10
"""The longest summary of a job, in bytes: GitHub takes 1 MiB for all of a step."""
_FINDINGS = 20
"""So many findings of one rule are listed."""
_PATCH = 8_000
"""The longest patch that is shown, in characters."""
_COLUMNS = ("pass", "fail", "advisory", "waived", "baselined", "not-applicable", "unknown", "error")


def render(data: dict[str, Any]) -> str:
    """Return the report for the summary of a job."""
    return fitted(head(data), sections(data), LIMIT, lambda text: len(text.encode()))


def head(data: dict[str, Any]) -> str:
    """Return the verdict, the summary in a sentence, and the scores."""
    told = data["summary"]
    word = "passed" if told["verdict"] == "pass" else "failed"
    commit = f" at {code(data['repository']['commit'][:7])}" if data["repository"]["commit"] else ""
    lines = [
        f"## Product operations: {word}",
        f"**{escaped(data['repository']['name'])}**{commit}: {of_report(data)}. {_score(told)}{_level(told)}".rstrip(),
    ]
    return "\n\n".join([*lines, "\n".join(_table(told))])


def sections(data: dict[str, Any]) -> Iterator[Section]:
    """Yield the sections, the most urgent first."""
    rules = {rule["code"]: rule for rule in data["rules"]}
    for title, outcomes in (("Failures", failing(data)), ("Advisories", {"advisory"})):
        chosen = [each for each in data["results"] if each["outcome"] in outcomes]
        yield Section(title, tuple(_rule(each, rules[each["rule"]]) for each in chosen), "rules")
    yield Section("Waivers and baseline without use", tuple(_stale(data)), "entries", "\n")
    yield Section("Announced", tuple(Block(f"- {prose(note)}") for note in data["notes"]), "notes", "\n")
    yield Section("Not checked, and why", tuple(_unjudged(data, rules)), "reasons", "\n")
    yield Section("Accepted for now", tuple(_accepted(data, rules)), "rules", "\n")


def _score(told: Plain) -> str:
    if told["score"] is None:
        return ""
    accepted = told["score"] != told["raw_score"]
    raw = f" ({told['raw_score']:g} without waivers and baseline)" if accepted else ""
    return f"Score **{told['score']:g}** of 100{raw}. "


def _level(told: Plain) -> str:
    level = told["level"]
    if not level:
        return ""
    missing = (
        f"; {level['next']} needs {', '.join(map(escaped, level['obstacles']))}" if level["next"] else ""
    )
    return f"Level reached: {level['reached'] or 'none yet'}{missing}."


def _table(told: Plain) -> Iterator[str]:
    yield f"| responsibility | score | raw | {' | '.join(_COLUMNS)} |"
    yield f"| --- {'| ---: ' * (len(_COLUMNS) + 2)}|"
    yield from (_row(escaped(each["id"]), each) for each in told["responsibilities"])
    yield _row("**all**", told)


def _row(name: str, told: Plain) -> str:
    numbers = ["-" if told[key] is None else f"{told[key]:g}" for key in ("score", "raw_score")]
    counts = [str(told["counts"].get(column, 0)) for column in _COLUMNS]
    return f"| {name} | {' | '.join([*numbers, *counts])} |"


def _rule(result: Plain, rule: Plain) -> Block:
    """Return a rule that fails: its findings, and folded away why it is there, how to mend it, and the patches."""
    home = f"{escaped(rule['responsibility'])}, {rule['level']}"
    title = f"**{escaped(result['subject'])}** {prose(rule['name'])} ({home})"
    shown = [each for each in result["findings"] if each["outcome"] in {"fail", "advisory"}]
    lines = [line for each in shown[:_FINDINGS] for line in _finding(each)]
    left = len(shown) - _FINDINGS
    lines += [f"- and {left} more"] if left > 0 else []
    lines += [f"- {UNJUDGED[result['outcome']]}: {prose(result['reason'])}"] if not shown else []
    short = "\n".join([title, "", *lines])
    inner = [f"**{name}** {prose(rule[key])}" for name, key in (("Why", "why"), ("Fix", "fix")) if rule[key]]
    inner += [_patch(each["patch"]) for each in shown[:_FINDINGS] if each["patch"]]
    inner += (
        [f"`productops explain {escaped(rule['code'])}` shows a good and a bad example."] if inner else []
    )
    if not inner:
        return Block(short)
    folded = "\n\n".join(["<details><summary>why, and how to mend it</summary>", *inner, "</details>"])
    return Block(f"{short}\n\n{folded}", short)


def _finding(finding: Plain) -> Iterator[str]:
    place = f"{code(_place(finding['location']))} " if finding["location"] else ""
    why = f" ({prose(finding['why'])})" if finding["why"] else ""
    yield f"- {place}{prose(finding['message'])}{why}"
    if finding["fix"]:
        yield f"  <br>fix: {prose(finding['fix'])}"


def _place(location: Plain) -> str:
    return f"{location['path']}:{location['line']}" if location["line"] else str(location["path"])


def _patch(patch: Plain) -> str:
    said = f"{prose(patch['title'])} ({patch['safety']})"
    if len(patch["diff"]) > _PATCH:
        return f"{said}: a patch of {patch['diff'].count(chr(10)) + 1} lines, too long to be shown here."
    return f"{said}:\n\n{fenced(patch['diff'], 'diff')}"


def _stale(data: dict[str, Any]) -> Iterator[Block]:
    for each in data["stale"]:
        place = f"{code(_place(each['location']))} " if each["location"] else ""
        yield Block(f"- {place}{prose(each['message'])}: {prose(each['fix'])}")


def _unjudged(data: dict[str, Any], rules: dict[str, Plain]) -> Iterator[Block]:
    """Yield what cannot tell and, folded away, what does not apply."""
    if "unknown" not in failing(data):
        yield from (
            Block(f"- {_named(each, rules)}: {prose(each['reason'])}")
            for each in data["results"]
            if each["outcome"] == "unknown"
        )
    if data["partial"]:
        yield Block("- A part of the selected rules was not asked.")
    lines = [
        f"- {_named(each, rules)}: {prose(each['reason'])}"
        for each in data["results"]
        if each["outcome"] == "not-applicable"
    ]
    if lines:
        title = f"\n<details><summary>{len(lines)} not applicable</summary>"
        yield Block("\n".join([title, "", *lines, "", "</details>"]), f"- {len(lines)} not applicable")


def _accepted(data: dict[str, Any], rules: dict[str, Plain]) -> Iterator[Block]:
    for result in data["results"]:
        found = [each for each in result["findings"] if each["outcome"] in {"waived", "baselined"}]
        reasons = dict.fromkeys(f"{each['outcome']}, {each['why']}" for each in found)
        if found:
            number = f"{len(found)} finding{'s' if len(found) > 1 else ''}"
            yield Block(f"- {_named(result, rules)}: {number}; {prose('; '.join(reasons))}")


def _named(result: Plain, rules: dict[str, Plain]) -> str:
    return f"{escaped(result['subject'])} {prose(rules[result['rule']]['name'])}"
