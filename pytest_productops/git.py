"""The only place that starts git: through GitPython, over a shadow git directory of our own.

A repository's own configuration can name programs for git to run (`core.fsmonitor`, filters, textconv,
hooks). The shadow has its own configuration, copies of the target's refs and index, and the target's objects
as alternates, so git reads the target's data and none of its settings.
See https://git-scm.com/docs/git#_security.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_productops.repository import Fact, Repository, Unavailable

if TYPE_CHECKING:
    from git.cmd import Git as GitCommand

MAX_COPY = 256 * 2**20
"""Largest file of a git directory that is copied, in bytes."""
PARTIAL = (
    "the clone is partial and lacks what is needed: drop `filter:` (actions/checkout) or --filter,"
    " or run git fetch --refetch --no-filter"
)
_CHUNK = 2**16

_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "true",
    "GIT_SSH_COMMAND": "false",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "false",
    "GIT_FLUSH": "0",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}
_IN_TREE = frozenset({"ls-files", "diff-index", "grep"})
"""The commands that look at the working tree."""
_HEAD = "HEAD^{commit}"
_ALWAYS = {"diff-index": "--ignore-submodules=dirty"}
"""What a command is always told: else git looks into a submodule, under the settings that it has of its own."""
_NOTHING = {"grep": 1}
"""The status by which a command says that it found nothing, which is no failure."""
_CONFIG = """[core]
\trepositoryformatversion = {version}
\tbare = false
\tfsmonitor = false
\thooksPath = {devnull}
\tcommitGraph = false
\tquotePath = false
[mailmap]
\tblob = HEAD:.mailmap
[extensions]
{extensions}"""
_EXTENSION = re.compile(r"^\s*(objectformat|refstorage)\s*=\s*(\w+)\s*$", re.IGNORECASE | re.MULTILINE)


class Git(Fact):
    """A repository's git data, read by fixed plumbing commands."""

    def __init__(self, root: Path, shadow: Path) -> None:
        self.root = root
        self.shadow = shadow
        self._finalizer = weakref.finalize(self, shutil.rmtree, str(shadow), ignore_errors=True)

    @classmethod
    def gather(cls, repository: Repository) -> Git:
        """Make the shadow; raise `Unavailable` without git or without a git directory."""
        _git_command()
        own, common = _git_directories(repository.root)
        shadow = Path(tempfile.mkdtemp(prefix="productops-git-"))
        try:
            _fill(shadow, own, common)
        except OSError as error:
            shutil.rmtree(shadow, ignore_errors=True)
            raise Unavailable(f"the git directory cannot be read: {error}") from error
        return cls(repository.root, shadow)

    @property
    def shallow(self) -> bool:
        """Whether history was cut off by a shallow clone."""
        path = self.shadow / "shallow"
        return path.is_file() and path.stat().st_size > 0

    @property
    def partial(self) -> bool:
        """Whether objects were left out on cloning (`git clone --filter`); what needs them fails."""
        packs = Path((self.shadow / "objects" / "info" / "alternates").read_text().strip()) / "pack"
        return any(packs.glob("*.promisor"))

    def run(self, *arguments: str) -> bytes:
        """Return what `git ARGUMENTS` prints; raise `Unavailable` with git's own words where it fails."""
        command, executable = _git_command()
        name = _subcommand(arguments)
        if name in _ALWAYS:
            at = arguments.index(name) + 1
            arguments = (*arguments[:at], _ALWAYS[name], *arguments[at:])
        with _without_git_variables():
            status, out, error = command(self._tree(arguments)).execute(
                [executable, *arguments],
                env=self._environment(arguments),
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        if status and status != _NOTHING.get(name):
            raise self._failed(arguments, error)
        return out if isinstance(out, bytes) else str(out).encode()

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """Yield what `git ARGUMENTS` prints, as it comes; whoever stops reading ends it. Raises as `run` does."""
        command, executable = _git_command()
        with _without_git_variables():
            started = command(self._tree(arguments)).execute(
                [executable, *arguments], env=self._environment(arguments), as_process=True
            )
        process, said = started.proc, list[bytes]()
        if process is None or process.stdout is None or process.stderr is None:
            raise Unavailable(f"git {arguments[0]} did not start")
        errors = process.stderr
        drain = threading.Thread(target=lambda: said.append(errors.read()), daemon=True)
        drain.start()
        try:
            while chunk := process.stdout.read(_CHUNK):
                yield chunk
            drain.join()
            if process.wait():
                raise self._failed(arguments, b"".join(said))
        finally:
            process.kill()
            process.wait()
            drain.join()
            process.stdout.close()
            errors.close()

    def clone(self, target: Path, origin: str = "") -> None:
        """Make a fresh clone of all that is committed, which shares nothing with this repository.

        It says that it came from `origin`. No hook, filter or submodule is run. Raises `Unavailable` as `run` does.
        """
        command, executable = _git_command()
        arguments = ("clone", "--quiet", "--no-local", "--template=", "--", str(self.shadow), str(target))
        with _without_git_variables():
            status, _, error = command(str(self.shadow)).execute(
                [executable, *arguments],
                env={**_ENVIRONMENT, "HOME": str(self.shadow), "GIT_ALLOW_PROTOCOL": "file"},
                with_extended_output=True,
                with_exceptions=False,
            )
        if status or not (target / ".git" / "config").is_file():
            raise self._failed(arguments, error)
        config = target / ".git" / "config"
        config.write_text(config.read_text().replace(str(self.shadow), origin or "unknown:origin"))

    def _environment(self, arguments: tuple[str, ...]) -> dict[str, str]:
        """Return the environment; what needs no working tree sees none, lest a pipe in it stops git."""
        home, tree = str(self.shadow), self._tree(arguments)
        return {**_ENVIRONMENT, "HOME": home, "XDG_CONFIG_HOME": home, "GIT_DIR": home, "GIT_WORK_TREE": tree}

    def _tree(self, arguments: tuple[str, ...]) -> str:
        """Return where a command runs: in the working tree only where it looks at that."""
        return str(self.root if _subcommand(arguments) in _IN_TREE else self.shadow)

    def _failed(self, arguments: tuple[str, ...], error: bytes | str) -> Unavailable:
        text = error.decode(errors="replace") if isinstance(error, bytes) else error
        if self.partial:
            return Unavailable(PARTIAL)
        if _HEAD in arguments and not self.run("for-each-ref", "--count=1"):
            return Unavailable("the repository has no commits yet")
        return Unavailable(
            f"git {_subcommand(arguments)} failed: {(text.strip().splitlines() or ['no reason given'])[-1]}"
        )


def _subcommand(arguments: tuple[str, ...]) -> str:
    return next((word for word in arguments if not word.startswith("-")), "")


def _git_command() -> tuple[type[GitCommand], str]:
    """Import GitPython with an absolute git, never one that a relative PATH entry names."""
    folders = [f for f in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(f).is_absolute()]
    executable = shutil.which("git", path=os.pathsep.join(folders))
    if executable is None:
        raise Unavailable("git is not installed; install git 2.31 or newer")
    quiet = {"GIT_PYTHON_REFRESH": "quiet", "GIT_PYTHON_GIT_EXECUTABLE": executable}
    before = {name: os.environ.get(name) for name in quiet}
    os.environ.update(quiet)
    try:
        from git.cmd import Git as Command  # noqa: PLC0415 - 0.2 seconds that only rules on git should cost
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
    return Command, executable


@contextlib.contextmanager
def _without_git_variables() -> Iterator[None]:
    """Hide inherited GIT_* variables: a hook's would lead git elsewhere, and GitPython cannot unset them."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _git_directories(root: Path) -> tuple[Path, Path]:
    """Return the git directory of a working tree, and the one it shares with its main working tree."""
    own = root / ".git"
    if own.is_file():
        text = _read(own).decode(errors="replace")
        if not text.startswith("gitdir: "):
            raise Unavailable(f"{own.name} is a file that names no git directory")
        own = (root / text.removeprefix("gitdir: ").strip()).resolve()
    if not (own / "HEAD").is_file():
        raise Unavailable(
            "not a git repository; history needs one (git init, or a clone instead of an archive)"
        )
    common = own / "commondir"
    return own, (own / _read(common).decode().strip()).resolve() if common.is_file() else own


def _fill(shadow: Path, own: Path, common: Path) -> None:
    """Copy refs and index, and refer to the objects."""
    for name in ("HEAD", "index"):
        _copy(own / name, shadow / name)
    for name in ("packed-refs", "shallow", "info/exclude"):
        _copy(common / name, shadow / name)
    for shared in own.glob("sharedindex.*"):
        _copy(shared, shadow / shared.name)
    for tree in ("refs", "reftable"):
        for folder, _, names in os.walk(common / tree):
            for name in names:
                path = Path(folder, name)
                _copy(path, shadow / path.relative_to(common))
    (shadow / "refs").mkdir(exist_ok=True)
    (shadow / "objects" / "info").mkdir(parents=True)
    (shadow / "objects" / "info" / "alternates").write_text(f"{common / 'objects'}\n")
    found = _EXTENSION.findall(_read(common / "config").decode(errors="replace"))
    extensions = "".join(f"\t{name} = {value}\n" for name, value in found)
    (shadow / "config").write_text(
        _CONFIG.format(version=int(bool(found)), devnull=os.devnull, extensions=extensions)
    )


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_read(source))


def _read(path: Path) -> bytes:
    """Read a regular file of the git directory, and only such a one; nothing where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return b""
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_COPY:
            raise OSError(f"{path.name} is no regular file of a sane size")
        return stream.read(MAX_COPY)
