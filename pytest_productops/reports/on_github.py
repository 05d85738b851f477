"""What a run in GitHub's CI says by itself: annotations in the log and the summary of the job.

Both faces say it, once: not what was asked for as a report anyway. It never changes how a run ends: a summary that
cannot be written is left out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_productops.reports import github
from pytest_productops.reports.output import Target, rendered
from pytest_productops.reports.stored import cleaned

_SUMMARY = "GITHUB_STEP_SUMMARY"
_FLAGS = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def here(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this runs in a workflow of GitHub."""
    return environment.get("GITHUB_ACTIONS") == "true"


def annotated(
    data: dict[str, Any],
    root: Path,
    wanted: tuple[Target, ...],
    kinds: tuple[str, ...] = github.KINDS,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[str]:
    """Yield a workflow command a finding; they name files where the repository is the one that is checked out."""
    if any(each.format == "github" for each in wanted):
        return
    workspace = environment.get("GITHUB_WORKSPACE")
    placed = not workspace or Path(workspace).resolve() == root
    yield from github.commands(cleaned(data), kinds, placed=placed)


def summarise(
    data: dict[str, Any], wanted: tuple[Target, ...], environment: Mapping[str, str] = os.environ
) -> None:
    """Append the report to the summary of the job, where that is a regular file."""
    path = environment.get(_SUMMARY)
    if not path or any(each.path == Path(path).resolve() for each in wanted):
        return
    try:
        with os.fdopen(os.open(path, _FLAGS), "ab") as stream:
            if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                stream.write(rendered("markdown", data).encode())
    except (OSError, ValueError):
        return
