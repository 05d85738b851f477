"""What one step of setting up comes to: a file to write, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pytest_productops.fixing import Changes
from pytest_productops.lazy import dataclass
from pytest_productops.policy.problems import ConfigurationError, Problem


@dataclass(frozen=True)
class Step:
    """A step: its name, and what became of it, in words.

    `path` is the file that comes to hold `new` (None: nothing is written), `old` what it held (None: it is new).
    `paste` is what a person has to put somewhere, as `said` tells.
    """

    name: str
    said: str
    path: str = ""
    new: bytes | None = None
    old: bytes | None = None
    paste: str = ""


def changes(steps: Iterable[Step]) -> Changes:
    """Return what is to be written."""
    return {step.path: (step.old, step.new) for step in steps if step.new is not None}


def refuse_links(root: Path, paths: Iterable[str]) -> None:
    """Raise `ConfigurationError` where a file to write is a link, or lies in a folder that is one."""
    problems = [
        Problem(path, 0, "a link is in the way, so nothing was written", "make it a file, or a folder")
        for path in paths
        if any(map(Path.is_symlink, _places(root, path)))
    ]
    if problems:
        raise ConfigurationError(problems)


def _places(root: Path, path: str) -> Iterator[Path]:
    place = root
    for part in Path(path).parts:
        place /= part
        yield place
