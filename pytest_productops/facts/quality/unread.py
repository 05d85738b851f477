"""CI files of services that are not read, where they are all the CI there is: their lines, taken for commands."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_productops.facts.commands import Call, Commands, calls
from pytest_productops.facts.files import Files, Unreadable
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_LINE = regex(r"^\s*(?:-\s+)?(?:[\w.-]+:\s+)?[\"']?([\w./$@{}~-][^#]{1,300}?)[\"']?,?\s*$")
_TEXT = regex(r".*\.(?:ya?ml|json|star|toml|sh)|.*Jenkinsfile[^/]*")
MAX_FILES = 20
MAX_LINES = 2000


def commands(pipelines: Pipelines, files: Files, known: Commands) -> Iterator[Call]:
    """Yield what may be a command there, expanded; nothing where changes meet CI that is read."""
    if any(job.on_change for pipeline in pipelines.pipelines for job in pipeline.jobs):
        return
    for path in [path for path in pipelines.other if _TEXT.fullmatch(path)][:MAX_FILES]:
        try:
            lines = files.read(path).split("\n")[:MAX_LINES]
        except Unreadable:
            continue
        for number, line in enumerate(lines, 1):
            match = _LINE.match(line[:400])
            for call in calls(match[1], Location(path, number)) if match else ():
                yield from known.expand(call)
