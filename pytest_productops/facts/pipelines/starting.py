"""What may start a job, the same six events for every provider, and which branches a pattern means.

A branch with a change is called `CHANGE` here, a name that no filter is written for; `MAIN` stands for the
default branch.
"""

from __future__ import annotations

from collections.abc import Callable

from pytest_productops.facts.globs import LONGEST, fits
from pytest_productops.facts.pipelines.gitlab_rules import triggers
from pytest_productops.lazy import regex

__all__ = ["CHANGE", "EVENTS", "MAIN", "MAINS", "events", "means", "triggers"]

EVENTS = ("change_request", "push", "main", "tag", "schedule", "manual")
"""A change request, a push to any branch, one to the default branch, a tag, a clock, a person."""
CHANGE = "some-change"
MAIN = "main"
MAINS = frozenset({"main", "master", "trunk", "develop", "development", "default"})
"""Names that a default branch commonly has."""
_PLAIN = regex(r"[\w./*-]{1,200}")
_GLOB = regex(r"[\w./*?{},+-]{1,200}")
_STARS = 4


def events(runs: Callable[[str], bool | None]) -> frozenset[str]:
    """Return the events for which something runs, or may."""
    return frozenset(event for event in EVENTS if runs(event) is not False)


def means(pattern: str, branch: str, *, expression: bool = False) -> bool | None:
    """Return whether a pattern means a branch; None where its form is not read. No expression is ever run.

    `expression`: the pattern is a regular expression; only alternatives of names and `.*` are read.
    """
    if len(pattern) > LONGEST:
        return None
    if expression:
        bare = pattern.removeprefix("^").removesuffix("$").replace("\\/", "/").replace("\\.", ".")
        bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
        parts = [part.removeprefix("^").removesuffix("$").replace(".*", "*") for part in bare.split("|")]
        readable = all(_PLAIN.fullmatch(part) for part in parts)
    else:
        parts = _braces(pattern)
        readable = all(_GLOB.fullmatch(part) for part in parts)
    if not readable or any(part.count("*") > 2 * _STARS for part in parts):
        return None
    return any(_same(part.replace("**", "*"), branch) for part in parts)


def _same(pattern: str, branch: str) -> bool:
    """Whether a glob means a branch; any usual name of a default branch means `MAIN`."""
    names = MAINS if branch == MAIN else (branch,)
    return any(fits(name, pattern) for name in names)


def _braces(pattern: str) -> list[str]:
    """Return the alternatives of one `{a,b}` in a glob."""
    before, opened, rest = pattern.partition("{")
    inner, closed, after = rest.partition("}")
    return [before + one + after for one in inner.split(",")] if opened and closed else [pattern]
