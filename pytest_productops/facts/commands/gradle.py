"""Tasks that Gradle builds register: https://docs.gradle.org/current/userguide/writing_tasks.html.

A plugin may define any task, so a name that is not registered is unknown; those of the standard plugins are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.commands.model import Call, Definition, Target
from pytest_productops.facts.commands.runner import Ask, Runner, folder_of, inside, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_VALUED_WORDS = """
-p --project-dir -b --build-file -c --settings-file -I --init-script -x --exclude-task -g
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_OWN_WORDS = """
assemble build buildDependents buildNeeded check clean classes compileJava compileKotlin compileTestJava jar javadoc run
test testClasses publish publishToMavenLocal help tasks projects properties dependencies init wrapper bootRun bootJar
lint connectedCheck connectedAndroidTest assembleDebug assembleRelease installDebug dependencyInsight
"""
_OWN = frozenset(_OWN_WORDS.split())
_REGISTERED = regex(
    r"\btasks\.(?:register|create)\s*(?:<[\w.<>, ]+>\s*)?\(\s*['\"]([\w-]+)['\"]"
    r"|\btasks\s*\{\s*register\s*\(\s*['\"]([\w-]+)"
    r"|^[^\S\n]*task\s*(?:\(\s*)?['\"]?([A-Za-z][\w-]*)|\bval\s+(\w+)\s+by\s+tasks\.(?:registering|creating)"
    r"|^[^\S\n]*tasks\.register\s+['\"]([\w-]+)"
)


class Gradle(Runner):
    """gradle and its wrapper."""

    name = "gradle"
    kind = "gradle task"
    needs = "build.gradle"
    names = ("settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts")
    upward = True

    def read(self, files: Files, path: str) -> Definition | None:
        """Read all builds below the folder of a file."""
        folder = folder_of(path)
        below = f"{folder}/" if folder else ""
        builds = [one for one in files if one.startswith(below) and one.endswith((".gradle", ".gradle.kts"))]
        found = {name: place for build in builds[:200] for name, place in _registered(files, build)}
        targets = tuple(Target(self.name, name, place, folder=folder) for name, place in found.items())
        return Definition(path, folder, targets, open=True)

    def ask(self, call: Call) -> Ask | None:
        """Return what a call asks for beyond the standard tasks."""
        if call.words[0].rpartition("/")[2] not in {"gradle", "gradlew", "gradlew.bat"}:
            return None
        words = split(call.words[1:], _VALUED)
        names = tuple(
            name for name in (word.rpartition(":")[2] for word in words.operands) if name not in _OWN
        )
        folder = call.words[0].rpartition("/")[0] if call.words[0].endswith("gradlew") else ""
        return (
            Ask(names, inside(inside(call.folder, folder), words.get("-p", "--project-dir")))
            if names
            else None
        )

    def generated(self, files: Files, folder: str) -> bool:  # noqa: ARG002 - a plugin of the user's build may define it
        """Say that it may be."""
        return True


def _registered(files: Files, path: str) -> Iterator[tuple[str, Location]]:
    try:
        lines = files.read(path).split("\n")
    except Unreadable:
        return
    for number, line in enumerate(lines, 1):
        match = _REGISTERED.search(line[:500])
        if match:
            yield next(name for name in match.groups() if name), Location(path, number)
