"""Sandboxes: where a drill runs, a container or a scratch folder, with a clean home and a minimal environment."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from pytest_productops.drill.running import Orders
from pytest_productops.lazy import dataclass
from pytest_productops.repository import Unavailable

ENGINES = ("docker", "podman")
PROBE = 20.0
"""Seconds in which an engine has to answer."""
_INSIDE = "/drill"
_SHELL = 's=$(command -v bash || command -v sh) && exec "$s" "$0"'


class Sandbox(Protocol):
    """A place where a script can run."""

    @property
    def said(self) -> str:
        """What it is, in words."""

    @property
    def inside(self) -> str:
        """The path of the scratch folder for the commands."""

    def orders(self, script: str, folder: str) -> Orders:
        """Return how a script of the scratch folder is started in a folder of it."""

    def end(self) -> None:
        """End what the keeper cannot reach."""


@dataclass(frozen=True)
class Folder:
    """A scratch folder on this machine; the checkout at `hidden` is covered where the kernel can."""

    scratch: Path
    environment: Mapping[str, str]
    hidden: str
    tools: str = ""

    @property
    def said(self) -> str:
        """What it is, in words."""
        return f"a scratch folder{f', {self.tools}' if self.tools else ''}"

    @property
    def inside(self) -> str:
        """Its own path."""
        return str(self.scratch)

    def orders(self, script: str, folder: str) -> Orders:
        """Return how a script is started: by bash, as documents expect it, else by sh."""
        shell = shutil.which("bash", path=self.environment["PATH"]) or "/bin/sh"
        inside = (str(self.scratch),)
        return Orders(
            (shell, str(self.scratch / script)), self.scratch / folder, self.environment, inside, self.hidden
        )

    def end(self) -> None:
        """The keeper reaches everything."""


@dataclass(frozen=True)
class Container:
    """A container of an engine; `passed` are the variables that it takes over from here."""

    engine: str
    image: str
    scratch: Path
    passed: tuple[str, ...]

    @property
    def said(self) -> str:
        """What it is, in words."""
        return f"{Path(self.engine).name}, {self.image}"

    @property
    def inside(self) -> str:
        """The path that the scratch folder has in it."""
        return _INSIDE

    @property
    def name(self) -> str:
        """What the container is called."""
        return self.scratch.name

    def orders(self, script: str, folder: str) -> Orders:
        """Return the call of the engine; the container is gone when its shell ends."""
        own = {
            "HOME": f"{_INSIDE}/home",
            "TMPDIR": f"{_INSIDE}/tmp",  # noqa: S108 - in the container
            "LANG": "C.UTF-8",
            "TERM": "dumb",
        }
        rights = ("--userns=keep-id",) if self.name_of_engine == "podman" else ()
        argv = (
            self.engine, "run", "--rm", "--init", "--name", self.name, "--pids-limit=4096",
            "--security-opt=no-new-privileges", *rights, f"--user={os.getuid()}:{os.getgid()}",
            f"--volume={self.scratch}:{_INSIDE}", f"--workdir={_INSIDE}/{folder}",
            *(f"--env={name}={value}" for name, value in own.items()),
            *(f"--env={name}" for name in self.passed),
            "--entrypoint=/bin/sh", self.image, "-c", _SHELL, f"{_INSIDE}/{script}",
        )  # fmt: skip
        return Orders(argv, self.scratch, dict(os.environ))

    @property
    def name_of_engine(self) -> str:
        """The engine's program without its folder."""
        return Path(self.engine).name

    def end(self) -> None:
        """Kill the container: it is no child of the engine's client."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run([self.engine, "kill", self.name], capture_output=True, timeout=PROBE, check=False)


def engine(wanted: str) -> str:
    """Return the program of the container engine that works here; "" where none is wanted, or `auto` finds none.

    Raises `Unavailable` where one is named that does not work.
    """
    if wanted == "none":
        return ""
    for name in ENGINES if wanted == "auto" else (wanted,):
        program = shutil.which(name)
        if program and _works(program):
            return program
    if wanted == "auto":
        return ""
    raise Unavailable(f"{wanted} does not work here: try `{wanted} ps`, or --container=none")


def _works(program: str) -> bool:
    try:
        return not subprocess.run(
            [program, "ps", "--quiet"], capture_output=True, timeout=PROBE, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False
