"""Alerts in Terraform: Datadog monitors, CloudWatch alarms, Grafana rule groups.

A part that is an expression may be anything, so it is hidden. A CloudWatch alarm has no severity of its own: the
topics that it goes to tell how urgent it is, so that part is hidden too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.alerts.grafana import handles
from pytest_productops.facts.alerts.model import Alert, Part
from pytest_productops.facts.formats.hcl import Block, blocks
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MENTIONED = regex(r"\b(?:datadog_monitor|aws_cloudwatch_(?:metric|composite)_alarm|grafana_rule_group)\b")
_DYNAMIC = regex(
    r"\$\{|^(?:var|local|module|data|each|format|templatefile|join|file|coalesce|lookup|try|\(|\w+\()|[?]"
)
_ALARMS = frozenset({"aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"})
_SCALING = regex(r"autoscaling|scaling_policy|scale_(?:up|down|in|out)|_policy\.")
_PAIR = regex(r"[\"']?([\w-]+)[\"']?\s*[=:]\s*\"([^\"\n]*)\"")
_TAG = regex(r"\"([\w-]+):([^\"]+)\"")


def parsed(text: str, path: str) -> Iterator[Alert]:
    """Yield the alerts of a file."""
    for block in blocks(text, "resource"):
        kind, name = (*block.labels, "", "")[:2]
        if kind == "datadog_monitor":
            yield _monitor(block, name, path)
        elif kind.startswith("aws_cloudwatch_"):
            yield from _alarm(block, kind, name, path)
        elif kind == "grafana_rule_group":
            yield from _rules(block, path)


def _hidden(**parts: str) -> frozenset[Part]:
    return frozenset(part for part, text in parts.items() if _DYNAMIC.search(text))  # type: ignore[misc]


def _monitor(block: Block, name: str, path: str) -> Alert:
    message, tags, priority = (block.attribute(key) for key in ("message", "tags", "priority"))
    labels = {**dict(_TAG.findall(tags)), **({"priority": priority} if priority else {})}
    loose = next(filter(_DYNAMIC.search, (tags, message)), "")
    hidden = _hidden(summary=message, runbook=message, owner=loose, severity=tags or priority)
    place = Location(path, block.line)
    return Alert(name, place, labels, {"message": message}, handles(message), "message", hidden)


def _alarm(block: Block, kind: str, name: str, path: str) -> Iterator[Alert]:
    """Yield an alarm that goes to somebody; one without actions, or that scales, is no alert."""
    actions, said = block.attribute("alarm_actions"), block.attribute("alarm_description")
    if kind not in _ALARMS or not actions.strip("[] \n\t"):
        return
    if _SCALING.search(actions) or block.attribute("actions_enabled") == "false":
        return
    labels = dict(_PAIR.findall(block.attribute("tags")))
    hidden = _hidden(summary=said, runbook=said)
    words = {"description": said}
    place = Location(path, block.line)
    yield Alert(name, place, labels, words, actions, "alarm_description", hidden | {"severity"})


def _rules(group: Block, path: str) -> Iterator[Alert]:
    for rule in group.blocks("rule"):
        labels, annotations = (rule.attribute(key) for key in ("labels", "annotations"))
        receivers = (block.attribute("contact_point") for block in rule.blocks("notification_settings"))
        hidden = _hidden(severity=labels, owner=labels, summary=annotations, runbook=annotations)
        yield Alert(
            rule.attribute("name"), Location(path, rule.line), dict(_PAIR.findall(labels)),
            dict(_PAIR.findall(annotations)), next(receivers, ""), hidden=hidden,
        )  # fmt: skip
