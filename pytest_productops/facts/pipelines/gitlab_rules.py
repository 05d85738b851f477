"""When a GitLab job runs: `rules`, `only`/`except` and `workflow: rules`, judged for six kinds of pipeline.

https://docs.gitlab.com/ci/jobs/job_rules/ and https://docs.gitlab.com/ci/variables/predefined_variables/.
What cannot be judged (regular expressions, a project's own variables) counts as "may run".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.pipelines.model import Trigger
from pytest_productops.lazy import regex

_MAIN = "\0main"
EVENTS: Mapping[str, Mapping[str, str | None]] = {
    name: {"CI_PIPELINE_SOURCE": source, "CI_COMMIT_BRANCH": branch, "CI_COMMIT_TAG": tag,
           "CI_COMMIT_REF_NAME": branch or tag, "CI_DEFAULT_BRANCH": _MAIN,
           **dict.fromkeys(("CI_MERGE_REQUEST_IID", "CI_MERGE_REQUEST_ID", "CI_MERGE_REQUEST_PROJECT_ID",
                            "CI_MERGE_REQUEST_REF_PATH"), request)}
    for name, source, branch, tag, request in (
        ("change_request", "merge_request_event", None, None, "\0id"),
        ("push", "push", "\0branch", None, None),
        ("main", "push", _MAIN, None, None),
        ("tag", "push", None, "\0tag", None),
        ("schedule", "schedule", _MAIN, None, None),
        ("manual", "web", _MAIN, None, None),
    )
}  # fmt: skip
_TOKEN = regex(
    r"\s*(?:(?P<op>&&|\|\||==|!=|=~|!~|\(|\))|\$\{?(?P<var>\w+)\}?|\"(?P<dq>[^\"]*)\"|'(?P<sq>[^']*)'"
    r"|(?P<null>null)\b|(?P<regex>/(?:\\.|[^/\\])*/\w*))"
)
_KEYWORDS: Mapping[str, frozenset[str]] = {
    "change_request": frozenset({"merge_requests", "external_pull_requests"}),
    "push": frozenset({"branches", "pushes"}),
    "main": frozenset({"branches", "pushes"}),
    "tag": frozenset({"tags", "pushes"}),
    "schedule": frozenset({"branches", "schedules"}),
    "manual": frozenset({"branches", "web"}),
}
_ALL_KEYWORDS = frozenset().union(*_KEYWORDS.values()) | {"api", "triggers", "pipelines", "chat", "external"}


def starts(job: Mapping[str, Any], workflow: Any) -> frozenset[str]:
    """Return the names of the `EVENTS` in which a job runs by itself (or may)."""
    return frozenset(event for event in EVENTS if _workflow(workflow, event) and _runs(job, workflow, event))


def triggers(events: frozenset[str]) -> frozenset[Trigger]:
    """Return what the events mean to us."""
    names: dict[str, Trigger] = {"change_request": "change_request", "push": "push", "main": "push",
                                 "tag": "tag", "schedule": "schedule", "manual": "manual"}  # fmt: skip
    return frozenset(names[event] for event in events) or frozenset({"manual"})


def _workflow(workflow: Any, event: str) -> bool:
    rules = workflow.get("rules") if isinstance(workflow, Mapping) else None
    return _chosen(rules, event, "always") if isinstance(rules, list) else True


def _runs(job: Mapping[str, Any], workflow: Any, event: str) -> bool:
    when = str(job.get("when", "on_success"))
    if isinstance(job.get("rules"), list):
        return _chosen(job["rules"], event, when)
    if when in ("manual", "never"):
        return False
    if "only" not in job and "except" not in job:
        in_requests = isinstance(workflow, Mapping) and isinstance(workflow.get("rules"), list)
        return event != "change_request" or in_requests
    if "only" in job and not _refs(job["only"], event, unsure=True, default=("branches", "tags")):
        return False
    return not ("except" in job and _refs(job["except"], event, unsure=False, default=()))


def _chosen(rules: list[Any], event: str, when: str) -> bool:
    """Whether the first rule that fits (or one before it that may) adds the job to the pipeline."""
    for rule in rules:
        if not isinstance(rule, Mapping):
            return True
        fits = evaluate(str(rule["if"]), EVENTS[event]) if "if" in rule else True
        certain = fits is True and not {"changes", "exists"} & set(rule)
        runs = str(rule.get("when", when)) not in ("never", "manual")
        if fits is not False and runs:
            return True
        if certain:
            return False
    return False


def _refs(value: Any, event: str, *, unsure: bool, default: tuple[str, ...]) -> bool:
    """Whether `only`/`except` names the event; a pattern or other condition counts as `unsure`."""
    refs = value.get("refs", default if unsure else None) if isinstance(value, Mapping) else value
    if isinstance(value, Mapping) and not unsure and set(value) - {"refs"}:
        return False
    listed = [str(ref) for ref in (refs if isinstance(refs, (list, tuple)) else [refs]) if ref is not None]
    if _KEYWORDS[event].intersection(listed):
        return True
    branch = [ref for ref in listed if ref not in _ALL_KEYWORDS]
    patterns = [ref for ref in branch if ref.startswith("/")]
    if event in ("push", "main", "schedule", "manual", "tag") and patterns:
        return unsure
    return bool(branch) and event in ("main", "schedule", "manual") and unsure


def evaluate(expression: str, values: Mapping[str, str | None]) -> bool | None:
    """Return whether a rule's `if` holds with these variables; None where that is not known."""
    try:
        parser = _Parser(expression, values)
        found = parser.any_of()
        return found if parser.at_end() else None
    except (IndexError, RecursionError):
        return None


