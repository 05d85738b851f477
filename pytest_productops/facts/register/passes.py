"""What `git log` prints of commits, of their paths and of their patches, read as it comes."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator

from pytest_productops.facts.history.model import day
from pytest_productops.facts.history.reading import tokens
from pytest_productops.lazy import dataclass

_FIELDS = ("%H", "%cd", "%aN", "%aE", "%(trailers:only,unfold)")
_QUIET = (
    "-z", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
    "--date=format-local:%Y-%m-%d",
)  # fmt: skip
NAMES = (*_QUIET, f"--format={'%x00'.join(_FIELDS)}")
"""The options whose output `steps` reads; with --name-status it has changes."""
PATCH = (*_QUIET, "-p", "-U0", "-M", "--dst-prefix=", "--format=%H %cd")
"""The options whose output `added_lines` reads."""
_LONGEST_STATUS = 8


@dataclass(frozen=True)
class Step:
    """A commit as far as evidence needs it; a change is (status, path, the path it was moved from)."""

    sha: str
    day: datetime.date
    author: str
    email: str
    trailers: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, str], ...]


def steps(chunks: Iterable[bytes]) -> Iterator[Step]:
    """Yield the commits that `git log -z --name-status` prints with our format."""
    head: list[bytes] = []
    changes: list[tuple[str, str, str]] = []
    coming = tokens(chunks)
    for token in coming:
        if len(head) < len(_FIELDS):
            head.append(token)
        elif len(token) > _LONGEST_STATUS:
            yield _step(head, changes)
            head, changes = [token], []
        elif status := token.strip()[:1].decode("ascii", "replace"):
            path, moved = os.fsdecode(next(coming, b"")), status in "RC"
            changes.append((status, os.fsdecode(next(coming, b"")), path) if moved else (status, path, ""))
    if len(head) == len(_FIELDS):
        yield _step(head, changes)


def _step(head: list[bytes], changes: list[tuple[str, str, str]]) -> Step:
    sha, date, author, email, trailers = (field.decode(errors="replace") for field in head)
    pairs = (line.partition(":") for line in trailers.splitlines())
    found = tuple((key.strip(), value.strip()) for key, _, value in pairs if value)
    return Step(sha, day(date), author, email, found, tuple(changes))


def added_lines(chunks: Iterable[bytes]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (commit, ISO day, path, line) for each line that a patch without context adds.

    What a file says stands behind `+` or `-`, so no text of it can be taken for a header.
    """
    sha = when = path = ""
    inside = False
    for line in tokens(chunks, b"\n"):
        if line.startswith(b"diff --git "):
            inside = False
        elif line.startswith(b"@@"):
            inside = True
        elif inside and line.startswith(b"+"):
            yield sha, when, path, line[1:].decode(errors="replace")
        elif line.startswith(b"+++ "):
            path = os.fsdecode(line[4:].removesuffix(b"\t"))
        elif line.endswith(b"\0") and not line.startswith((b"-", b"\\")):
            sha, _, when = line[:-1].decode("ascii", "replace").partition(" ")
            inside = False
