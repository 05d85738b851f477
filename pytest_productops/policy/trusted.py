"""The commit whose settings are believed, so that a change cannot mute the gate that judges it.

It is given from outside, as `--trusted-ref=origin/main`, and never by the settings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pytest_productops.facts.files import Unreadable
from pytest_productops.facts.snapshot import Snapshot
from pytest_productops.git import Git
from pytest_productops.lazy import dataclass
from pytest_productops.policy import document
from pytest_productops.policy.problems import ConfigurationError, Problem
from pytest_productops.repository import Repository, Unavailable

NAME = "trusted-ref"
FOLDER = ".productops/"
_ELSEWHERE, _OURS = ("tasks.toml", "docs/ops/tasks.toml", "done.toml"), "productops."
"""Other places of a register and a definition of done, and what such a file says if it is one."""
_WORD = re.compile(r"[^\s\0-\x1f\x7f-][^\s\0-\x1f\x7f]{0,300}")
"""What a name of a commit may be: no option, no blank, no control character."""
_REFERENCE = re.compile(r"[\w.+@/-]+")
_PLACES = ("refs", "refs/tags", "refs/heads", "refs/remotes")
"""Where git looks a short name up, the first one wins: https://git-scm.com/docs/gitrevisions."""


@dataclass(frozen=True)
class Trusted:
    """A commit by the name that was given, and its files.

    `adopted` says whether it holds anything of ours. Where it does not, the change that brings the first settings is
    judged by its own: adoption must be possible.
    """

    name: str
    commit: str
    git: Git
    files: Snapshot
    adopted: bool

    def __str__(self) -> str:
        return f"{self.name} ({self.commit[:10]})"

    @property
    def notice(self) -> str:
        """What a report says of it."""
        if self.adopted:
            return f"settings, waivers, baseline, register and definition of done are those of {self}"
        return f"{self} has no settings yet, so this change is judged by those that it brings itself"


def resolve(root: Path, name: str, label: str, own: Iterable[str] = ()) -> Trusted:
    """Return the commit that a name stands for; raise `ConfigurationError` where there is none, or two.

    `label` is how the option is called. `own` are further files of ours, beside those of the usual places.
    """
    if not _WORD.fullmatch(name):
        raise _wrong(label, f"`{name}` is no name of a commit", "write a branch, a tag or an id: origin/main")
    try:
        git = Repository(root)[Git]
        commit = _commit(git, name)
        if not commit:
            hint = "fetch it: fetch-depth: 0 (actions/checkout), GIT_DEPTH: 0 (GitLab), or git fetch origin"
            raise _wrong(label, f"there is no commit `{name}` here", hint)
        if len(places := _places(git, name)) > 1:
            raise _wrong(label, f"`{name}` is {' and '.join(places)}", f"write {places[-1]}")
        files = Snapshot.of(git, commit)
    except Unavailable as error:
        raise _wrong(label, f"`{name}` cannot be read: {error}", "clone the repository with git") from error
    return Trusted(name, commit, git, files, _adopted(files, own))


def _wrong(label: str, message: str, hint: str) -> ConfigurationError:
    return ConfigurationError([Problem(label, 0, message, hint)])


def _commit(git: Git, name: str) -> str:
    try:
        return git.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except Unavailable:
        return ""


def _places(git: Git, name: str) -> list[str]:
    """Return the references that a short name may mean; a change may bring a tag that is called like a branch."""
    if not _REFERENCE.fullmatch(name):
        return []
    wanted = [f"{place}/{name}" for place in _PLACES]
    there = git.run("for-each-ref", "--format=%(refname)", *wanted).decode(errors="replace").split()
    return [reference for reference in wanted if reference in there]


def _adopted(files: Snapshot, own: Iterable[str]) -> bool:
    """Whether a commit holds settings, or a baseline, a register or a definition of done at our own places."""
    if any(path.startswith(FOLDER) for path in files.paths) or files.there(FOLDER.rstrip("/")):
        return True
    if any(path and files.there(path) for path in own):
        return True
    return any(_OURS in _text(files, path) for path in _ELSEWHERE) or bool(
        document.load(files.root, "", files).source
    )


def _text(files: Snapshot, path: str) -> str:
    try:
        return files.read(path) if path in files else ""
    except Unreadable:
        return _OURS
