"""The commands that leave evidence which is no file: they are shown, and whoever did the task runs them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from pytest_productops.facts.globs import fits
from pytest_productops.facts.history import Tag
from pytest_productops.facts.patterns import literal, plain
from pytest_productops.facts.register.model import TRAILER, Evidence
from pytest_productops.facts.register.recording.model import Refused, Run
from pytest_productops.facts.register.recording.naming import filled
from pytest_productops.lazy import regex

_VERSION = regex(r"(?:\w+[/@])?(?:v|release-)?[\d.]*", re.IGNORECASE)
"""How patterns of versions begin, and patterns that say nothing."""


def commands(evidence: Evidence, run: Run, tags: tuple[Tag, ...] = ()) -> Iterator[str]:
    """Yield the commands that leave an evidence; raise `Refused` where none does."""
    if evidence.type == "trailer":
        yield _commit("--allow-empty", *_messages(run), "-m", f"{evidence.key or TRAILER}: {run.id}")
    elif evidence.type == "commit":
        yield _commit(*_messages(run), "--", *map(_pathspec, evidence.paths))
    elif evidence.type == "tag":
        name = _tag(evidence, run, tags)
        yield shlex.join(["git", "tag", "-a", name, *_messages(run)])
        yield shlex.join(["git", "push", "origin", name])
    else:
        raise Refused(f"{evidence.path} keeps it by its schedule, there is nothing to record")


def _commit(*arguments: str) -> str:
    return shlex.join(["git", "commit", *arguments])


def _messages(run: Run) -> list[str]:
    return ["-m", run.title, *(["-m", run.note] if run.note else [])]


def _pathspec(pattern: str) -> str:
    """Return what git takes a pattern of ours as: there too `*` crosses folders, but `**/` stands for one at least."""
    whole = plain(pattern)
    return f":(glob){whole}" if "**/" in whole else whole


def _tag(evidence: Evidence, run: Run, tags: tuple[Tag, ...]) -> str:
    """Return a name for the tag, with the day in place of the wildcards; versions are for a person to say."""
    pattern = evidence.pattern
    if literal(pattern) == pattern:
        name = pattern
    elif _VERSION.fullmatch(literal(pattern)):
        raise Refused(f"set a tag that {pattern} matches: git tag -a NAME")
    else:
        name = filled(pattern, str(run.day), run.day)
    if not fits(name, pattern) or literal(name) != name or name.startswith("-"):
        raise Refused(f"cannot tell a tag that {pattern} matches, set one: git tag -a NAME")
    if any(tag.name == name for tag in tags):
        raise Refused(f"there is a tag {name} already")
    return name
