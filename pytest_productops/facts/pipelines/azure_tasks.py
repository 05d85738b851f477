"""Azure's tasks as the commands that they run, as far as those that build and test go.

https://learn.microsoft.com/en-us/azure/devops/pipelines/tasks/reference/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines.document import text
from pytest_productops.lazy import regex

_FOLDERS = ("workingDirectory", "workingDir", "cwd", "working_directory", "workingFolder")
_SUSPECT = regex(r"test|build|verify", re.IGNORECASE)
_PLAIN = regex(
    r"^(?:publish|upload|download|cache|use|nodetool|copy|archive|delete|extract|codeql|component|nuget|docker|helm|azure|kube)",
    re.IGNORECASE,
)


def command(task: str, inputs: Map) -> str | None:
    """Return the shell text that a task runs: nothing for one that runs none, None where that is unknown."""
    name = task.partition("@")[0].lower()
    found = _KNOWN.get(name)
    if found:
        return found({key.lower(): text(value) for key, value in inputs.items()})
    own = name.rpartition(".")[2]
    return None if _SUSPECT.search(own) and not _PLAIN.match(own) else ""


def folder(inputs: Map) -> str:
    """Return the folder that a task runs in."""
    return next((text(inputs[key]) for key in _FOLDERS if inputs.get(key)), "")


def shell(task: str) -> str:
    """Return the shell of a task's text."""
    name = task.lower()
    return "pwsh" if name.startswith("powershell") else "cmd" if name.startswith("batchscript") else ""


def _script(given: Mapping[str, str]) -> str:
    path = given.get("filepath") or given.get("scriptpath") or given.get("filename", "")
    inline = given.get("script") or given.get("inlinescript", "")
    if path and given.get("targettype", "filepath").lower() != "inline":
        return f"{path} {given.get('arguments') or given.get('args', '')}".strip()
    return inline


def _python(given: Mapping[str, str]) -> str:
    path = given.get("scriptpath", "")
    return f"python {path} {given.get('arguments', '')}".strip() if path else ""


def _npm(given: Mapping[str, str]) -> str:
    custom = (
        given.get("customcommand") or given.get("verbose", "") if given.get("command") == "custom" else ""
    )
    return f"npm {custom or given.get('command') or 'install'}"


def _dotnet(given: Mapping[str, str]) -> str:
    verb = given.get("custom", "") if given.get("command") == "custom" else given.get("command", "build")
    return f"dotnet {verb} {given.get('projects', '')} {given.get('arguments', '')}".replace(
        "\n", " "
    ).strip()


def _maven(given: Mapping[str, str]) -> str:
    return f"mvn {given.get('options', '')} {given.get('goals') or 'package'}"


def _plain(program: str, *keys: str, otherwise: str = "") -> Callable[[Mapping[str, str]], str]:
    def made(given: Mapping[str, str]) -> str:
        words = [given[key] for key in keys if given.get(key)]
        return " ".join([program, *(words or [otherwise])]).strip().replace("\n", " ")

    return made


_KNOWN: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    **dict.fromkeys(("bash", "cmdline", "powershell", "shellscript", "batchscript", "shellpp"), _script),
    "pythonscript": _python,
    "npm": _npm,
    "yarn": _plain("yarn", "arguments"),
    "dotnetcorecli": _dotnet,
    "vstest": lambda _: "vstest.console",
    "visualstudiotest": lambda _: "vstest.console",
    "maven": _maven,
    "gradle": _plain("./gradlew", "options", "tasks", otherwise="build"),
    "ant": _plain("ant", "targets"),
    "go": _plain("go", "command", "arguments"),
    "cmake": _plain("cmake", "cmakeargs"),
    "gulp": _plain("gulp", "targets"),
    "grunt": _plain("grunt", "targets"),
    "xcode": _plain("xcodebuild", "actions"),
    "make": _plain("make", "target"),
    "tox": _plain("tox", "arguments"),
    "flutter": _plain("flutter", "command"),
    "fluttertest": lambda _: "flutter test",
    "rake": _plain("rake", "tasks"),
    "vsbuild": lambda _: "msbuild",
    "msbuild": lambda _: "msbuild",
}
