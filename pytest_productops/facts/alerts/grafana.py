"""Alerts that Grafana is provisioned with, and Datadog monitors as JSON.

https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/;
https://docs.datadoghq.com/api/latest/monitors/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_productops.facts.alerts.model import Alert
from pytest_productops.facts.formats.json5 import Loaded
from pytest_productops.facts.formats.yaml import Map
from pytest_productops.lazy import regex
from pytest_productops.model import Location

MONITOR = regex(
    r"\"(?:query|metric|log|event-v2|service check|composite|process|rum|trace-analytics|slo)(?: alert)?\""
)
_HANDLE = regex(r"(?<![\w.])@(?!mention)[a-zA-Z][\w.@-]+")


def provisioned(data: Any, path: str, line: int = 0) -> Iterator[Alert]:
    """Yield the rules of a file of provisioning, in YAML or JSON."""
    groups = data.get("groups") if isinstance(data, dict) else None
    for group in groups if isinstance(groups, list) else ():
        rules = group.get("rules") if isinstance(group, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            if isinstance(rule, dict) and isinstance(rule.get("title"), str) and "data" in rule:
                at = rule.lines["title"] if isinstance(rule, Map) else line
                yield _rule(rule, Location(path, at))


def _rule(rule: Mapping[str, Any], location: Location) -> Alert:
    settings = rule.get("notification_settings") or rule.get("notificationSettings")
    told = settings.get("receiver") if isinstance(settings, dict) else ""
    return Alert(
        rule["title"], location, _texts(rule, "labels"), _texts(rule, "annotations"), str(told or "")
    )


def monitor(loaded: Loaded, path: str) -> Iterator[Alert]:
    """Yield the monitor that a JSON file is, or the monitors of its list."""
    data = loaded.data
    several = data.get("monitors") if isinstance(data, dict) else data
    found = several if isinstance(several, list) else [data]
    for each in found:
        if isinstance(each, dict) and {"query", "message", "type", "name"} <= each.keys():
            message = str(each["message"])
            yield Alert(
                str(each["name"]),
                Location(path, loaded.line("name")),
                _tags(each),
                {"message": message},
                handles(message),
                "message",
            )


def _tags(each: Mapping[str, Any]) -> dict[str, str]:
    tags = each.get("tags")
    pairs = (str(tag).partition(":") for tag in tags) if isinstance(tags, list) else ()
    priority = {"priority": str(each["priority"])} if each.get("priority") else {}
    return {**{key: value for key, _, value in pairs}, **priority}


def handles(message: str) -> str:
    """Return whom a message of Datadog notifies."""
    found = _HANDLE.search(message)
    return found[0] if found else ""


def _texts(rule: Mapping[str, Any], key: str) -> dict[str, str]:
    given = rule.get(key)
    return {k: str(v) for k, v in given.items() if v is not None} if isinstance(given, dict) else {}
