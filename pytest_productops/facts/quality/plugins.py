"""Linters that a Gradle build applies as plugins, and those that a Maven build runs of itself.

Read are the root's build and its convention plugins (`buildSrc`, `build-logic`), never what a build only makes known
(`apply false`, a catalogue of versions, `pluginManagement` without a run).
https://docs.gradle.org/current/userguide/plugins.html, https://maven.apache.org/guides/mini/guide-configuring-plugins.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import xml
from pytest_productops.facts.pipelines import Execution
from pytest_productops.facts.pipelines.families import readings
from pytest_productops.facts.quality.model import Setting
from pytest_productops.lazy import regex
from pytest_productops.model import Location

TOOL = regex(
    r"(spotless|ktlint|kotlinter|detekt|checkstyle|javaformat|pmd|spotbugs|codenarc|scalafmt)", re.IGNORECASE
)
"""A linter or formatter in the name of a plugin."""
_GRADLE = regex(
    r"build\.gradle(?:\.kts)?"
    r"|(?:buildSrc|build-logic|buildLogic|gradle)/(?:.+/)?[^/]+\.(?:gradle|gradle\.kts|kt|groovy)"
)
_APPLIED = (
    regex(r"\bid\s*(?:\(\s*)?[\"']([\w.-]+)[\"'](?!.{0,80}\bapply\b\s*(?:\(\s*)?false)"),
    regex(r"\balias\(\s*libs\.plugins\.([\w.]+)\s*\)(?!.{0,80}\bapply\b\s*(?:\(\s*)?false)"),
    regex(r"\bapply\s*(?:\(\s*)?(?:plugin\s*[:=]\s*)?[\"']([\w.-]+)[\"']"),
    regex(r"^\s*`?(checkstyle|pmd|codenarc)`?\s*$"),
)
_CHECKS = regex(r"(?:\w+-)*(?:check|validate|lint|verify)")
_PLAIN_TASK = regex(
    r"(?:[\w.-]*:)*(?:test|assemble|compile\w*|classes|testClasses|clean|jar|shadowJar|\w*[tT]est|publish\w*|wrapper|tasks"
    r"|dependencies|projects|javadoc|dokka\w*|jacoco\w*|kover\w*|run|bootRun|bootJar)"
)
MAX_FILES = 200


def plugins(files: Files) -> Iterator[Setting]:
    """Yield the linters that the builds of a repository apply; never fails."""
    for path in [path for path in files if _GRADLE.fullmatch(path)][:MAX_FILES]:
        yield from _gradle(_read(files, path), path)
    if "pom.xml" in files:
        yield from _maven(_read(files, "pom.xml"), "pom.xml")


def unfollowed(executions: Iterable[Execution]) -> str:
    """Return a call of Gradle for a task of the build's own, which may check anything; nothing where there is none."""
    for one in executions:
        for words in readings(one.call) if one.can_stop else ():
            tasks = [word for word in words[1:] if not word.startswith("-")]
            gradle = re.match(r"gradlew?(?:\.bat)?\Z", words[0].rpartition("/")[2])
            if gradle and not all(map(_PLAIN_TASK.fullmatch, tasks)):
                return f"`{' '.join(words)[:60]}` ({one.call.location})"
    return ""


def _gradle(text: str, path: str) -> Iterator[Setting]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(("//", "*", "/*")):
            continue
        for pattern in _APPLIED:
            name = pattern.search(line[:300])
            tool = TOOL.search(name[1]) if name else None
            if tool:
                yield Setting(tool[1].lower(), Location(path, number))


def _maven(text: str, path: str) -> Iterator[Setting]:
    """Yield the plugins of a build that check by an execution, or by a goal that the build runs by default."""
    try:
        root = xml.load(text)
    except xml.XmlError:
        return
    asked = root.get("build", "defaultGoal")
    for plugin in (
        *root.all("build", "plugins", "plugin"),
        *root.all("build", "pluginManagement", "plugins", "plugin"),
    ):
        tool = TOOL.search(plugin.get("artifactId"))
        goals = [one.text.strip() for one in plugin.all("executions", "execution", "goals", "goal")]
        if tool and (f"{tool[1]}:check" in asked or any(map(_CHECKS.fullmatch, goals))):
            yield Setting(tool[1].lower(), Location(path, plugin.line))


def _read(files: Files, path: str) -> str:
    try:
        return files.read(path)
    except Unreadable:
        return ""
