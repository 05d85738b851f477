"""Maven: a call without a goal runs the default one of pom.xml (https://maven.apache.org/pom.html#the-basebuild-element-set)."""

from __future__ import annotations

from pytest_productops.facts.commands.model import Call
from pytest_productops.facts.commands.runner import inside, join, split
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.formats import xml

_PROGRAMS = frozenset({"mvn", "mvnw", "mvnw.cmd", "mvnd"})
_VALUED_WORDS = """
-f --file -P --activate-profiles -pl --projects -s --settings -gs --global-settings -T --threads -rf
--resume-from -t --toolchains -l --log-file -b --builder -D --define
"""
_VALUED = frozenset(_VALUED_WORDS.split())
_NO_BUILD = ("-v", "--version", "-h", "--help")


def with_goals(files: Files, call: Call) -> str:
    """Return a call of Maven without a goal as one with the goals of its pom.xml; nothing for any other call."""
    program = call.words[0].rpartition("/")[2]
    if program not in _PROGRAMS:
        return ""
    words = split(call.words[1:], _VALUED)
    if words.operands or words.has(*_NO_BUILD):
        return ""
    named = words.get("-f", "--file")
    path = join(call.folder, named) if named.endswith(".xml") else join(inside(call.folder, named), "pom.xml")
    goals = _default(files, path)
    return f"mvn {goals}" if goals else ""


def _default(files: Files, path: str) -> str:
    try:
        return xml.load(files.read(path)).get("build", "defaultGoal") if path in files else ""
    except (Unreadable, xml.XmlError):
        return ""
