"""Alerts of Prometheus, wherever its rules are written in YAML: files, PrometheusRule, Mimir, Helm values, ConfigMaps.

https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/;
https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.alerts.model import Alert
from pytest_productops.facts.formats.yaml import Map, Seq, YamlError, read_all
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MAX_DEPTH = 60
MENTIONED = regex(r"(?m)^[ \t]*-?[ \t]*[\"']?alert[\"']?:[ \t]*\S")
_ALWAYS = regex(r"(?i).*(?:watchdog|dead-?_?man|heart-?beat|info-?inhibitor).*")
"""What fires all the time on purpose, or only silences others."""


def alerts(
    node: Any, path: str, labels: Mapping[str, str], shift: int = 0, depth: int = 0
) -> Iterator[Alert]:
    """Yield the alerts anywhere in a document; `labels` are those of what is around."""
    if depth > MAX_DEPTH:
        return
    if isinstance(node, Seq):
        for child in node:
            yield from alerts(child, path, labels, shift, depth + 1)
    elif isinstance(node, Map):
        yield from _in_map(node, path, labels, shift, depth)


def _in_map(node: Map, path: str, labels: Mapping[str, str], shift: int, depth: int) -> Iterator[Alert]:
    if isinstance(node.get("alert"), str) and "expr" in node:
        if not _ALWAYS.fullmatch(node["alert"]):
            yield _alert(node, path, labels, shift)
        return
    metadata = node.get("metadata")
    around = {
        **labels,
        **(texts(metadata.get("labels")) if isinstance(metadata, Map) else {}),
        **(texts(node.get("labels")) if "rules" in node else {}),
    }
    for key, child in node.items():
        if isinstance(child, str) and "\n" in child and MENTIONED.search(child):
            yield from _embedded(child, path, around, shift + node.lines[key] - 1, depth)
        else:
            yield from alerts(child, path, around, shift, depth + 1)


def _embedded(text: str, path: str, labels: Mapping[str, str], shift: int, depth: int) -> Iterator[Alert]:
    """Yield the alerts of a file that is the value of a key."""
    for document in read_all(text, path):
        yield from alerts(document.value, path, labels, shift, depth + 1)


def _alert(node: Map, path: str, labels: Mapping[str, str], shift: int) -> Alert:
    own, annotations = texts(node.get("labels")), texts(node.get("annotations"))
    whole = {key: text for key, text in labels.items() if key not in own}
    place = Location(path, node.lines["alert"] + shift)
    return Alert(node["alert"], place, {**own, **whole}, annotations)


def texts(node: Any) -> dict[str, str]:
    """Return the scalars of a mapping as texts."""
    pairs = node.items() if isinstance(node, Map) else ()
    return {key: str(value) for key, value in pairs if isinstance(value, (str, int, float))}


def parsed(text: str, path: str) -> tuple[Alert, ...]:
    """Return the alerts of a YAML text; raise `YamlError`."""
    return tuple(alert for document in read_all(text, path) for alert in alerts(document.value, path, {}))


__all__ = ["MENTIONED", "YamlError", "alerts", "parsed", "texts"]
