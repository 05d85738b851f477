"""What starts a GitHub workflow and its jobs.

https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

from collections.abc import Mapping

from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines.document import words
from pytest_productops.facts.pipelines.model import Trigger
from pytest_productops.lazy import regex

_EVENTS: Mapping[str, tuple[Trigger, ...]] = {
    "pull_request": ("change_request",),
    "pull_request_target": ("change_request",),
    "merge_group": ("change_request",),
    "push": ("push",),
    "create": ("tag",),
    "release": ("tag",),
    "schedule": ("schedule",),
    "workflow_dispatch": ("manual",),
    "repository_dispatch": ("manual",),
    "workflow_call": ("call",),
}
_WITH_EACH_CHANGE = frozenset({"opened", "synchronize", "reopened", "ready_for_review", "edited"})
_EVERY = frozenset({"*", "**", "*/**", "**/*"})
_ONLY = regex(r"github\.event_name\s*==\s*'(\w+)'")


def listed(document: Map) -> dict[str, Map]:
    """Return the events of `on:` with their filters."""
    on = document.get("on")
    if isinstance(on, Map):
        return {name: value if isinstance(value, Map) else Map() for name, value in on.items()}
    return {name: Map() for name in words(on)}


def triggers(events: Mapping[str, Map]) -> frozenset[Trigger]:
    """Return what the events mean to us."""
    return frozenset(trigger for name, filters in events.items() for trigger in _trigger(name, filters))


def _trigger(name: str, filters: Map) -> tuple[Trigger, ...]:
    """Return what an event with its filters stands for."""
    types = set(words(filters.get("types")))
    if name.startswith("pull_request") and types and not types & _WITH_EACH_CHANGE:
        return ("manual",)
    if name == "push" and ("tags" in filters or "tags-ignore" in filters):
        return ("push", "tag") if "branches" in filters or "branches-ignore" in filters else ("tag",)
    if name == "push" and "branches" not in filters and "branches-ignore" not in filters:
        return ("push", "tag")
    return _EVENTS.get(name, ())


def any_branch(events: Mapping[str, Map]) -> bool:
    """Whether a push starts it whatever the branch."""
    push = events.get("push")
    if push is None or "push" not in _trigger("push", push):
        return False
    return "branches" not in push or bool(_EVERY.intersection(words(push["branches"])))


def narrowed(condition: str, events: Mapping[str, Map]) -> Mapping[str, Map]:
    """Return the events that a condition of the form `github.event_name == 'x' && ...` leaves."""
    only = _ONLY.findall(condition)
    if not only or "||" in condition or "!(" in condition:
        return events
    return {name: filters for name, filters in events.items() if name in only}
