"""The only place that starts git: through GitPython, over a shadow git directory of our own.

A repository's own configuration can name programs for git to run (`core.fsmonitor`, filters, textconv,
hooks). The shadow has its own configuration, copies of the target's refs and index, and the target's objects
as alternates, so git reads the target's data and none of its settings.
See https://git-scm.com/docs/git#_security.
"""

from __future__ import annotations

import os
import shutil
import stat
import weakref
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pytest_productops.git import scratch
from pytest_productops.git.process import AGAIN, ENVIRONMENT, PATIENCE, Refused, Silent, command, spoken
from pytest_productops.git.shadow import BARE, MAX_COPY, directories, fill, is_bare, packed, patience, stores
from pytest_productops.repository import Fact, Repository, Unavailable

__all__ = ["BARE", "MAX_COPY", "PARTIAL", "Git", "is_bare"]

PARTIAL = (
    "the clone is partial and lacks what is needed: drop `filter:` (actions/checkout) or --filter,"
    " or run git fetch --refetch --no-filter"
)
_IN_TREE = frozenset({"ls-files", "diff-index", "grep"})
"""The commands that look at the working tree."""
_HEAD = "HEAD^{commit}"
_ALWAYS = {"diff-index": "--ignore-submodules=dirty"}
"""What a command is always told: else git looks into a submodule, under the settings that it has of its own."""
_NOTHING = {"grep": 1}
"""The status by which a command says that it found nothing, which is no failure."""
_OBEYED = (".gitattributes", ".gitignore")
"""Files that git opens in every folder of the working tree, whatever they are."""
_CLONING = 600.0


class Git(Fact):
    """A repository's git data, read by fixed plumbing commands."""

    def __init__(self, root: Path, shadow: Path) -> None:
        self.root = root
        self.shadow = shadow
        self._patience = patience(shadow)
        self._finalizer = weakref.finalize(self, shutil.rmtree, str(shadow), ignore_errors=True)

    @classmethod
    def gather(cls, repository: Repository) -> Git:
        """Make the shadow; raise `Unavailable` without git or without a git directory."""
        command()
        try:
            own, common = directories(repository.root)
            shadow = scratch.make()
        except OSError as error:
            raise _unreadable(error) from error
        try:
            fill(shadow, own, common)
        except OSError as error:
            shutil.rmtree(shadow, ignore_errors=True)
            raise _unreadable(error) from error
        return cls(repository.root, shadow)

    @property
    def shallow(self) -> bool:
        """Whether history was cut off by a shallow clone."""
        path = self.shadow / "shallow"
        return path.is_file() and path.stat().st_size > 0

    @property
    def partial(self) -> bool:
        """Whether objects were left out on cloning (`git clone --filter`); what needs them fails."""
        return any(any((store / "pack").glob("*.promisor")) for store in stores(self.shadow))

    @property
    def packed(self) -> int:
        """How large the packs of objects are, in bytes."""
        return packed(self.shadow)

    def run(self, *arguments: str, seconds: float = PATIENCE) -> bytes:
        """Return what `git ARGUMENTS` prints; raise `Unavailable` with git's own words where it fails.

        `seconds` is how long it may be silent at most; less in a small repository, and where it was once too long.
        """
        return b"".join(self.stream(*arguments, seconds=seconds))

    def stream(self, *arguments: str, seconds: float = PATIENCE) -> Iterator[bytes]:
        """Yield what `git ARGUMENTS` prints, as it comes; whoever stops reading ends it. Raises as `run` does."""
        name = _subcommand(arguments)
        if name in _IN_TREE and self._pipe:
            raise Unavailable(f"{self._pipe} is no regular file, and git would wait for it; remove it")
        if name in _ALWAYS:
            at = arguments.index(name) + 1
            arguments = (*arguments[:at], _ALWAYS[name], *arguments[at:])
        tree = self.root if name in _IN_TREE else self.shadow
        yield from self._said(arguments, tree, seconds)

    def tracked(self) -> bytes:
        """Return the paths in the index, each ended by NUL; the working tree is not looked at."""
        return b"".join(self._said(("ls-files", "-z", "--cached"), self.shadow, PATIENCE))

    def clone(self, target: Path, origin: str = "") -> None:
        """Make a fresh clone of all that is committed, which shares nothing with this repository.

        It says that it came from `origin`. No hook, filter or submodule is run. Raises `Unavailable` as `run` does.
        """
        arguments = ("clone", "--quiet", "--no-local", "--template=", "--", str(self.shadow), str(target))
        variables = {**ENVIRONMENT, "HOME": str(self.shadow), "GIT_ALLOW_PROTOCOL": "file"}
        try:
            b"".join(spoken(arguments, str(self.shadow), variables, _CLONING))
        except Refused as failure:
            raise self._failed(arguments, str(failure)) from failure
        config = target / ".git" / "config"
        if not config.is_file():
            raise self._failed(arguments, "")
        config.write_text(config.read_text().replace(str(self.shadow), origin or "unknown:origin"))

    def _said(self, arguments: tuple[str, ...], tree: Path, seconds: float) -> Iterator[bytes]:
        """Yield what a command prints; what needs no working tree sees none, lest a pipe in it stops git."""
        home = str(self.shadow)
        places = {"HOME": home, "XDG_CONFIG_HOME": home, "GIT_DIR": home, "GIT_WORK_TREE": str(tree)}
        try:
            yield from spoken(arguments, str(tree), {**ENVIRONMENT, **places}, min(seconds, self._patience))
        except Silent as silent:
            self._patience = AGAIN
            raise Unavailable(str(silent)) from silent
        except Refused as failure:
            if failure.status != _NOTHING.get(_subcommand(arguments)):
                raise self._failed(arguments, str(failure)) from failure

    @cached_property
    def _pipe(self) -> str:
        """A file that git obeys in a folder with tracked files and that is none, "" where there is no such."""
        folders = {name.rpartition(b"/")[0] for name in self.tracked().split(b"\0")}
        folders |= {folder[:at] for folder in folders for at, letter in enumerate(folder) if letter == 0x2F}  # noqa: PLR2004
        home = os.fsencode(self.root)
        for folder in sorted(folders | {b""}):
            for name in map(os.fsencode, _OBEYED):
                path = b"/".join(part for part in (folder, name) if part)
                if _is_special(home + b"/" + path):
                    return os.fsdecode(path)
        return ""

    def _failed(self, arguments: tuple[str, ...], text: str) -> Unavailable:
        if self.partial:
            return Unavailable(PARTIAL)
        if _HEAD in arguments and not self.run("for-each-ref", "--count=1"):
            return Unavailable("the repository has no commits yet")
        reason = (text.strip().splitlines() or ["no reason given"])[-1]
        return Unavailable(f"git {_subcommand(arguments)} failed: {reason}; `git fsck` tells more")


def _is_special(path: bytes) -> bool:
    """Whether something is there that is neither file, link nor folder."""
    try:
        mode = os.lstat(path).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode))


def _unreadable(error: OSError) -> Unavailable:
    reason = error.strerror or str(error)
    return Unavailable(f"the git directory cannot be read: {reason}; mend it, or clone the repository anew")


def _subcommand(arguments: tuple[str, ...]) -> str:
    return next((word for word in arguments if not word.startswith("-")), "")
