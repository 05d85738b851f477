"""What the names of targets, scripts and jobs tell of linting and of checking types, where nothing else does."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.commands import Call
from pytest_productops.facts.pipelines.families import readings
from pytest_productops.facts.quality.model import Kind
from pytest_productops.lazy import regex

_RUNNER = regex(
    r"(?:make|gmake|npm|yarn|pnpm|gnpm|bun|tox|nox|just|task|rake|invoke|inv|poe|hatch|pdm|pixi|mage|composer|mix|turbo|nx"
    r"|lerna|moon|wireit|gulp|grunt|bazel|pants|mise|earthly|cargo|docker|nix|deno|lage|rushx?|ninja|meson|cmake|doit|ant"
    r"|fastlane|dagger|run-[sp]|npm-run-all2?|bin/\S+|\S+/\S+)\Z"
)
_STYLE = regex(
    r"(?:^|[:/_.@=#-])(?:lint(?:s|er|ers|ing)?|fmt|style|codestyle|format[-_:]?check|check[-_:]?format(?:ting)?|formatcheck"
    r"|code[-_]?(?:style|quality)|pre-?commit|eslint|prettier|rubocop|cs|cs[-_]?check)(?:$|[:/_.-])"
)
_TYPES = regex(
    r"(?:^|[:/_.@=#-])(?:type[-_:]?check(?:s|ing|er)?|ts[-_:]check|check[-_:]?types?|mypy|pyright|typing|tsc|dialy[sz]er?|phpstan|psalm"
    r"|sorbet)(?:$|[:/_.-])"
)
_ELSE = regex(
    r"commit|title|markdown|\bmd\b|docs?\b|spell|yaml|action|docker|helm|chart|openapi|proto|schema|install|setup|link|\bpr\b"
    r"|message|test[-_]?typing|changelog|label|license|prose|vale|json",
    re.IGNORECASE,
)
_JOB = regex(
    r"(?:^|[^a-z])(?:lint(?:s|er|ers|ing)?|fmt|format(?:ting)?|code[-_ ]?style|style[-_ ]?check|clippy|rustfmt|pre-?commit)(?:$|[^a-z])",
    re.IGNORECASE,
)
_TYPES_JOB = regex(r"(?:^|[^a-z])(?:type-?check(?:s|ing)?|mypy|pyright)(?:$|[^a-z])", re.IGNORECASE)
MAX_WORDS = 6


def kinds(call: Call) -> Iterator[Kind]:
    """Yield the kinds that a command's target or script is named for."""
    for words in readings(call):
        if not words or not _RUNNER.match(words[0]):
            continue
        named = [word for word in words if not word.startswith("-")][: 1 if "/" in words[0] else MAX_WORDS]
        if any(_STYLE.search(name) and not _ELSE.search(name) for name in named):
            yield "style"
        if any(_TYPES.search(name) for name in named):
            yield "types"


def kinds_of_job(name: str) -> Iterator[Kind]:
    """Yield the kinds that a job or a workflow file is named for."""
    if not _ELSE.search(name):
        if _JOB.search(name):
            yield "style"
        if _TYPES_JOB.search(name):
            yield "types"
