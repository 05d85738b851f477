"""Steps that are written where programmers write them: in the head of a release script or workflow."""

from __future__ import annotations

import re
from dataclasses import replace

from pytest_productops.facts.documents import Document, read
from pytest_productops.lazy import regex

MIN_STEPS = 3
"""Fewest points that make a comment a procedure; one says soon that it does this and that."""
MAX_LINES = 400
"""How far down a file its comments are read."""
_DOCSTRING = regex(r'"""(.{40,6000}?)"""', re.DOTALL)
_STEP = regex(r"\s*(?:\d{1,2}[.)]|[-*])\s+\w")
_NUMBERED = regex(r"\s*\d{1,2}[.)]\s+\w")
_DOING = regex(
    r"\s*(?:\d{1,2}[.)]|[-*])\s+(?:then |please )?(?:add|announce|ask|build|bump|change|check|commit"
    r"|copy|create|draft|edit|ensure|fetch|generate|go|make|merge|open"
    r"|prepare|publish|pull|push|release|remove|review|run|select|set|sign|start|switch|tag|test"
    r"|trigger|update|upload|verify|wait|write)s?\b",
    re.IGNORECASE,
)
_CALLING = regex(
    r"\s+(?:\$ )?(?:\./)?(?:[\w.-]+/)*[\w-]*(?:release|publish)[\w-]*(?:\.\w+)? [a-z][\w-]+\s*\Z",
    re.IGNORECASE,
)
_RELEASES = regex(r"releas|publish|\btag\b", re.IGNORECASE)


def commented_steps(path: str, text: str) -> Document | None:
    """Return a comment with the steps of a release as a document whose lines are those of the file, or None."""
    head = "\n".join(text.split("\n")[:MAX_LINES])
    for start, block in (*_docstrings(path, head), *_comments(head)):
        lines = block.split("\n")
        numbered = sum(bool(_NUMBERED.match(line)) for line in lines)
        listed = sum(bool(_STEP.match(line)) for line in lines)
        doing = sum(bool(_DOING.match(line)) for line in lines)
        calls = sum(bool(_CALLING.match(line)) for line in lines)
        if (
            (max(numbered, listed) >= MIN_STEPS <= doing or calls >= MIN_STEPS)
            and _RELEASES.search(block)
            and not _OPTIONS.search(block)
        ):
            quoted = re.sub(r"(?m)^\s+(?=\$ |\./|\w+/)", "    ", block)
            spaced = re.sub(r"(?m)^\s+(?=\d|[-*]\s)", "", quoted)
            return replace(read(f"{path}.md", "\n" * (start - 1) + spaced), path=path)
    return None


_OPTIONS = regex(r"^[^\S\n]*[-*]\s+`?--?\w|usage:|inputs?:|outputs?:|copyright", re.IGNORECASE | re.MULTILINE)


def _docstrings(path: str, text: str) -> list[tuple[int, str]]:
    if not (path.endswith(".py") or text.startswith("#!/usr/bin/env python")):
        return []
    return [(text.count("\n", 0, match.start(1)) + 1, match[1]) for match in _DOCSTRING.finditer(text)]


def _comments(text: str) -> list[tuple[int, str]]:
    """Return the blocks of lines that are comments, with their first lines."""
    found: list[tuple[int, list[str]]] = []
    last = -1
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r"\s*(?:#+(?!!)|//+|\*|--)\s?(.*)", line)
        if match:
            if number != last + 1:
                found.append((number, []))
            found[-1][1].append(match[1])
            last = number
    return [(start, "\n".join(lines)) for start, lines in found]
