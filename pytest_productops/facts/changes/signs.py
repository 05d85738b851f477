"""Signs of a change request in a commit: what certainly is one, and what may be one.

The marks are those of forges and review tools: GitHub's `(#12)` and `Merge pull request`, GitLab's `See merge
request`, Gerrit's `Change-Id` and `Reviewed-on`, Phabricator's `Differential Revision`, node's `PR-URL`, Mesa's
`Part-of`, ghstack's and the trailers of the kernel (https://docs.kernel.org/process/submitting-patches.html).
"""

from __future__ import annotations

import re

from pytest_productops.facts.history import Commit, is_bot
from pytest_productops.lazy import regex

_MAIN = r"(?:main|master|trunk|develop(?:ment)?|dev|next|stable|default|staging|production|v?\d[\w.-]*|release\S*)"
_SYNC = regex(
    rf"Merge (?:remote-tracking )?(?:branch|branches) '(?:[\w.-]+/)?{_MAIN}'(?: of \S+)?(?: into \S+)?\.?\Z"
    rf"|Merge (?:{_MAIN}|[\w.-]+/{_MAIN}) (?:into|in) \S+\Z|Merge tags? |Merge commit '|Merge \S+ into \S+\Z"
    rf"|Merge (?:upstream|origin)[/ ]|Merge from {_MAIN}|Merged? (?:with )?(?:upstream|{_MAIN})\b",
    re.IGNORECASE,
)
_BOTS_BRANCH = regex(
    r" from (?:\S+/)?(?:dependabot|renovate|greenkeeper|pyup|snyk|pre-commit-ci|imgbot|scala-steward|depfu|whitesource)"
    r"|Merge branch '(?:dependabot|renovate|greenkeeper|pyup|snyk)[-/]",
    re.IGNORECASE,
)
_SUBJECT = regex(
    r"\((?:[\w.-]+/[\w.-]+)?(?:#|!|gh-|pr[- ]?#?)\d+\)|\b(?:pr|mr|pull request|merge request) ?[#!]?\d+"
    r"|^(?:auto )?merged? (?:of )?#\d+|^\[?(?:gh|pr)[-#]\d+",
    re.IGNORECASE,
)
_BODY = regex(
    r"^(?:pr-url|reviewed-on|change-id|differential revision|pull[- ]request(?:[- ]resolved)?|merge[- ]request|part-of"
    r"|pr|mr|pr-id|phabricator|ghstack-source-id|gitorigin-revid|piperorigin-revid|fbshipit-source-id|review(?:ed)?-url"
    r"|closes-pr|approved-by|acked-by|pull request closed|gerrit-\w+)\s*:\s*\S"
    r"|^see merge request \S*!\d+|/pull/\d+|/merge_requests/\d+|\bpull request #?\d+|\bmerge request !\d+|\bpr ?#\d+",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = regex(r"(?:#|!|\bgh-|\bbpo-|\b[A-Z][A-Z0-9]+-)\d+", re.IGNORECASE)
_PICKED = regex(r"^\(cherry picked from commit |^\(?backport(?:ed)? ", re.IGNORECASE | re.MULTILINE)
_REVIEW = frozenset({"reviewed-by", "approved-by", "acked-by"})
_HURRY = 60
"""Seconds within which a commit is made as it is written."""


def sync(commit: Commit) -> bool:
    """Whether a merge only brings in the mainline, another version's line, or something not said."""
    return commit.merge and bool(_SYNC.match(commit.subject))


def of_a_bot(commit: Commit) -> bool:
    """Whether a program made the change: the commit, or the branch that it merges."""
    if commit.merge:
        return bool(_BOTS_BRANCH.search(commit.subject))
    return not commit.human


def sign(commit: Commit) -> str:
    """Return what shows that a change came by a change request, or was read by a second person; else nothing."""
    if commit.merge:
        return commit.subject
    found = _SUBJECT.search(commit.subject) or _BODY.search(commit.body)
    return found[0].strip() if found else _reviewer(commit)


def _reviewer(commit: Commit) -> str:
    own = {commit.author.lower(), commit.email.lower()}
    others = (
        f"{key}: {who}" for key, who in commit.trailers if key.lower() in _REVIEW and not _names(who, own)
    )
    return next(others, "")


def _names(who: str, own: set[str]) -> bool:
    name, _, rest = who.partition("<")
    return name.strip().lower() in own or rest.rstrip(" >").lower() in own


def doubt(commit: Commit) -> str:
    """Return why a change without a sign may have come by a change request all the same, or nothing.

    Rebase and fast-forward merges leave no mark, or only that somebody committed later what was written before.
    """
    text = f"{commit.subject}\n{commit.body}"
    if _NUMBER.search(text):
        return "it names a number"
    if _PICKED.search(commit.body):
        return "it was picked from another branch"
    if commit.committer.lower() == "github" or is_bot(commit.committer, commit.committer_email):
        return "the forge committed it"
    if {commit.author.lower(), commit.email.lower()}.isdisjoint(
        {commit.committer.lower(), commit.committer_email.lower()}
    ):
        return f"{commit.committer} committed it"
    return "it was rebased or amended" if abs(commit.delay) > _HURRY else ""
