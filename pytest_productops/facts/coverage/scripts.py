"""Thresholds that a shell text compares coverage with itself: `if [ "$total" -lt 80 ]; then exit 1; fi`."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from pytest_productops.facts.coverage.model import CoverageGate
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import Execution, Pipelines
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_MEASURED = r"\b\w{0,40}(?:cov|total|percent|pct)\w{0,40}"
_LIMIT = r"(?:(?P<number>\d{1,3}(?:\.\d+)?)\b|\$\{?(?P<name>\w+)(?::-(?P<default>\d+))?)"
_COMPARED = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        _MEASURED + r"[^\n<>-]{0,30}(?:-lt|-le|<=?)\s*[\"'(]*" + _LIMIT,
        _MEASURED + r"[^\n<>-]{0,30}(?:-gt|-ge|>=?)\s*[\"'(]*" + _LIMIT + r"[^|\n]{0,20}\|\|",
        _LIMIT + r"\}?[\"')]*\s*(?:-gt|-ge|>=?)\s*[\"'(]*\$\{?\w{0,40}(?:cov|total|percent|pct)",
    )
)
_NUMBER = regex(r"\d{1,3}(?:\.\d+)?")
_COVERAGE = regex(r"cover|lcov|jacoco", re.IGNORECASE)
_FAILS = regex(r"\bexit\s+(?:-?[1-9]|\$)|\breturn\s+[1-9]|\bfalse\b|core\.setFailed")
_SHELL = regex(r".*\.(?:sh|bash)|(?:.*/)?(?:scripts?|bin|ci|hack|tools)/[^/.]+|(?:.*/)?Makefile|.*\.mk")
_ENVIRONMENT = regex(r"COV\w*(?:THRESHOLD|MIN)|(?:THRESHOLD|MIN|FAIL_UNDER)\w*COV", re.IGNORECASE)
AFTER = 500
"""Characters behind a comparison in which the failure must be."""
MAX_TEXT = 100_000


def in_scripts(pipelines: Pipelines, files: Files) -> Iterator[CoverageGate]:
    """Yield the thresholds in steps of CI and in the scripts that CI runs."""
    for pipeline in pipelines.pipelines:
        for job in pipeline.jobs:
            for step in job.steps:
                stops = job.on_change and not job.may_fail and not step.may_fail
                reached = not (job.never or job.may_fail or step.may_fail)
                for percent, line in compared(step.run, dict(step.env)):
                    place = (step.origins[line : line + 1] or (step.location,))[0]
                    yield CoverageGate(
                        "script", percent, place, False, stops, f"step of job {job.id}", reached
                    )
    yield from _called(pipelines.executions, files)
    yield from _by_environment(pipelines.executions)


def _called(executions: tuple[Execution, ...], files: Files) -> Iterator[CoverageGate]:
    """Yield the thresholds in scripts of the tree that CI runs."""
    stopping: dict[str, bool] = {}
    for one in executions:
        asked = (posixpath.normpath(posixpath.join(one.call.folder, word)) for word in one.call.words[:3])
        for path in {one.call.location.path, *asked}:
            if path != one.step.path and _SHELL.fullmatch(path) and path in files:
                stopping[path] = stopping.get(path, False) or one.can_stop
    for path, stops in stopping.items():
        try:
            text = files.read(path)
        except Unreadable:
            continue
        for percent, line in compared(text, {}):
            yield CoverageGate("script", percent, Location(path, line + 1), False, stops, path, True)


def compared(text: str, env: dict[str, str]) -> Iterator[tuple[float, int]]:
    """Yield the thresholds that a text compares coverage with and fails by: percent and line from 0."""
    text = text[:MAX_TEXT]
    if not _COVERAGE.search(text):
        return
    for match in (match for pattern in _COMPARED for match in pattern.finditer(text)):
        name = match["name"]
        given = env.get(name) or _assigned(text, name) if name else ""
        value = match["number"] or given or match["default"] or ""
        if _NUMBER.fullmatch(value) and _FAILS.search(text, match.end(), match.end() + AFTER):
            yield float(value), text.count("\n", 0, match.start())


def _assigned(text: str, name: str) -> str:
    match = re.search(
        rf"^\s*(?:export |readonly |local |declare \S+ )?{re.escape(name)}\s*[:?]?=\s*[\"']?(?:\$\{{\w+:-)?(\d{{1,3}}(?:\.\d+)?)\b",
        text,
        re.MULTILINE,
    )
    return match[1] if match else ""


def _by_environment(executions: tuple[Execution, ...]) -> Iterator[CoverageGate]:
    """Yield the thresholds that a reporter of coverage takes from its environment and posts a status by."""
    for one in executions:
        if "smokeshow" in one.call.words[:4]:
            for name, value in {**one.step.env, **one.call.env}.items():
                if _ENVIRONMENT.search(name) and _NUMBER.fullmatch(value):
                    yield CoverageGate(
                        "smokeshow", float(value), one.call.location, False, True, str(one.call)[:80], True
                    )
