"""Test helpers and build files that measure coverage without being asked: SimpleCov, JaCoCo, Kover, PHPUnit, mix."""

# ruff: noqa: E501 - long patterns read best in few lines

from __future__ import annotations

import re
from collections.abc import Iterator

from pytest_productops.facts.coverage.model import Configured
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.pipelines import Execution
from pytest_productops.lazy import regex

MAX_FILES = 300
_HELPER = regex(
    r"(?:.*/)?(?:(?:spec|test|rails|minitest|simplecov|coverage|cov)_?\w*helper\w*\.rb|helper\.rb|env\.rb|simplecov\w*\.rb"
    r"|coverage\.rb|test_prelude\.rb|boot\.rb|Rakefile)"
)
_START = regex(
    r"^[ \t]*(?!#)(?:require\s*(?:\(\s*)?[\"']simplecov|SimpleCov\.start|SimpleCov\.command_name|require\s*(?:\(\s*)?[\"']coveralls|Coveralls\.wear)"
)
_CONDITION = regex(
    r"\b(if|unless)\b[^\n]*?\bENV(?:\.(?:fetch|key\?|delete|has_key\?|include\?)\(|\[)\s*[\"'](\w+)[\"']"
)
_GIVEN = frozenset({"CI", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "BUILDKITE"})
_GRADLE = regex(r"(?:.*/)?[\w.-]+\.gradle(?:\.kts)?|(?:buildSrc|build-logic|gradle)/.+\.(?:kts?|groovy)")
_GRADLE_PLUGIN = regex(
    r"^[ \t]*(?!//|\*)(?:id\s*(?:\(\s*)?[\"'](?:jacoco|org\.jetbrains\.kotlinx\.kover)[\"']|jacoco\b\s*$|`?jacoco`?\s*$"
    r"|apply\s*(?:\(\s*)?plugin\s*[:=]\s*[\"']jacoco[\"']|(?:plugins\.)?apply\([\"']jacoco[\"']\)|alias\(libs\.plugins\.(?:\w+\.)*kover\))",
    re.MULTILINE,
)
_MAVEN_PLUGIN = regex(r"<artifactId>\s*jacoco-maven-plugin\s*</artifactId>")
_PHP = regex(
    r"<coverage\b[^>]*>(?:(?!</coverage>).){0,2000}<report>|<log(?:ging)?\b(?:(?!</logging>).){0,1500}type=\"coverage-",
    re.DOTALL,
)


def unasked(files: Files, executions: tuple[Execution, ...], out: Configured) -> None:
    """Note the tools that measure whenever tests run, as the files say."""
    started = [_starts(text, executions) for text in _texts(files, _HELPER)]
    told = [one for one in started if one is not None]
    if any(told) or (not told and ".simplecov" in files):
        out.always.add("simplecov")
    if any(_GRADLE_PLUGIN.search(text) for text in _texts(files, _GRADLE)):
        out.always.add("jacoco-gradle")
    if any(_maven(text) for text in _texts(files, regex(r"(?:.*/)?pom\.xml"))):
        out.always.add("jacoco-maven")
    if any(_PHP.search(text) for text in _texts(files, regex(r"\.?phpunit(?:\.\w+)?\.xml(?:\.dist)?"))):
        out.always.add("phpunit")


def _texts(files: Files, pattern: re.Pattern[str]) -> Iterator[str]:
    for path in [path for path in files if pattern.fullmatch(path) and own_words(path)][:MAX_FILES]:
        try:
            yield files.read(path)
        except Unreadable:
            continue


def _maven(text: str) -> bool:
    """Whether a pom binds JaCoCo's agent outside a profile that nobody switches on."""
    head, _, rest = text.partition("<profiles>")
    outside = head + rest.partition("</profiles>")[2]
    return bool(_MAVEN_PLUGIN.search(outside)) and "prepare-agent" in outside


def _starts(text: str, executions: tuple[Execution, ...]) -> bool | None:
    """Whether a Ruby file starts SimpleCov in CI: unasked, or asked by a variable that CI sets; None: no word of it."""
    lines, told = text.split("\n"), None
    for number, line in enumerate(lines):
        if _START.match(line):
            match = _CONDITION.search(line) or _enclosing(lines, number)
            if match is None:
                return True
            told = False
            word, name = match[1], match[2]
            given = name in _GIVEN or any(_sets(one, name) for one in executions)
            if given == (word == "if"):
                return True
    return told


def _enclosing(lines: list[str], number: int) -> re.Match[str] | None:
    """Return the condition of the nearest less indented `if` above an indented line."""
    indent = len(lines[number]) - len(lines[number].lstrip())
    for line in reversed(lines[max(0, number - 15) : number]):
        inner = len(line) - len(line.lstrip())
        if line.strip() and inner < indent:
            return _CONDITION.search(line) if re.match(r"\s*(?:if|unless)\b", line) else None
    return None


def _sets(one: Execution, name: str) -> bool:
    if any(f"{name}=" in step.run for step in one.job.steps):
        return True
    return bool(one.tests) and (name in one.call.env or name in one.step.env or f"{name}=" in str(one.call))
