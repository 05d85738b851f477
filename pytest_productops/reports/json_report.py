"""The JSON report: one versioned format, made of plain verdicts, so that both faces write the same bytes.

`report.schema.json` describes it. A minor version only adds. There is no time, no duration and no machine in it: the
same repository, rules, policy and day give the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from types import MappingProxyType
from typing import Any

from pytest_productops.facts.state import State
from pytest_productops.gate import ITEMS, Gate
from pytest_productops.model import UNJUDGED, Outcome, Report, Rule
from pytest_productops.reports import plain, scores
from pytest_productops.reports.anchors import Anchors
from pytest_productops.reports.plain import Plain
from pytest_productops.text import IN_A_LINE, UNSAFE, clean

FORMAT = "1.1"
TOOL = "pytest-productops"
Patches = Mapping[str, Plain]
"""A finding's fingerprint -> its patch: `safety`, `title` and `diff`."""
_NONE: Patches = MappingProxyType({})


def said(report: Report) -> Iterator[Plain]:
    """Yield what a report holds as plain verdicts, what is stale last."""
    yield from map(plain.verdict, report.verdicts)
    for of in ITEMS:
        yield plain.stale(of, (each for each in report.stale if each.of == of))


def document(
    gate: Gate,
    given: Iterable[Plain],
    own: Set[str] = frozenset(),
    patches: Patches = _NONE,
    notes: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the report on a repository as data; `own` are paths that this run itself writes.

    `notes` are told beside those of the gate.
    """
    verdicts = list(given)
    anchors = Anchors(gate)
    results = sorted(
        (_result(each, gate, anchors, patches) for each in verdicts if each["rule"] not in ITEMS),
        key=lambda result: (result["rule"], result["component"]),
    )
    stale = [each for verdict in verdicts if verdict["rule"] in ITEMS for each in _stale(verdict, anchors)]
    partial = _partial(gate, verdicts)
    return {
        "schema_version": FORMAT,
        "tool": _tool(gate),
        "repository": _repository(gate, own),
        "config": _config(gate),
        "as_of": gate.repository.now.isoformat(),
        "partial": partial,
        "summary": _summary(gate, results, stale, partial=partial),
        "rules": [_rule(rule, gate) for rule in gate.rules],
        "results": results,
        "stale": sorted(stale, key=lambda each: (ITEMS.index(each["of"]), each["key"])),
        "notes": [*gate.notes, *notes],
    }


def render(data: dict[str, Any]) -> str:
    """Return the report as text: UTF-8, but what a terminal or a log obeys, or nobody sees, as JSON's own escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    text = UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else _escaped(match[0]), text)
    return IN_A_LINE.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"


def fingerprint(code: str, component: str, key: str) -> str:
    """Return what a finding is known by from one report to the next."""
    return hashlib.sha256(f"{code}\0{component}\0{key}".encode(errors="replace")).hexdigest()[:16]


def _tool(gate: Gate) -> Plain:
    packs = [
        {
            "name": pack.name,
            "distribution": pack.distribution,
            "version": pack.version,
            "rules": [*pack.codes],
        }
        for pack in sorted(gate.settings.stack.catalogue.packs)
    ]
    return {"name": TOOL, "version": importlib.metadata.version(TOOL), "packs": packs}


def _repository(gate: Gate, own: Set[str]) -> Plain:
    state = gate.repository[State]
    return {
        "name": clean(gate.repository.root.name),
        "commit": gate.commit or None,
        "changed": bool(state.changed - own) if gate.commit else None,
        "tags": state.tags or None,
        "history": state.history,
    }


def _config(gate: Gate) -> Plain:
    policy = gate.settings.policy
    return {
        "profiles": [*policy.profiles],
        "level": policy.level,
        "stage": gate.settings.stage,
        "unknown_fails": policy.unknown_fails,
        "stale_fails": gate.settings.in_ci,
        "source": policy.source,
        "digest": policy.digest,
        "policies": [each._asdict() for each in policy.extends],
        "settings": {
            key: {"value": _value(setting.value), "from": setting.place.replace("--productops-", "--")}
            for key, setting in gate.settings.stack.resolved.items()
        },
    }


def _summary(gate: Gate, results: list[Plain], stale: list[Plain], *, partial: bool) -> Plain:
    outcomes = [Outcome(result["outcome"]) for result in results]
    judged = sum(outcome not in UNJUDGED for outcome in outcomes)
    bad = {Outcome.FAIL, Outcome.ERROR, *([Outcome.UNKNOWN] if gate.settings.policy.unknown_fails else [])}
    failed = bad.intersection(outcomes) or any(each["outcome"] == Outcome.FAIL.value for each in stale)
    responsibilities = [{"code": rule.code, "responsibility": rule.responsibility} for rule in gate.rules]
    return {
        "verdict": "fail" if failed or not judged else "pass",
        "level": None if partial else _level(gate, results),
        **scores.summary(results, responsibilities),
        "selected": len(gate.rules),
        "results": len(results),
        "judged": judged,
        "counts": scores.counted(results),
    }


def _level(gate: Gate, results: Iterable[Plain]) -> Plain | None:
    levels = {rule.code: rule.level for rule in gate.rules}
    found = gate.reached((r["rule"], levels[r["rule"]], Outcome(r["outcome"])) for r in results)
    return found and {"reached": found.level, "next": found.following, "obstacles": [*found.obstacles]}


def _rule(rule: Rule, gate: Gate) -> Plain:
    terms = gate.settings.terms(rule)
    packs = gate.settings.stack.catalogue.packs
    return {
        "code": rule.code,
        "name": rule.name,
        "pack": next((pack.name for pack in packs if rule.code in pack.codes), ""),
        "responsibility": rule.responsibility,
        "level": rule.level,
        "stage": rule.stage,
        "summary": rule.manual.summary,
        "why": rule.manual.why,
        "fix": rule.manual.fix,
        "options": {name: _value(terms.options[name]) for name in sorted(terms.options)},
        "enforce_from": terms.enforce_from and terms.enforce_from.isoformat(),
        "waivable": terms.waivable,
    }


def _result(verdict: Plain, gate: Gate, anchors: Anchors, patches: Patches) -> Plain:
    code, component = verdict["rule"], verdict["component"]
    own = gate.settings.overlays.get(component, {}).get(code, {})
    return {
        "rule": code,
        "component": component,
        "subject": f"{component}::{code}" if component else code,
        "outcome": verdict["outcome"],
        "reason": verdict["reason"],
        "looked_at": verdict["looked_at"],
        "options": {name: _value(own[name]) for name in sorted(own)},
        "findings": [
            _finding(code, component, each, patches) | {"anchor": anchors.of(component, each)}
            for each in verdict["findings"]
        ],
        "evidence": verdict["evidence"],
    }


def _finding(code: str, component: str, finding: Plain, patches: Patches) -> Plain:
    known_by = fingerprint(code, component, finding["key"])
    return {
        "fingerprint": known_by,
        "key": finding["key"],
        "message": finding["message"],
        "location": _location(finding),
        "fix": finding["fix"],
        "patch": patches.get(known_by),
        "outcome": finding["outcome"],
        "why": finding["why"],
        "accepted": finding["accepted"],
        "evidence": finding["evidence"],
    }


def _stale(verdict: Plain, anchors: Anchors) -> Iterator[Plain]:
    for finding in verdict["findings"]:
        told = {name: finding[name] for name in ("key", "message", "fix", "outcome")}
        places = {"location": _location(finding), "anchor": anchors.of("", finding)}
        yield {"of": verdict["rule"], **told, **places}


def _location(finding: Plain) -> Plain | None:
    return {"path": finding["path"], "line": finding["line"]} if finding["path"] else None


def _partial(gate: Gate, verdicts: Iterable[Plain]) -> bool:
    """Whether something was selected and not judged, as with `pytest -k`."""
    given = {(verdict["rule"], verdict["component"]) for verdict in verdicts}
    places = ((r.code, c.folder) for r in gate.rules for c in gate.components_of(r))
    upkeep = ((of, "") for of in gate.upkeep)
    return not given.issuperset((*places, *upkeep))


def _value(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
