"""The keeper: a process of its own that starts the shell of a drill, and ends all that comes of it.

It ends when the shell does, or when its standard input is closed: by a time limit, or because whoever started it is
gone. Either way no process survives: on Linux orphans become the keeper's children, however they hide from their
group. It has nothing but the standard library. Its orders are the first argument, its result is JSON on a pipe.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from pytest_productops.drill import confining

PAUSE = 0.02
"""Seconds between two looks."""
PATIENCE = 20.0
"""Seconds in which everything must have ended that was killed."""


def main() -> None:
    """Do what the orders say: `argv`, `folder`, `environment`, `writable`, `hidden`.

    `result` is the file descriptor to write to.
    """
    orders = json.loads(sys.argv[1])
    confining.adopt_orphans()
    hidden = not orders["hidden"] or confining.hide(orders["hidden"])
    confined = bool(orders["writable"]) and confining.can_confine()
    result: dict[str, Any] = {"hidden": hidden, "confined": confined, "status": None, "left": []}
    try:
        shell = _started(orders, confined=confined)
    except (OSError, subprocess.SubprocessError) as error:
        result["error"] = str(error)
    else:
        result["status"] = _waited(shell)
        result["left"] = end_all(shell.pid)
    os.write(orders["result"], json.dumps(result).encode())


def _started(orders: dict[str, Any], *, confined: bool) -> subprocess.Popen[bytes]:
    def before() -> None:
        if confined:
            confining.confine(orders["writable"])

    return subprocess.Popen(
        orders["argv"],
        cwd=orders["folder"],
        env=orders["environment"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=before,  # noqa: PLW1509 - this process has one thread
    )


def _waited(shell: subprocess.Popen[bytes]) -> int | None:
    """Return the shell's status, None where its time was over."""
    while (status := shell.poll()) is None:
        if select.select([sys.stdin], [], [], PAUSE)[0] and not os.read(0, 1):
            return None
    return status


def end_all(group: int) -> list[str]:
    """Kill the group and every descendant until none is left; return the names of those that were."""
    names: dict[int, str] = {}
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = _descendants()
        names.update(found)
        for kind in (signal.SIGSTOP, signal.SIGKILL):  # what is stopped starts nothing more
            for pid in found:
                _signal(os.kill, pid, kind)
            _signal(os.killpg, group, kind)
        _reap()
        if not _descendants():
            break
        time.sleep(PAUSE)
    return sorted(names.values())


def _signal(how: Any, number: int, kind: signal.Signals) -> None:
    with contextlib.suppress(OSError):
        how(number, kind)


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _descendants() -> dict[int, str]:
    """Return the living descendants of this process and their names."""
    parents = _on_linux() if Path("/proc/self/stat").exists() else _elsewhere()
    found = {os.getpid()}
    while more := {pid for pid, (parent, _) in parents.items() if parent in found} - found:
        found |= more
    return {pid: parents[pid][1] for pid in found if pid != os.getpid()}


def _on_linux() -> dict[int, tuple[int, str]]:
    """Return process -> its parent and its name, those that are dead already left out."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                text = (entry / "stat").read_bytes().decode(errors="replace")
                name, _, rest = text.partition("(")[2].rpartition(") ")
                state, parent = rest.split()[:2]
                if state not in "ZX":
                    found[int(entry.name)] = int(parent), name
    return found


def _elsewhere() -> dict[int, tuple[int, str]]:
    said = subprocess.run(["/bin/ps", "-axo", "pid=,ppid=,comm="], capture_output=True, check=False).stdout
    lines = (line.split(None, 2) for line in said.decode(errors="replace").splitlines())
    return {int(line[0]): (int(line[1]), line[-1]) for line in lines if line[-1:] != ["/bin/ps"]}
