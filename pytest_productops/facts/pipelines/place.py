"""Where the checkout of a job puts this repository.

https://github.com/actions/checkout
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from pytest_productops.facts.pipelines import expressions
from pytest_productops.facts.pipelines.model import Job
from pytest_productops.lazy import dataclass

CHECKOUT = "actions/checkout@"


@dataclass(frozen=True)
class Place:
    """Where a job's checkout puts this repository: `root` in the workspace, `others` where other ones are."""

    root: str = ""
    others: tuple[str, ...] = ()

    def folder(self, folder: str) -> str:
        """Return a workspace folder as one of this repository; one that is not begins with `$`."""
        if expressions.dynamic(folder):
            stripped = re.sub(r"^\$\{?GITHUB_WORKSPACE\}?(?:/|$)", "", folder)
            if stripped == folder or expressions.dynamic(stripped):
                return folder
            folder = stripped
        path = posixpath.normpath(folder or ".")
        path = "" if path == "." else path
        if any(path == other or path.startswith(other + "/") for other in self.others if other):
            return "$OTHER_REPOSITORY"
        if not self.root:
            return path
        return (
            posixpath.relpath(path, self.root).lstrip(".")
            if _under(path, self.root)
            else f"$WORKSPACE/{path}"
        )


def place_of(job: Job, contexts: Mapping[str, Any]) -> Place:
    """Return where a job checks this repository out."""
    root, others, itself = "", [], False
    for step in job.steps:
        if step.uses.startswith(CHECKOUT):
            path = expressions.fill(str(step.inputs.get("path", "")), contexts).strip("./")
            if step.inputs.get("repository") and "github.repository" not in str(step.inputs["repository"]):
                others.append(path)
            elif not itself:
                root, itself = path, True
    if not itself and "" in others:
        return Place("\0elsewhere")
    return Place("" if expressions.dynamic(root) else root, tuple(others))


def _under(path: str, root: str) -> bool:
    return path == root or path.startswith(root + "/")
