"""GitLab CI: the jobs of the root file and of the child pipelines in its own tree.

https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pytest_productops.facts.files import Files
from pytest_productops.facts.formats.yaml import Map
from pytest_productops.facts.pipelines import gitlab_rules
from pytest_productops.facts.pipelines.document import text
from pytest_productops.facts.pipelines.gitlab_book import MAX_FILES, Book
from pytest_productops.facts.pipelines.gitlab_scripts import Scripts
from pytest_productops.facts.pipelines.model import Job, Opaque, Pipeline, Reading

ROOT = ".gitlab-ci.yml"


def pipelines(files: Files, path: str = ROOT) -> Reading:
    """Read a root file and the child pipelines of its own tree that its jobs trigger."""
    reading = Reading()
    pending: list[tuple[str, Job | None]] = [(path, None)]
    seen: set[str] = set()
    while pending:
        path, parent = pending.pop()
        if path in seen or len(seen) > MAX_FILES:
            continue
        seen.add(path)
        jobs = _Jobs(Book(files, path), parent)
        reading.pipelines += [jobs.pipeline()] if jobs.book.raw else []
        reading.problems += jobs.book.problems
        reading.opaque += jobs.book.opaque
        pending += jobs.children
    return reading


class _Jobs:
    """The jobs of a book; `parent` is the job that triggers its pipeline, `children` what they trigger."""

    def __init__(self, book: Book, parent: Job | None) -> None:
        self.book = book
        self.parent = parent
        self.children: list[tuple[str, Job | None]] = []
        self._scripts = Scripts(book)

    def pipeline(self) -> Pipeline:
        """Return the pipeline of the root file."""
        workflow = self.book.raw.get("workflow")
        jobs = [self._job(name) for name in self.book.names]
        return Pipeline(
            path=self.book.root,
            provider="gitlab",
            triggers=frozenset(trigger for job in jobs for trigger in job.triggers),
            jobs=tuple(jobs),
            any_branch=any(job.any_branch for job in jobs),
            name=text(workflow.get("name")) if isinstance(workflow, Map) else "",
        )

    def _job(self, name: str) -> Job:
        job = self.book.job(name)
        events = gitlab_rules.starts(job, self.book.raw.get("workflow"))
        path = self.book.home(self.book.raw[name])
        made = Job(
            id=name,
            line=max(self.book.raw[name].line - 1, 1),
            steps=tuple(self._scripts.steps(job, path)),
            needs=tuple(self._needs(job)),
            may_fail=job.get("allow_failure") is True,
            environment=_environment(job.get("environment")),
            triggers=gitlab_rules.triggers(events),
            path=path,
            any_branch="push" in events,
            never=job.get("when") == "never",
        )
        if self.parent:
            made = replace(made, triggers=self.parent.triggers, any_branch=self.parent.any_branch)
        self._trigger(job.get("trigger"), made)
        return made

    def _trigger(self, trigger: Any, made: Job) -> None:
        """Note the pipelines that a job triggers."""
        if trigger is None:
            return
        included = trigger.get("include") if isinstance(trigger, Map) else None
        for entry in [included] if isinstance(included, (str, Map)) else included or [trigger]:
            local = entry.get("local") if isinstance(entry, Map) else entry
            path = str(local).lstrip("/")
            if included and path in self.book.files:
                self.children.append((path, made))
            else:
                unseen = Opaque("a pipeline of another project", made.location, made.on_change)
                self.book.opaque.append(unseen)

    def _needs(self, job: Map) -> Iterator[str]:
        """Yield the jobs that must exist, as far as all jobs are known."""
        needs = job.get("needs")
        for need in needs if isinstance(needs, list) and self.book.complete else ():
            if isinstance(need, str):
                yield need
            elif isinstance(need, Map) and _is_here(need):
                yield text(need.get("job"))


def _is_here(need: Map) -> bool:
    """Whether a need is a job of this pipeline that must exist."""
    return not {"pipeline", "project"} & set(need) and need.get("optional") is not True


def _environment(value: Any) -> str:
    return text(value.get("name")) if isinstance(value, Map) else text(value)
