"""Where a commit moved a path to, as git sees it."""

from __future__ import annotations

import os
from itertools import islice

from pytest_productops.git import Git
from pytest_productops.repository import Unavailable


def moved(git: Git, sha: str, path: str) -> tuple[str, int] | None:
    """Return the new path of a file, or the new folder of a folder whose files all moved alike; None if there is none.

    The number is how much of the text stayed, in percent; of a folder, that of the file that changed most, and 0 where
    the new folder was there before, so that its files were moved and nothing was renamed. A partial
    clone lacks what similar files are compared by; there only files that moved as they were are seen.
    """
    moves = _moves(git, sha, "-M") or _moves(git, sha, "-M100%")
    if path in moves:
        return moves[path]
    inside = path + "/"
    kept = {old: pair for old, pair in moves.items() if old.startswith(inside)}
    folders = {
        new[: -len(old) + len(path)] if new.endswith(old[len(path) :]) else ""
        for old, (new, _) in kept.items()
    }
    found = folders.pop().rstrip("/") if len(folders) == 1 else ""
    if not found:
        return None
    return found, 0 if _was_there(git, sha, found) else min(alike for _, alike in kept.values())


def _was_there(git: Git, sha: str, path: str) -> bool:
    """Whether a path was there before a commit."""
    return bool(git.run("--literal-pathspecs", "ls-tree", "--name-only", f"{sha}^1", "--", path))


def _moves(git: Git, sha: str, rename: str) -> dict[str, tuple[str, int]]:
    try:
        out = git.run(
            "diff-tree", "-r", "-z", rename, "--no-rename-empty", "--name-status", "--diff-filter=R",
            "--no-ext-diff", "--no-textconv", f"{sha}^1", sha, "--",
        )  # fmt: skip
    except Unavailable:
        return {}
    parts = iter(out.split(b"\0"))
    triples = iter(lambda: list(islice(parts, 3)), [])
    return {os.fsdecode(t[1]): (os.fsdecode(t[2]), int(t[0][1:])) for t in triples if len(t) == 3}  # noqa: PLR2004