_UNKNOWN = object()


class _Parser:
    """Three-valued: True, False, or None for unknown."""

    def __init__(self, expression: str, values: Mapping[str, str | None]) -> None:
        self.values = values
        self.tokens: list[re.Match[str]] = []
        at, end = 0, len(expression.rstrip())
        while at < end:
            match = _TOKEN.match(expression, at)
            if match is None:
                raise IndexError
            self.tokens.append(match)
            at = match.end()
        self.at = 0

    def at_end(self) -> bool:
        return self.at == len(self.tokens)

    def _peek(self) -> str:
        return (self.tokens[self.at]["op"] or "") if self.at < len(self.tokens) else ""

    def any_of(self) -> bool | None:
        found = [self._all_of()]
        while self._peek() == "||":
            self.at += 1
            found.append(self._all_of())
        return True if True in found else None if None in found else False

    def _all_of(self) -> bool | None:
        found = [self._comparison()]
        while self._peek() == "&&":
            self.at += 1
            found.append(self._comparison())
        return False if False in found else None if None in found else True

    def _comparison(self) -> bool | None:
        if self._peek() == "(":
            self.at += 1
            inner = self.any_of()
            self.at += 1
            return inner
        left = self._value()
        operator = self._peek()
        if operator not in ("==", "!=", "=~", "!~"):
            return None if left is _UNKNOWN else bool(left)
        self.at += 1
        return _compare(left, operator, self._value())

    def _value(self) -> Any:
        token = self.tokens[self.at]
        self.at += 1
        if token["var"]:
            return self.values.get(token["var"], _UNKNOWN)
        if token["regex"]:
            return _UNKNOWN
        return None if token["null"] else token["dq"] if token["dq"] is not None else token["sq"]


def _compare(left: Any, operator: str, right: Any) -> bool | None:
    if operator in ("=~", "!~"):
        return (operator == "!~") if left is None else None
    if left is _UNKNOWN or right is _UNKNOWN:
        return None
    pair = {left, right}
    named = any(isinstance(value, str) and value.isprintable() for value in pair)
    if _MAIN in pair and named:
        return None  # a branch by name: it may be the default one
    return bool((left == right) == (operator == "=="))
