"""The words of what is written about rolling back; see `facts.operations.rollback`."""

from __future__ import annotations

import re

from pytest_productops.lazy import regex

ACTS = regex(
    r"\b(?:roll-?back|undo|revert|reset|checkout|deploy|redeploy|upgrade|downgrade|set image|apply|push|restore|promote"
    r"|swap|up|switch|release|releases|run|migrate|pg_restore|sync|update|update-service|update-traffic|install|play)\b"
    r"|^(?:\./|ansible-playbook\b|systemctl\b|cap\b|kamal\b|nomad\b)",
    re.IGNORECASE,
)
"""A command of another tool that changes what runs, not one that only looks."""
FIRST = regex(r"(?:\d+ |how to )?(?:roll|revert|downgrad|go(?:ing)? back)")
"""How a heading begins that is about nothing else."""
MENTIONED = regex(
    r"\b(?:roll(?:ed|ing|s)?[- ]?backs?|revert(?:s|ed|ing)?|go(?:ing)? back to|restor(?:e|ing)|re-?deploy\w*)\b.{0,60}"
    r"\b(?:deploy\w*|releases?|versions?|commits?|PRs?|pull requests?|merge requests?|merges?|images?|snapshot)\b"
    r"|\bprevious (?:versions?|releases?|images?|tags?|builds?|deployments?)\b",
    re.IGNORECASE,
)
LOG = regex(
    r"(?:^|/)(?:upgrad\w*|change\w*|history|news|release[-_]?notes?)(?:[-_]\w+)?\.\w+\Z", re.IGNORECASE
)
"""Documents that tell of versions one after another."""
GENERAL = regex(
    r"//(?:docs\.(?:github|gitlab|docker|aws\.amazon|cloud\.google)\.com|learn\.microsoft\.com|kubernetes\.io|helm\.sh"
    r"|git-scm\.com|devcenter\.heroku\.com|cloud\.google\.com|[\w.]*wikipedia\.org|martinfowler\.com|www\.postgresql\.org"
    r"|docs\.djangoproject\.com|alembic\.sqlalchemy\.org)/",
    re.IGNORECASE,
)
"""Documentation of tools, which tells of no product's own rollback."""
STARTS = regex(
    r"\b(?:revert\w*|re-?runs?|re-?running|re-?deploy\w*|deploy\w*|trigger\w*|merg\w+|start\w*|run(?:s|ning)?)\b.{0,100}"
    r"\b(?:workflows?|pipelines?|jobs?|actions?|CI|CD|PRs?|pull requests?|merge requests?|commits?|deployments?|tags?"
    r"|releases?|version)\b",
    re.IGNORECASE,
)
"""A sentence that has CI bring the previous version back."""
WORKFLOW = regex(r"(?:\.github/workflows/|workflows/)([\w.-]+\.ya?ml)\b")
JOB = regex(r"\b(?:workflow|pipeline|job|action|CI|CD)s?\b", re.IGNORECASE)
"""A line that may name a workflow."""
_SIGN = (
    r"(?:errors?|error rates?|5xx|500s|latency|alerts?|alarms?|SLOs?|SLIs?|error budget|health\w*|unhealthy|fail\w*"
    r"|broken|crash\w*|degrad\w+|smoke tests?|p9\d|apdex|saturation|spikes?|exceeds?|above|below|regressions?|outages?"
    r"|incidents?|sev(?:erity)?[ -]?\d|metrics?|thresholds?|\d+ ?%)"
)
TRIGGER = regex(
    r"\b(?:if|when|whenever|once|should|triggers?|criteri\w+|threshold|decid\w+|decision|as soon as|in case|because)\b"
    rf".{{0,160}}\b{_SIGN}\b|\b{_SIGN}\b.{{0,120}}\b(?:rolls? back|rollback|roll back|revert)\b",
    re.IGNORECASE,
)
"""When to go back: a condition with a sign that one can see."""
DATA = regex(
    r"\b(?:migrat\w+|databases?|schemas?|data|db|backups?|restor\w+|backwards?[- ]compatib\w+|expand\w*|contract\w*)\b",
    re.IGNORECASE,
)
FORWARD = regex(
    r"\bforward[- ]only\b|\b(?:roll|fix)(?:ing)?[- ]forward\b|\bexpand\b.{0,20}\bcontract\b", re.IGNORECASE
)
"""The policy that a schema is never taken back: https://martinfowler.com/bliki/ParallelChange.html."""
ELSEWHERE = regex(r"\b(?:roll-?(?:ing )?backs?|runbook|revert\w*)\b", re.IGNORECASE)
