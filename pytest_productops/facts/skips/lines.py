"""Unconditional skips in JavaScript, Go, Rust, Java and Kotlin, read line by line.

These languages know no reason, or seldom get one: a comment beside the skip, or on the lines above it, is one too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pytest_productops.facts.skips.model import Skip
from pytest_productops.facts.waivers import wording
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_JS = regex(
    r"^\s*((?:it|test|describe|context|suite|specify|bench)(?:\.(?:concurrent|sequential|only|serial|parallel|(?:runIf|skipIf)\([^()]{0,80}\)))*\.skip(?:\.each\(.{0,200}?\))?"
    r"|xit|xtest|xdescribe|xcontext|xspecify)\(\s*(?:(?P<quote>['\"`])(?P<name>(?:(?!(?P=quote)).){1,200})|$)"
)
_GO = regex(r"^(?:\t| {4}| {8})[tb]\.(Skip|SkipNow)\(\s*\)")
_GO_TEST = regex(r"^func (?:\([^)]*\) )?((?:Test|Benchmark|Example|Fuzz)\w*)\(")
_RUST = regex(r"^\s*#\[ignore(?:\s*=\s*\"\s*\")?\]")
_RUST_TEST = regex(r"^\s*(?:pub\s+)?(?:async\s+)?fn\s+(\w+)")
_JVM = regex(
    r"^\s*(?:@\w+(?:\([^()]{0,80}\))?\s+)*@(Disabled|Ignore)(?:\s*\(\s*(?:\"\s*\")?\s*\))?\s*(?=$|@|(?:public|private|internal|fun|class|void|open|static)\b|/[/*])"
)
_JVM_TEST = regex(r"\b(?:void|fun|class|object|interface)\s+(?:`([^`]+)`|(\w+))")
_JUNIT = regex(r"^import\s+(?:static\s+)?(?:org\.junit|kotlin\.test|io\.kotest)", re.MULTILINE)
_COMMENT = regex(r"(?://+|/\*+|^\s*\*+(?!/)|#(?!\[))\s*([^\s*/].*?)\s*(?:\*/)?\s*$")
_DIRECTIVE = regex(
    r"eslint|prettier|biome|oxlint|ts-(?:ignore|expect)|@ts-|nolint|go:build|\+build|noinspection|istanbul|c8 ignore"
    r"|cspell"
)
_REASON = regex(r"(?:\s--+\s+|\s//\s*|\s#\s*|@ts-(?:expect-error|ignore):?\s+|\bbiome-ignore \S+:\s*)(\w.*)")
"""What follows a directive as its reason, as its tool wants it written."""
_ABOUT_SKIPPING = regex(
    r"\bskip|\bpending\b|\bignored?\b|\bdisabled\b|not (?:be )?(?:run|executed|called)\b|never (?:run|executed)|\$\{",
    re.IGNORECASE,
)
"""Titles of tests that are there to be skipped, and those that only a run knows."""
_REMARK = regex(r"//|/\*|^\s*\*|^\s*@|#")
_ISSUE = regex(r"https?://\S{4,200}|\b[A-Z][A-Z0-9]{1,9}-\d+|(?<!\w)(?:[\w.-]{1,60}/[\w.-]{1,60})?#\d+")
_LONGEST = 12
"""Lines of a block comment above a skip that are read."""
_NEAR = 4
"""Lines behind a skip in which its test's name is looked for."""


def javascript(text: str, path: str) -> Iterator[Skip]:
    """Yield the skipped tests and suites; those in a template string are material of a test."""
    quoted = False
    lines = text.split("\n")
    hidden = commented_out(lines)
    for number, line in enumerate(lines, 1):
        match = None if quoted or number in hidden else _JS.match(line[:400])
        name = (
            match["name"] or next(filter(None, map(_first_text, lines[number : number + 2])), "a test")
            if match
            else ""
        )
        if match and not _ABOUT_SKIPPING.search(name):
            yield Skip(
                f"{match[1].partition('.each')[0]}()", name, Location(path, number), comment(lines, number)
            )
        quoted ^= line.count("`") % 2 == 1


