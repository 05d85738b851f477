"""CI runs tests on change requests, or on pushes to any branch, and their failure fails the check.

Read as rule DEV001 reads it: a command, or a target, script, action or workflow of the repository that runs one.
A workflow elsewhere, or a job out of sight, that is named for tests counts. So does a command that runs tests in a
scripted Jenkinsfile, or in the file of a living service that is not read otherwise. Anything else out of sight makes
the answer unknown.
"""

from __future__ import annotations

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Execution, Opaque, Pipelines
from pytest_productops.facts.pipelines.families import BY_NAME
from pytest_productops.facts.pipelines.model import SCRIPTED
from pytest_productops.facts.pipelines.other import commands
from pytest_productops.inspection.model import Answer, no, note, seen, yes
from pytest_productops.lazy import regex
from pytest_productops.repository import Unavailable

_TESTS = regex(r"(?:^|[^a-z])(?:tests?|pytest|rspec|ci)(?:$|[^a-z])")
_JOBS = regex(r"(?:^|[^a-z])(?:tests?|testing|pytest|rspec|e2e)(?:$|[^a-z])")
_SHOWN = 3


def answer(pipelines: Pipelines, files: Files) -> Answer:
    """Look at every command that a job runs."""
    running = [one for one in pipelines.executions if one.tests]
    stopping = [one for one in running if one.can_stop]
    if stopping:
        stopping.sort(key=lambda one: one.tests in BY_NAME)
        return yes(*(seen(one.step.location, f"`{str(one.call)[:80]}`") for one in _apart(stopping)[:_SHOWN]))
    elsewhere = [one for one in pipelines.opaque if one.on_change]
    named = [one for one in elsewhere if _names_tests(one)]
    if named:
        return yes(*(seen(one.location, f"{one.what}, by its name") for one in named[:_SHOWN]))
    jobs = [one for one in _hidden(pipelines) if _JOBS.search(one.job.id.lower())]
    if jobs:
        return yes(
            *(seen(one.step.location, f"job `{one.job.id}`, by its name") for one in _apart(jobs)[:_SHOWN])
        )
    paths = [*pipelines.other, *(one.location.path for one in elsewhere if one.what == SCRIPTED)]
    written = [seen(place, f"`{call[:80]}`") for path in paths for place, call in commands(files, path)]
    if written:
        return yes(*written[:_SHOWN])
    _doubt(pipelines, elsewhere)
    if running:
        return no(
            *(seen(one.step.location, f"`{str(one.call)[:80]}` stops no change") for one in running[:_SHOWN])
        )
    read = ", ".join(list(dict.fromkeys(one.path for one in pipelines.pipelines))[:_SHOWN])
    return no(note(f"no command of {read} runs tests" if read else "there is no CI file"))


def _hidden(pipelines: Pipelines) -> list[Execution]:
    """Return the commands that can stop a change and whose work is out of sight."""
    return [one for one in pipelines.executions if one.can_stop and (one.program or one.hidden)]


def _doubt(pipelines: Pipelines, elsewhere: list[Opaque]) -> None:
    """Raise `Unavailable` where tests may run out of sight."""
    if pipelines.other:
        raise Unavailable(f"tests may run in {pipelines.other[0]}, of a service that is not read")
    unseen = [f"{one.what} ({one.location})" for one in elsewhere]
    stopping = [one for one in pipelines.executions if one.can_stop]
    unseen += [
        f"`{one.program or one.hidden}` ({one.call.location})"
        for one in stopping
        if one.program or one.hidden
    ]
    if unseen:
        raise Unavailable(f"tests may run in {unseen[0]}, which cannot be followed")


def _names_tests(one: Opaque) -> bool:
    """Whether what is elsewhere is named for tests."""
    return bool(_TESTS.search(one.what.partition("@")[0].rpartition("/")[2].lower()))


def _apart(found: list[Execution]) -> list[Execution]:
    """Return one execution a step."""
    return list({one.step.location: one for one in reversed(found)}.values())[::-1]
