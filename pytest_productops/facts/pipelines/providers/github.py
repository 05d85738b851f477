"""GitHub Actions: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax."""

from __future__ import annotations

from pytest_productops.facts.files import Files
from pytest_productops.facts.pipelines import github
from pytest_productops.facts.pipelines.model import Reading


def read(files: Files) -> Reading:
    """Read every workflow."""
    reading = Reading()
    for path in files:
        if path.startswith(".github/") and github.WORKFLOW.fullmatch(path):
            pipeline, problems = github.workflow(files, path)
            reading.pipelines += [pipeline] if pipeline else []
            reading.problems += problems
    return reading
