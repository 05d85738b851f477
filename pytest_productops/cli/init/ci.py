"""The job of CI: a workflow of its own on GitHub; on GitLab, whose jobs share a file, what to put into it."""

from __future__ import annotations

import re

from pytest_productops.cli.init.snippets import DEFAULT_BRANCH, text, workflow
from pytest_productops.cli.init.step import Step
from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import Pipelines
from pytest_productops.git import Git
from pytest_productops.repository import Repository, Unavailable

NAME = "CI"
PROVIDERS = ("github", "gitlab", "none")
WORKFLOW = ".github/workflows/productops.yml"
GITLAB = ".gitlab-ci.yml"
_BRANCH = re.compile(r"[\w./-]+")


def step(repository: Repository, asked: str | None) -> Step | None:
    """Return the job for the provider that is asked for, or found; None where none is wanted."""
    if asked == "none":
        return None
    pipelines = repository[Pipelines]
    running = _running(pipelines, repository[Files])
    if running:
        return Step(NAME, f"{running} runs it already")
    found = asked or _found(repository)
    if found == "github":
        return Step(NAME, f"{WORKFLOW}: written", WORKFLOW, workflow(_branch(repository)).encode())
    if found == "gitlab":
        return _gitlab(repository[Files])
    others = ", ".join(dict.fromkeys([*(each.path for each in pipelines.pipelines), *pipelines.other]))
    where = f"{others}: let it" if others else "none is here; --ci=github writes a workflow, any other can"
    return Step(NAME, f"{where} run `productops check` on the whole history")


def _found(repository: Repository) -> str:
    files = repository[Files]
    if any(path.startswith(".github/") for path in files):
        return "github"
    return "gitlab" if GITLAB in files or any(path.startswith(".gitlab/") for path in files) else ""


def _running(pipelines: Pipelines, files: Files) -> str:
    """Return the file of CI that runs the rules already, nothing where none does."""
    if WORKFLOW in files:
        return WORKFLOW
    calls = (
        one.pipeline.path
        for one in pipelines.executions
        if any(word.rpartition("/")[2] in {"productops", "--productops"} for word in one.call.words)
    )
    uses = (
        pipeline.path
        for pipeline in pipelines.pipelines
        for job in pipeline.jobs
        if any("/pytest-productops" in used for used in (job.uses, *(step.uses for step in job.steps)))
    )
    return next(iter((*calls, *uses)), "")


def _gitlab(files: Files) -> Step:
    job = text("gitlab.yml")
    if GITLAB not in files:
        return Step(NAME, f"{GITLAB}: written", GITLAB, job.encode())
    said = f"{GITLAB} stays as it is; put this job into it, at a stage that you have"
    return Step(NAME, said, paste="\n".join(line for line in job.splitlines() if line[:1] != "#") + "\n")


def _branch(repository: Repository) -> str:
    """Return the default branch: of the remote, else one that is called so, else the one checked out."""
    try:
        git = repository[Git]
    except Unavailable:
        return DEFAULT_BRANCH
    for arguments in (
        ("rev-parse", "--abbrev-ref", "refs/remotes/origin/HEAD"),
        ("for-each-ref", "--format=%(refname:short)", "--count=1", "refs/heads/main", "refs/heads/master"),
        ("symbolic-ref", "--short", "HEAD"),
    ):
        try:
            name = git.run(*arguments).decode(errors="replace").strip().removeprefix("origin/")
        except Unavailable:
            continue
        if name not in {"", "HEAD"} and _BRANCH.fullmatch(name):
            return name
    return DEFAULT_BRANCH