def _first_text(line: str) -> str:
    match = re.match(r"\s*(['\"`])(.{1,200}?)\1", line[:300])
    return match[2] if match else ""


def go(text: str, path: str) -> Iterator[Skip]:
    """Yield the tests that skip themselves first thing, without a word."""
    lines = text.split("\n")
    hidden = commented_out(lines)
    name, start = "", 1
    for number, line in enumerate(lines, 1):
        if line.startswith("func "):
            test = _GO_TEST.match(line)
            name, start = test[1] if test else "", number
        match = _GO.match(line)
        if match and name and number not in hidden:
            said = comment(lines, number) or comment(lines, start)
            yield Skip(f"t.{match[1]}()", name, Location(path, number), said)


def rust(text: str, path: str) -> Iterator[Skip]:
    """Yield the ignored tests without a reason."""
    yield from _annotated(text, path, _RUST, _RUST_TEST, lambda match: match[0].strip())


def jvm(text: str, path: str) -> Iterator[Skip]:
    """Yield the disabled tests of JUnit without a reason; JUnit's own are material."""
    if _JUNIT.search(text) and not re.search(r"^package org\.junit\b", text, re.MULTILINE):
        yield from _annotated(text, path, _JVM, _JVM_TEST, lambda match: f"@{match[1]}")


def _annotated(
    text: str, path: str, mark: re.Pattern[str], test: re.Pattern[str], what: Callable[[re.Match[str]], str]
) -> Iterator[Skip]:
    lines = text.split("\n")
    hidden = commented_out(lines)
    for number, line in enumerate(lines, 1):
        match = mark.match(line[:300])
        if (
            match
            and number not in hidden
            and not any("abstract " in one for one in lines[number - 1 : number + 2])
        ):
            near = (test.search(one[:300]) for one in lines[number - 1 : number + _LONGEST])
            name = next((found[1] or found[found.lastindex or 1] for found in near if found), "a test")
            yield Skip(what(match), name, Location(path, number), comment(lines, number))


def commented_out(lines: list[str]) -> set[int]:
    """Return the numbers of the lines that lie in a block comment which began on an earlier one."""
    found: set[int] = set()
    inside = False
    for number, line in enumerate(lines, 1):
        if inside:
            found.add(number)
        begins, ends = line.rfind("/*"), line.rfind("*/")
        if begins > ends and not re.search(r"//.*/\*|['\"`].*/\*", line[:300]):
            inside = True
        elif ends >= 0:
            inside = False
    return found


def comment(lines: list[str], number: int) -> str:
    """Return what a comment says beside a line, above it (over other annotations) or right behind it."""
    around = [lines[number - 1]]
    at = number - 2
    while at >= 0 and (lines[at].strip().startswith(("@", "#[")) or _DIRECTIVE.search(lines[at][:300])):
        around.append(lines[at])
        at -= 1
    begin = at
    while (
        begin > 0 and at - begin < _LONGEST and lines[at].strip().endswith("*/") and "/*" not in lines[begin]
    ):
        begin -= 1
    around += lines[max(begin, 0) : at + 1]
    around += lines[number : number + 1]
    around = [*map(_without_waiver, around)]
    for line in around:
        match = _COMMENT.search(line[:300])
        reason = _REASON.search(match[1]) if match and _DIRECTIVE.search(match[1]) else match
        if reason:
            return reason[1]
    return issue([*around, *map(_without_waiver, lines[number + 1 : number + _NEAR - 1])])


def _without_waiver(line: str) -> str:
    """Return a line without the waiver in its comment, which is no reason."""
    match = _COMMENT.search(line[:300])
    return line[: match.start(1)] + wording.apart(match[1]) if match else line


def issue(lines: list[str]) -> str:
    """Return the issue or link that one of these lines names in a comment or an annotation."""
    for line in lines:
        begin = _REMARK.search(line[:300])
        match = _ISSUE.search(line[:300], begin.start()) if begin else None
        if match:
            return match[0]
    return ""
