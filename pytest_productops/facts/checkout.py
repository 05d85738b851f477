"""Checkout: how much of the history a checkout holds."""

from __future__ import annotations

from pytest_productops.facts.history import SHALLOW
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.git import PARTIAL, Git
from pytest_productops.lazy import dataclass
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository, Unavailable


@dataclass(frozen=True)
class Lack:
    """Something of the history that a checkout lacks: `key` names it, `mend` is what to do."""

    key: str
    message: str
    mend: str
    location: Location | None = None


@dataclass(frozen=True)
class Checkout(Fact):
    """What a checkout lacks; `git` is False where there is no repository at all."""

    quick = True

    git: bool = True
    lacks: tuple[Lack, ...] = ()

    @classmethod
    def gather(cls, repository: Repository) -> Checkout:
        """Look; never fails."""
        try:
            git = repository[Git]
            git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except Unavailable as error:
            return cls(git=False, lacks=(_no_git(repository, str(error)),))
        shallow = [Lack("shallow", "the clone is shallow", SHALLOW.partition(": ")[2])] if git.shallow else []
        partial = [Lack("partial", "the clone is partial", PARTIAL.partition(": ")[2])] if git.partial else []
        return cls(lacks=(*shallow, *partial, *_tags(git, repository[Pipelines])))


def _no_git(repository: Repository, reason: str) -> Lack:
    if (repository.root / ".git").exists():
        return Lack(
            "git", f"there is no history: {reason.partition(';')[0]}", "commit, or clone the repository again"
        )
    return Lack(
        "git", "there is no history: this is no git repository", "clone the repository instead of copying it"
    )


def _tags(git: Git, pipelines: Pipelines) -> list[Lack]:
    """Say that there are no tags where CI acts on tags."""
    if git.run("for-each-ref", "--count=1", "refs/tags"):
        return []
    on_tags = [
        p
        for p in pipelines.pipelines
        if "tag" in p.triggers and {"push", "change_request"}.isdisjoint(p.triggers)
    ]
    mend = "set fetch-tags: true or fetch-depth: 0 (GitHub), or run git fetch --tags"
    return [
        Lack("tags", f"there are no tags, but {pipeline.path} runs on tags", mend, Location(pipeline.path))
        for pipeline in on_tags[:1]
    ]
