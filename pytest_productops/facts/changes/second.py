"""Second: which changes on the mainline show that a second person had a look, and who that was.

Forges keep approvals to themselves. In a commit they are seen where somebody writes them there: GitLab's template of
merge commits with `%{approved_by}`, Gerrit's and Phabricator's trailers, bors' `r=`, Prow and Zuul, which merge
nothing that nobody else approved (https://docs.prow.k8s.io/docs/components/plugins/approve/approvers/,
https://zuul-ci.org/docs/zuul/latest/gating.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pytest_productops.facts.changes import Changes, Landing
from pytest_productops.facts.history import Commit
from pytest_productops.facts.history.reading import OPTIONS, commits
from pytest_productops.facts.people.identities import Signature
from pytest_productops.facts.people.taking_part import author, credits_as, from_fork, said_ok
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass, regex
from pytest_productops.repository import Fact, Repository

_REVIEW = ("reviewed-by", "approved-by", "acked-by")
_GATE = regex(r"\b(?:zuul|prow|tide)\b|-(?:ci|prow|merge)-(?:ro)?bot\b", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A change, those who wrote it, and `by` what a second person shows ("": none does)."""

    landing: Landing
    writers: tuple[Signature, ...]
    by: str = ""


class SecondPerson(Fact):
    """Looks for second persons in changes and in the commits that merges brought."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    @classmethod
    def gather(cls, repository: Repository) -> SecondPerson:
        """Never fails: the history is asked for with the changes."""
        return cls(repository)

    def newest(self, count: int, *, merger: bool = False) -> tuple[Shown, ...]:
        """Return the newest changes; with `merger` it is enough that somebody else merged or committed.

        Raises `Unavailable` without a full history.
        """
        landings = list(islice(self._repository[Changes], count))
        brought = self._brought(landings)
        return tuple(_shown(each, brought.get(each.commit.sha, ()), merger=merger) for each in landings)

    def _brought(self, landings: list[Landing]) -> dict[str, tuple[Commit, ...]]:
        """Return the commits that each merge brought, read in one go."""
        merges = [each.commit for each in reversed(landings) if each.commit.merge]
        if not merges:
            return {}
        git, oldest = self._repository[Git], landings[-1].commit.parents[0]
        known = {each.sha: each for each in commits(git.stream("log", *OPTIONS, f"{oldest}..HEAD", "--"))}
        seen = set(_mainline(known, landings[0].commit.sha))
        return {merge.sha: tuple(_behind(merge, known, seen)) for merge in merges}


def _mainline(known: dict[str, Commit], newest: str) -> Iterator[str]:
    while newest in known:
        yield newest
        newest = known[newest].parents[0] if known[newest].parents else ""


def _behind(merge: Commit, known: dict[str, Commit], seen: set[str]) -> Iterator[Commit]:
    """Yield the commits that a merge brought; `seen` are those that were there before."""
    waiting = list(merge.parents[1:])
    while waiting:
        sha = waiting.pop()
        if sha in known and sha not in seen:
            seen.add(sha)
            waiting += known[sha].parents
            yield known[sha]


def _shown(landing: Landing, brought: tuple[Commit, ...], *, merger: bool) -> Shown:
    commit = landing.commit
    inner = [each for each in brought if not each.merge and each.human]
    writers = tuple(dict.fromkeys(author(each) for each in inner or [commit]))
    by = next(_reviews(commit, inner, writers), "")
    if not by and commit.merge and _GATE.search(f"{commit.author} {commit.email}"):
        by = f"{commit.author} merges what was approved"
    if not by and merger:
        by = _merger(commit, writers)
    return Shown(landing, writers, by)


def _reviews(commit: Commit, inner: Iterable[Commit], writers: tuple[Signature, ...]) -> Iterator[str]:
    """Yield each approval by somebody else than who wrote what is approved."""
    for each, wrote in ((commit, writers), *((one, (author(one),)) for one in inner)):
        for who in credits_as(each, *_REVIEW):
            if any(_others(who, one) for one in wrote):
                yield f"approved by {who.name or who.email or who.handle}"
    approved, fork = said_ok(commit), Signature(handle=from_fork(commit))
    for who in approved if fork.handle else ():
        if _others(who, fork):
            yield f"approved by {who.handle}"


def _merger(commit: Commit, writers: tuple[Signature, ...]) -> str:
    who = author(commit) if commit.merge else Signature(commit.committer, commit.committer_email)
    second = not who.bot and all(_others(who, one) for one in writers)
    return f"{who.name} {'merged' if commit.merge else 'committed'} it" if second else ""


def _others(one: Signature, other: Signature) -> bool:
    """Whether two signatures are surely two persons'."""
    same_name = one.name and one.name.casefold() == other.name.casefold()
    return not (same_name or set(one.keys) & set(other.keys) or one.looks & other.looks)
