"""Objectives in the YAML of OpenSLO, Sloth, Pyrra, slo-generator and Nobl9."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.formats.yaml import Map, walk
from pytest_productops.facts.slos.model import Objective, Part
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MENTIONED = regex(
    r"(?m)^[ \t]*kind:[ \t]*[\"']?(?:SLO|PrometheusServiceLevel|ServiceLevelObjective)\b"
    r"|^version:[ \t]*[\"']?prometheus/v1"
)
_KINDS = frozenset({"SLO", "ServiceLevelObjective"})
_OWNER = frozenset(
    {"owner", "owners", "team", "squad", "contact", "responsible", "maintainer", "service_owner"}
)
_ALERTED_BY_ITSELF = "pyrra.dev"


def objectives(document: Any, path: str) -> Iterator[Objective]:
    """Yield the objectives of a document."""
    if not isinstance(document, Map):
        return
    spec = document["spec"] if isinstance(document.get("spec"), Map) else document
    sloth = document.get("version") == "prometheus/v1" or document.get("kind") == "PrometheusServiceLevel"
    around = _owned(document)
    if sloth and isinstance(spec.get("slos"), list):
        for each in spec["slos"]:
            if isinstance(each, Map):
                yield _sloth(each, path, around | _owned(each) | _owned(spec))
    elif document.get("kind") in _KINDS:
        yield _objective(document, spec, path, around | _owned(spec))


def _sloth(each: Map, path: str, around: frozenset[Part]) -> Objective:
    """Read one of Sloth; its window is the generator's 30 days, and it makes the alerts."""
    alerting = each.get("alerting")
    off = isinstance(alerting, Map) and all(
        isinstance(kind, Map) and kind.get("disable") is True
        for kind in (
            alerting.get("page_alert", alerting.get("pageAlert")),
            alerting.get("ticket_alert", alerting.get("ticketAlert")),
        )
    )
    has: dict[Part, Any] = {
        "indicator": each.get("sli"),
        "target": number(each.get("objective")),
        "window": True,
        "alert": isinstance(alerting, Map) and not off,
    }
    return Objective(str(each.get("name", "")), Location(path, each.line), around | _there(has))


def _objective(document: Map, spec: Map, path: str, around: frozenset[Part]) -> Objective:
    metadata = document.get("metadata")
    name = str(metadata.get("name", "")) if isinstance(metadata, Map) else ""
    listed = spec.get("objectives")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], Map) else Map()
    targets = (first.get("target"), first.get("targetPercent"), spec.get("target"), spec.get("goal"))
    has: dict[Part, Any] = {
        "indicator": any(spec.get(key) for key in ("indicator", "indicatorRef", "service_level_indicator"))
        or any(
            first.get(key)
            for key in ("ratioMetrics", "ratioMetric", "indicator", "countMetrics", "rawMetric")
        ),
        "target": any(map(number, targets)),
        "window": any(
            spec.get(key) for key in ("timeWindow", "timeWindows", "window", "error_budget_policy")
        ),
        "alert": spec.get("alertPolicies") or (_pyrra(document) and not _disabled(spec)),
        "consequence": spec.get("error_budget_policy") or spec.get("errorBudgetPolicy"),
    }
    return Objective(name, Location(path, document.line), around | _there(has))


def _pyrra(document: Map) -> bool:
    return str(document.get("apiVersion", "")).startswith(_ALERTED_BY_ITSELF)


def _disabled(spec: Map) -> bool:
    alerting = spec.get("alerting")
    return isinstance(alerting, Map) and alerting.get("disabled") is True


def _there(has: Mapping[Part, Any]) -> frozenset[Part]:
    return frozenset(part for part, value in has.items() if value)


def _owned(node: Map) -> frozenset[Part]:
    """Return that there is an owner, where labels, annotations or keys of a node name one."""
    holders = [
        node,
        *(each for key in ("metadata", "labels", "annotations") for each in _maps(node.get(key))),
    ]
    named = any(
        key.lower().rpartition("/")[2] in _OWNER and value for each in holders for key, value in each.items()
    )
    return frozenset({"owner"}) if named else frozenset()


def _maps(node: Any) -> list[Map]:
    return [each for each in walk(node) if isinstance(each, Map)] if isinstance(node, Map) else []


def number(value: Any) -> bool:
    """Whether a value is a number above 0, be it written as a text."""
    try:
        return not isinstance(value, bool) and float(str(value).rstrip("% ")) > 0
    except ValueError:
        return False
