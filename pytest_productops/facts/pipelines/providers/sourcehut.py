"""sourcehut: the tasks of `.build.yml` and `.builds/*.yml`, each run at every push of any branch.

https://man.sr.ht/builds.sr.ht/manifest.md and https://man.sr.ht/git.sr.ht/#cicd-integration
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines.document import mapping, words
from pytest_productops.facts.pipelines.model import FATAL, Job, Pipeline, Reading, Step
from pytest_productops.facts.pipelines.starting import CHANGE, MAIN, means, triggers
from pytest_productops.facts.pipelines.ternary import any_of
from pytest_productops.facts.pipelines.written import child, lines, maps, step, texts
from pytest_productops.lazy import regex
from pytest_productops.model import Location

_PATH = regex(r"\.build\.ya?ml|\.builds/[^/]+\.ya?ml")
_ENTERED = regex(r"(?<!\w)(?:cd|pushd|-C)\s+[\"']?(?:~/|\$HOME/)?([\w.+-]*\w)")
_CLONED = regex(r"\bclone\s+(?:-\S+\s+)*(\S+)")
_ROOT = "$CI_PROJECT_DIR"
"""What the reader of shell texts takes for the root of the repository."""


def read(files: Files) -> Reading:
    """Read every manifest."""
    reading = Reading()
    for path in files:
        if path.startswith(".build") and _PATH.fullmatch(path):
            document, problems = mapping(files, path, "manifest")
            reading.problems += [one for one in problems if one.subject in FATAL]
            if document is not None and "tasks" in document:
                reading.pipelines.append(_pipeline(document, path, files.root.name))
    return reading


def _pipeline(document: Map, path: str, name: str) -> Pipeline:
    refs = words(child(child(document, "submitter"), "git.sr.ht").get("allow-refs"))
    events = frozenset(
        event
        for event, branch in (("push", CHANGE), ("main", MAIN))
        if not refs or any_of(means(ref.removeprefix("refs/heads/"), branch) for ref in refs) is not False
    )
    started = triggers(events)
    cloned = [_name(source) for source in words(document.get("sources"))]
    own = name if name in cloned else _entered_most(document, cloned, name)
    steps = tuple(_tasks(document, path, own))
    job = Job(
        id=posixpath.basename(path),
        line=document.keys_at.get("tasks", 1),
        steps=steps,
        triggers=started,
        path=path,
        any_branch="push" in events,
    )
    return Pipeline(path, "sourcehut", started, (job,), job.any_branch)


def _entered_most(document: Map, cloned: list[str], name: str) -> str:
    """Return the clone that the tasks enter most often; where none is listed, the folder that no task clones."""
    told = "\n".join(script for task, _ in maps(document.get("tasks")) for script in texts(task).values())
    entered = [found for found in _ENTERED.findall(told) if found in cloned or not cloned]
    fetched = {_name(url) for url in _CLONED.findall(told)}
    counts = Counter(found for found in entered if found not in fetched)
    return name if name in counts or not counts else counts.most_common(1)[0][0]


def _tasks(document: Map, path: str, own: str) -> Iterator[Step]:
    """Yield the tasks, which start in the home folder: the repository lies below it by its own name."""
    env = texts(document.get("environment"))
    enter = re.compile(
        rf"((?<!\w)(?:cd|pushd|-C)\s+)[\"']?(?:~/|\$HOME/)?{re.escape(own)}(?=[\"'/\s;&|)]|$)[\"']?"
    )
    for task, _ in maps(document.get("tasks")):
        for name, script in task.items():
            place = Location(path, task.lines.get(name, task.line))
            written = [(_entered(line, enter), at) for line, at in lines(script, place)]
            if written:
                yield step(written, name, folder="$HOME", env=env)


def _entered(line: str, enter: re.Pattern[str]) -> str:
    return enter.sub(lambda match: match[1] + _ROOT, line)


def _name(source: Any) -> str:
    """Return the folder that a source is cloned into."""
    return posixpath.basename(str(source).partition("#")[0].rstrip("/")).removesuffix(".git")
