"""Taking part: who a commit names, as its author, as who merged it, and in its trailers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.history import Commit
from pytest_productops.facts.people.identities import Signature, signed
from pytest_productops.lazy import regex

_CREDIT = regex(
    r"^[ \t>*-]*([A-Za-z][A-Za-z-]{1,30}[- ]by):[ \t]*(\S[^\n]{0,200})$", re.IGNORECASE | re.MULTILINE
)
_FROM = regex(r"Merge pull request #\d+ from ([A-Za-z0-9][\w-]*)/|Auto merge of #\d+ - ([\w-]+):")
_BORS = regex(r"\br=(@?[A-Za-z0-9][\w-]*)\b")


def author(commit: Commit) -> Signature:
    """Return who wrote it; of a merge who merged."""
    return Signature(commit.author, commit.email)


def from_fork(commit: Commit) -> str:
    """Return the handle that a merge says the branch came from: a person's, or an organisation's."""
    match = _FROM.match(commit.subject)
    return (match[1] or match[2]) if match else ""


def credits_as(commit: Commit, *keys: str) -> Iterator[Signature]:
    """Yield whom trailers with one of these keys name (without keys: all that end in `-by`), no programs.

    Forges that squash leave the trailers of single commits in the middle of the message, so all of it is read.
    """
    found = _CREDIT.findall(commit.body) if "y:" in commit.body else ()
    for key, text in found:
        who = signed(text)
        if (not keys or key.lower().replace(" ", "-") in keys) and not who.bot:
            yield who


def said_ok(commit: Commit) -> list[Signature]:
    """Return who approved a merge by bors, as `r=` says."""
    return [Signature(handle=name.lstrip("@")) for name in _BORS.findall(commit.subject) if commit.merge]


def everybody(commit: Commit) -> Iterator[Signature]:
    """Yield everybody whom a commit names, no programs."""
    committer = Signature(commit.committer, commit.committer_email)
    fork = Signature(handle=from_fork(commit))
    yield from (each for each in (author(commit), committer, fork) if not each.bot)
    yield from dict.fromkeys((*credits_as(commit), *(who for who in said_ok(commit) if not who.bot)))
