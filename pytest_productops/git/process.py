"""Which git is started, in which environment, and for how long."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_productops import stopwatch
from pytest_productops.repository import Unavailable

if TYPE_CHECKING:
    from git.cmd import Git as GitCommand

OLDEST = (2, 31)
"""The oldest git that reads its configuration from the environment as we give it."""
PATIENCE = 60.0
"""Longest time that one command may be silent, in seconds."""
AGAIN = 0.5
"""How long that is once a command was silent for too long."""
MOST = 512 * 2**20
"""Most that is read of what one command says, in bytes."""
_PROBE = 5.0
_CHUNK = 2**16
_ADVICE = f"install git {OLDEST[0]}.{OLDEST[1]} or newer"

ENVIRONMENT = {
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


def command() -> tuple[type[GitCommand], str]:
    """Import GitPython with an absolute git, never one that a relative PATH entry names.

    Raises `Unavailable` where there is no git, or none that works.
    """
    folders = [f for f in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(f).is_absolute()]
    executable = shutil.which("git", path=os.pathsep.join(folders)) if folders else None
    if executable is None:
        raise Unavailable(f"git is not installed; {_ADVICE}")
    if lack := _lack(executable):
        raise Unavailable(lack)
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


@cache
def _lack(executable: str) -> str:
    """Return why a git is of no use, nothing where it is. It is asked before GitPython asks it without a limit."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        said = subprocess.run(
            [executable, "version"], capture_output=True, stdin=subprocess.DEVNULL, timeout=_PROBE, env=variables,
            check=False, cwd=os.sep,
        ).stdout.decode(errors="replace")  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"git does not answer within {_PROBE:.0f} seconds ({executable}); {_ADVICE}"
    except OSError as error:
        return f"git cannot be started ({executable}: {error.strerror}); {_ADVICE}"
    found = version(said)
    if found is None:
        return f"git does not say its version ({executable}); {_ADVICE}"
    return f"git {'.'.join(map(str, found))} is too old; {_ADVICE}" if found < OLDEST else ""


def version(said: str) -> tuple[int, int] | None:
    """Return what `git version` says, None where it says none."""
    words = said.split()
    numbers = words[2].split(".") if words[:2] == ["git", "version"] and len(words) > 2 else []  # noqa: PLR2004
    two = [number for number in numbers[:2] if number.isdecimal() and number.isascii()]
    return (int(two[0][:9]), int(two[1][:9])) if len(two) == 2 else None  # noqa: PLR2004 - major and minor


@contextlib.contextmanager
def without_git_variables() -> Iterator[None]:
    """Hide inherited GIT_* variables: a hook's would lead git elsewhere, and GitPython cannot unset them."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


class Silent(Exception):
    """A command said nothing for too long; the text says so, and what to do."""


class Refused(Exception):
    """A command ended with a failure; `status` and `error` are what it said."""

    def __init__(self, status: int, error: bytes) -> None:
        super().__init__(error.decode(errors="replace"))
        self.status = status


def spoken(
    arguments: tuple[str, ...], folder: str, variables: dict[str, str], seconds: float
) -> Iterator[bytes]:
    """Yield what a command prints, as it comes; whoever stops reading ends it.

    Raises `Refused` where it fails, `Silent` where nothing comes for so many seconds, `Unavailable` where too much.
    """
    git, executable = command()
    with without_git_variables():
        started = git(folder).execute([executable, *arguments], env=variables, as_process=True)
    process = started.proc
    if process is None or process.stdout is None or process.stderr is None:
        raise Unavailable(f"git {arguments[0]} did not start")
    said: list[bytes] = []
    try:
        yield from _read(process, said, seconds)
        if status := process.wait(seconds):
            raise Refused(status, b"".join(said))
    except subprocess.TimeoutExpired as error:
        raise _silent() from error
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def _read(process: subprocess.Popen[Any], said: list[bytes], seconds: float) -> Iterator[bytes]:
    """Yield from standard output, and keep what comes by standard error. Waiting for a processor is no silence."""
    total, starved = 0, 0.0
    with selectors.DefaultSelector() as selector:
        for pipe in filter(None, (process.stdout, process.stderr)):
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(seconds)
            if not ready:
                before, starved = starved, stopwatch.starved(process.pid)
                if starved - before < seconds / 2:
                    raise _silent()
            for key, _ in ready:
                chunk = os.read(key.fd, _CHUNK)
                total += len(chunk)
                if total > MOST:
                    raise Unavailable(
                        f"git says more than {MOST >> 20} MiB; is the history or a tree of it damaged?"
                    )
                if not chunk:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    yield chunk
                elif sum(map(len, said)) < _CHUNK:
                    said.append(chunk)


def _silent() -> Silent:
    return Silent("git gave no answer for too long; run git fsck, and look for pipes in the repository")
